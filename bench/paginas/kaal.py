"""The bare page: the settings of the product, Django's own middleware without sessions, one SELECT, one template."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.template import engines
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expertteam.settings")
django.setup()
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
application = WSGIHandler()

from schools.models import School  # noqa: E402

PAGE = engines["django"].from_string("""<!doctype html><html lang="nl"><head><title>{{ school }}</title></head>
<body><h1>{{ school.naam }}</h1><p>{{ school.plaats }}, {{ school.brin6 }}</p></body></html>""")


def kaal(request, brin6):
    return HttpResponse(PAGE.render({"school": School.objects.get(brin6=brin6)}, request))


urlpatterns = [path("kaal/<str:brin6>/", kaal)]
