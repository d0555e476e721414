import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expertteam.settings")
application = get_wsgi_application()

# What is loaded by now stays. Looking through it for what can go, at every few hundred objects, took a sixth of a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 10)
