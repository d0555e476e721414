"""One file; everything from the environment; safe defaults. The README names the variables of production."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

from expertteam.postgres.server import APP, BACKUP, NAME, OWNER, Server

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = env.bool("DEBUG", False)  # the demo; never where real people work
SECRET_KEY = env.str("SECRET_KEY", "alleen voor de demo, nergens anders" if DEBUG else "")  # long, random, required
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is required")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"] if DEBUG else [])  # names it is reached by
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])  # only when a proxy changes the name

# The samenwerkingsverband that this installation belongs to
SWV_NAAM = env.str("SWV_NAAM", "het samenwerkingsverband")  # whose installation this is
SWV_PLAATS = env.str("SWV_PLAATS", "")  # where letters are written; empty: where the school is
AANMELDPUNT_TELEFOON = env.str("AANMELDPUNT_TELEFOON", "000 000 00 00")  # on every page
AANMELDPUNT_EMAIL = env.str("AANMELDPUNT_EMAIL", "aanmeldpunt@example.org")  # on every page; mail comes from it
AED_NAAM = env.str("AED_NAAM", "Ambulante Educatieve Dienst")  # who sends an offerte
AED_ADRES = env.list("AED_ADRES", [])  # the lines under that name: street, place, telephone

# Numbers that the werkwijze does not give
LEERLINGGESPREKKEN = env.int("LEERLINGGESPREKKEN", 3)  # in one traject
KORTDUREND_WEKEN = env.int("KORTDUREND_WEKEN", 12)  # weeks with school
AFSTEMMING_WEKEN = env.int("AFSTEMMING_WEKEN", 8)  # weeks with school between two afstemmingen of a kring
EERSTE_CONTACT_SCHOOLDAGEN = env.int("EERSTE_CONTACT_SCHOOLDAGEN", 5)  # until the first contact
SIGNAAL_UREN_PROCENT = env.int("SIGNAAL_UREN_PROCENT", 80)  # of the hours of a kring; at 100 it says that they are gone
SIGNAAL_GEEN_CONTACT_WEKEN = env.int("SIGNAAL_GEEN_CONTACT_WEKEN", 6)  # weeks with school
INZAGE_VEEL_DOSSIERS = env.int("INZAGE_VEEL_DOSSIERS", 40)  # opened by one person on one day: that is looked at

# How long things are kept; the database has these numbers too: `migrate` after a change
BEWAREN_JAREN = env.int("BEWAREN_JAREN", 3, validate=validate.Range(1, 10))  # a dossier (WPO 18a lid 13)
CONCEPT_DAGEN = env.int("CONCEPT_DAGEN", 30, validate=validate.Range(8, 365))  # a concept that nobody changes

INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "expertteam",
    "schools",
    "cases",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "bs_icon_templates",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "django.contrib.postgres",
    "csp",
]

MIDDLEWARE = [
    "expertteam.logboek.VerzoekMiddleware",
    "expertteam.koppen.KoppenMiddleware",
    "expertteam.gezond.GezondMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "expertteam.sessies.UserMiddleware",
    "expertteam.middleware.DoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "expertteam.sessies.SessieMiddleware",
    "expertteam.middleware.LoginMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "expertteam.toegang.SecondStepMiddleware",
    "expertteam.opnieuw.OpnieuwMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cases.inzage.InzageMiddleware",
]

ROOT_URLCONF = "expertteam.urls"
WSGI_APPLICATION = "expertteam.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "expertteam.nav.frame",
            ],
            "builtins": ["crispy_forms.templatetags.crispy_forms_filters", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Two roles: the owner migrates, the application works. Neither can do the other's.
if url := env.str("DATABASE_URL", ""):  # as expertteam_app; required
    DATABASES = {"default": dj_database_url.parse(url, engine="expertteam.postgres")}
    if owner_url := env.str("DATABASE_OWNER_URL", ""):  # as expertteam_owner, for commands; not for the web server
        DATABASES["owner"] = dj_database_url.parse(owner_url)
    if backup_url := env.str("DATABASE_BACKUP_URL", ""):  # as expertteam_backup, for the command backup
        DATABASES["backup"] = dj_database_url.parse(backup_url)
elif DEBUG:
    embedded = {"ENGINE": "expertteam.postgres", "NAME": NAME, "HOST": str(Server(BASE_DIR).sock)}
    test = env.str("TEST_DATABASE", f"test_{NAME}")  # another name for a second run beside this one
    users = {"default": APP, "owner": OWNER, "backup": BACKUP}
    DATABASES = {alias: embedded | {"USER": user, "TEST": {"NAME": test}} for alias, user in users.items()}
else:
    raise ImproperlyConfigured("DATABASE_URL is required")
DATABASES["default"].update(
    ATOMIC_REQUESTS=True, CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True, DISABLE_SERVER_SIDE_CURSORS=True
)
_prepared = env.bool("PREPARED_STATEMENTS", True)  # off behind a pooler that does not know of them
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5} | DATABASES["default"].get("OPTIONS", {}) | {
    "server_side_binding": _prepared, "prepare_threshold": 2 if _prepared else None,
}  # fmt: skip
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", "")  # age1…: the public key that backups are locked with
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who logs in, and how
TWEEDE_FACTOR = env.bool("TWEEDE_FACTOR", not DEBUG)  # off in the demo, which says so
AUTH_USER_MODEL = "schools.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "start", "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "expertteam.accounts.Adapter"
ACCOUNT_FORMS = {
    "login": "expertteam.accounts.LoginForm",
    "reauthenticate": "expertteam.accounts.ReauthenticateForm",
    "reset_password": "expertteam.accounts.ResetForm",
    "reset_password_from_key": "expertteam.accounts.PasswordForm",
    "user_token": "expertteam.accounts.TokenForm",
}
ACCOUNT_RATE_LIMITS = {  # an address may be a whole school; "key" is an account from one address
    "login": "30/m/ip,200/h/ip",
    "login_failed": "5/5m/key",
    "reset_password": "20/m/ip",
    "reset_mail": "5/h/key",
    "agenda": "300/m/ip,60/h/key",  # calendars of many people are read by the machines of a few firms
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # an invitation too; each link works once
MFA_ADAPTER = "expertteam.tweede_stap.Adapter"
MFA_FORMS = {
    "activate_totp": "expertteam.tweede_stap.FirstForm",
    "authenticate": "expertteam.tweede_stap.CodeForm",
    "reauthenticate": "expertteam.tweede_stap.AgainForm",
}
MFA_TOTP_ISSUER, MFA_TOTP_TOLERANCE = "Expertteam", 1  # half a minute early or late
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation proved the address
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])  # keys of before, while they are being replaced
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the beheerder
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0 if DEBUG else 1)  # before us; else all share one address
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "voornaam", "achternaam"]},
    },
    {"NAME": "schools.wachtwoord.ContextValidator"},
]
# How often somebody tried is counted for all processes together, and on a connection of its own
DATABASES["tellers"] = DATABASES["default"] | {"ATOMIC_REQUESTS": False}
DATABASE_ROUTERS = ["expertteam.toegang.Tellers"]
_shared = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "tellers"}
_alone = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": _alone if DEBUG else _shared | {"OPTIONS": {"MAX_ENTRIES": 100_000}}}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # survives an answer nobody received

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
FORMAT_MODULE_PATH = ["expertteam.formats"]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    BASE_DIR / "build" / "static",
    ("bootstrap", Path(find_spec("bootstrap").submodule_search_locations[0]) / "css"),
]
_files = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # files of people lie in the database
    "staticfiles": {"BACKEND": _files if DEBUG else "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# Files
CLAMD = env.str("CLAMD", "")  # who looks for viruses: unix:/path or tcp:host:port
ZONDER_SCANNER = DEBUG and not CLAMD  # the demo does without

vars().update(env.dj_email_url("EMAIL_URL", "console:") if DEBUG else env.dj_email_url("EMAIL_URL"))  # mail server
DEFAULT_FROM_EMAIL = AANMELDPUNT_EMAIL
EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs holds nobody up for long
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000") if DEBUG else env.str("BASE_URL")  # links in mail

# The queue: what leaves the house is put there with the step, and `manage.py worker` takes it from there
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["expertteam.mail", "expertteam.onderhoud", "cases.bezorgen"]
WACHTRIJ_METEEN = DEBUG  # the demo has no worker: each job is done by the process that asked for it, once it is kept
DAGOVERZICHT = env.str("DAGOVERZICHT", "7:30")  # on weekdays, for who chose one mail a day

# Logging in through the provider of an organisation: only when all four are set
OIDC_NAMES = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAAM")
OIDC = [env.str(f"OIDC_{name}", "") for name in OIDC_NAMES]
OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAAM = OIDC if all(OIDC) else [""] * 4
OIDC_HEEFT_TWEEDE_FACTOR = env.bool("OIDC_HEEFT_TWEEDE_FACTOR", False)  # then ours is not asked
SOCIALACCOUNT_ADAPTER = "expertteam.oidc.Adapter"
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_ISSUER:
    _app = {"provider_id": "oidc", "name": OIDC_NAAM, "client_id": OIDC_CLIENT_ID, "secret": OIDC_CLIENT_SECRET}
    _app["settings"] = {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True}
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_app]}}

# The browser
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *(["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))] if OIDC_ISSUER else [])],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "expertteam.sessies"
SESSION_COOKIE_AGE, SESSION_IDLE, SESSION_SEEN = (
    12 * 60 * 60,
    30 * 60,
    60,
)  # in all; idle; written down at most so often
SESSION_MOST = 5  # at once
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # the browser forgets; the server decides
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"
CSRF_FAILURE_VIEW = "expertteam.views.csrf_failure"
if not DEBUG:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # the proxy sets it, and strips a visitor's own
CSRF_COOKIE_HTTPONLY = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site needs our files

LOGGING = {  # the demo speaks to a person, production to a machine
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "expertteam.logboek.JsonFormatter"}, "gewoon": {}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "gewoon" if DEBUG else "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "expertteam": {"level": "INFO"},
        "expertteam.verzoek": {"level": "WARNING" if DEBUG else "INFO"},  # runserver says it already
        "cases": {"level": "INFO"},
        "procrastinate.worker": {"level": "CRITICAL"},  # quotes what a job holds, an address too: we say it ourselves
        "procrastinate.worker.worker": {"level": "WARNING"},  # the worker itself
    },
}
