"""Loaded before everything else: tests run on the embedded PostgreSQL, unless DATABASE_URL names another."""

import os

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("EMAIL_URL", "memory:")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # sync Playwright keeps an event loop in the test's thread
