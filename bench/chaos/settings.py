"""Production, but for the names of static files: those are not what breaks here, and need no collectstatic."""

import os

from expertteam.settings import *  # noqa: F403

STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
FILE_UPLOAD_TEMP_DIR = os.environ.get("TMPDIR")  # this one and no other: Python looks for one that is not full
