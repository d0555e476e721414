"""Production, but for the names of static files: those are not what breaks here, and need no collectstatic."""

from expertteam.settings import *  # noqa: F403

STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
