"""One settings module for every place Constat runs in; the environment makes the difference.

``CONSTAT_PRODUCTION=1`` turns on what a public site needs, and then asks for
``CONSTAT_SECRET_KEY`` and ``CONSTAT_HOSTS``. docs/operators.md lists every variable.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import postgres
from config.desk import UNFOLD  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("CONSTAT_DATA", BASE_DIR / "var")).resolve()
PRODUCTION = os.environ.get("CONSTAT_PRODUCTION") == "1"
DEBUG = os.environ.get("CONSTAT_DEBUG") == "1" and not PRODUCTION


def _required(variable: str) -> str:
    if value := os.environ.get(variable):
        return value
    raise ImproperlyConfigured(f"{variable} must be set when CONSTAT_PRODUCTION=1")


def _local_secret_key() -> str:
    """A key of this checkout's own, made once, so that demo sessions outlive a restart."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        draft.replace(path)
    return path.read_text()


if PRODUCTION:
    SECRET_KEY = _required("CONSTAT_SECRET_KEY")
    ALLOWED_HOSTS = _required("CONSTAT_HOSTS").split(",")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
else:
    SECRET_KEY = _local_secret_key()
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, [os.environ.get("HOST")])]

# What whole addresses begin with where nobody asked for a page: in dumps and in what is sent out.
SITE = (
    f"https://{ALLOWED_HOSTS[0]}"
    if PRODUCTION
    else f"http://localhost:{os.environ.get('PORT', 8000)}"
)

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "config.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "procrastinate.contrib.django",
    "config.apps.ConfigConfig",
    "background",
    "sources",
    "claims",
    "seeds",
]

MIDDLEWARE = [
    "config.operating.probes.probes",
    "django.middleware.security.SecurityMiddleware",
    "config.headers.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "claims.api.headers.api_headers",
    "claims.api.factchecktools.key.key_in_address",
    "claims.api.keys.entrance.entrance",
    "config.caching.caching",
    "config.of_pages.Policy",
    "config.headers.policy_of_the_desk",
    "config.of_pages.Sessions",
    "claims.accounts.session.bounded",
    "config.language.LanguageOfAddress",
    "django.middleware.common.CommonMiddleware",
    "config.reading.OnlyRead",
    "config.of_pages.Tokens",
    "config.of_pages.Authentication",
    "config.of_pages.SecondFactor",
    "pghistory.middleware.HistoryMiddleware",
    "config.of_pages.Messages",
    "config.of_pages.Frames",
    "config.as_of.as_of",
    "claims.pages.lasting.Lasting",
]

# Those two are there, as Frames and Tokens (config/of_pages.py): Django knows them by name only.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W003"]

# Below these is the desk: nothing there is for caches, or bound by the rules of public pages.
DESK = ("/admin/", "/en/admin/")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# PostgreSQL everywhere: the server DATABASE_URL names, or the one embedded in the installation.
DATABASES = {"default": postgres.database(os.environ.get("DATABASE_URL"), DATA_DIR / "postgres")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Triggers are installed after migrations, with all else that is derived (sources/history.py).
PGTRIGGER_MIGRATIONS = False

# History is kept by the database (sources/history.py), each event at the moment it happened.
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)

# Who comes in to the desk, and for how long (docs/decisions/0042).
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
PASSWORD_RESET_TIMEOUT = 3600  # seconds
# Whoever does more than read and draft comes in with a second factor.
SECOND_FACTOR = os.environ.get("CONSTAT_SECOND_FACTOR", "1" if PRODUCTION else "0") == "1"
OTP_TOTP_ISSUER = f"Constat {ALLOWED_HOSTS[0]}"
OTP_TOTP_THROTTLE_FACTOR = 0  # Tries are counted before, by name and browser (claims/accounts).
SESSION_COOKIE_AGE = int(float(os.environ.get("CONSTAT_SESSION_HOURS", 12)) * 3600)
SESSION_IDLE_SECONDS = int(float(os.environ.get("CONSTAT_SESSION_IDLE_MINUTES", 120)) * 60)
CSRF_COOKIE_HTTPONLY = True  # What the desk's scripts send, they read from the page.
if PRODUCTION:
    # Browsers take them only by HTTPS and from this very host, not from one beside it.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# How e-mails leave; without it none do, and nobody is offered a new password by one.
_smtp = urlsplit(os.environ.get("CONSTAT_SMTP", ""))
EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "", _smtp.port or 587
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _smtp.scheme == "smtps", _smtp.scheme == "smtp"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("CONSTAT_MAIL_FROM", f"constat@{ALLOWED_HOSTS[0]}")

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# In production, collectstatic fills a folder; elsewhere files are served from where they are.
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Public pages, and those where passwords are typed, run no script and load nothing from elsewhere.
# The desk and the API reference bring scripts of their own (config/headers.py, config/urls.py).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "connect-src": [SELF],  # No script is there to connect; what judges a page asks robots.txt.
        "img-src": [SELF],
        "font-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# No script stands in a page of the desk, nor comes from elsewhere; but Alpine, by which Unfold's
# pages work, makes functions of attributes, and both set styles.
DESK_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],  # What a verification will look like, beside it.
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}

# Each app's background work is in its jobs.py.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["claims.api.keys.authentication.KeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "claims.api.problems.answer",
    "DEFAULT_SCHEMA_CLASS": "config.schema.Schema",
    "URL_FORMAT_OVERRIDE": None,  # An address has one form, or says so in its path.
    "UNAUTHENTICATED_USER": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Constat",
    "DESCRIPTION": "Claims, who made them, where and when; their verifications and what followed.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "Creative Commons Attribution 4.0", "identifier": "CC-BY-4.0"},
    "CONTACT": {"name": "Constat", "url": "/contact/"},
    "SERVERS": [{"url": "/", "description": "This site"}],
    "EXTERNAL_DOCS": {"url": "/api/docs/", "description": "The same, to read and to try."},
    "SCHEMA_PATH_PREFIX": "/(api/v1|v1alpha1)",
    "SORT_OPERATION_PARAMETERS": "claims.api.openapi.parameters.in_order",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_SUFFIX": "",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.schema.describe_tags",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "ClaimKind": "claims.models.Claim.Kind",
        "SpeakerKind": "claims.models.Speaker.Kind",
        "EffectKind": "claims.models.Effect.Kind",
        "LinkKind": "claims.models.Link.Kind",
        "CorrectionKind": "claims.models.Correction.Kind",
        "DocumentKind": "sources.models.Document.Kind",
        "ProposalKind": "claims.models.KeyProposal.Kind",
        "PublisherKind": "sources.models.Publisher.Kind",
    },
}

# Faults of ours are told on the console with their trace; a missing page or another site's is none.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "faults": {"()": "background.faults.Faults"},
        "secrets": {"()": "config.hidden.WithoutSecrets"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["faults", "secrets"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "urllib3": {"level": "ERROR"}},
}

# Django's error pages tell the settings and the request, but nothing that opens something.
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.hidden.Hidden"

# The French pipeline claims/extraction stands on; any installed one with the same labels will do.
SPACY_MODEL = os.environ.get("CONSTAT_SPACY_MODEL", "fr_constat_news")

# Where a CDN takes purges, and a header that entitles to them, "Name: value" (docs/operators.md).
CDN_PURGE_URL = os.environ.get("CONSTAT_CDN_PURGE_URL", "")
CDN_PURGE_HEADER = os.environ.get("CONSTAT_CDN_PURGE_HEADER", "")

# Hosts that may be told of events though they are not of the public web, as "cms.intern:8080"; by
# http too. Anybody else by https only.
WEBHOOK_HOSTS = [*filter(None, os.environ.get("CONSTAT_WEBHOOK_HOSTS", "").split(","))]

# How many of the nightly dumps are kept; none are made where none is.
DUMPS_KEPT = int(os.environ.get("CONSTAT_DUMPS_KEPT", 3))

# The largest file and the longest text taken in, in bytes.
MAX_FILE_BYTES = int(os.environ.get("CONSTAT_MAX_FILE_BYTES", 20_000_000))
MAX_TEXT_BYTES = int(os.environ.get("CONSTAT_MAX_TEXT_BYTES", 2_000_000))
# The most an archive may unpack to, in bytes, and the most files it may hold.
MAX_ARCHIVE_BYTES = int(os.environ.get("CONSTAT_MAX_ARCHIVE_BYTES", 10_000_000_000))
MAX_ARCHIVE_MEMBERS = int(os.environ.get("CONSTAT_MAX_ARCHIVE_MEMBERS", 100_000))

# What is fetched from the web: who asks (an address or e-mail for complaints), and the limits of
# one fetch in bytes and in seconds. No site is asked more often than every FETCH_DELAY seconds.
CONTACT = os.environ.get("CONSTAT_CONTACT", "")
MAX_FETCH_BYTES = int(os.environ.get("CONSTAT_MAX_FETCH_BYTES", 20_000_000))
FETCH_SECONDS = float(os.environ.get("CONSTAT_FETCH_SECONDS", 60))
FETCH_DELAY = float(os.environ.get("CONSTAT_FETCH_DELAY", 2))

# The most that is handed over at once at the desk: files sent, what they hold, and bytes in all.
MAX_SUBMITTED_FILES = 100
MAX_SUBMITTED_ITEMS = 1000
MAX_SUBMISSION_BYTES = int(os.environ.get("CONSTAT_MAX_SUBMISSION_BYTES", 200_000_000))
# Beyond what a form of the desk says in words, a request is broken off.
DATA_UPLOAD_MAX_NUMBER_FILES = 2 * MAX_SUBMITTED_FILES
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MAX_TEXT_BYTES

# What readers write by the contact form: how long their name and e-mail are kept, in days, and how
# many proxies in front of Constat each add the address they were asked from to X-Forwarded-For.
CONTACT_DAYS = int(os.environ.get("CONSTAT_CONTACT_DAYS", 180))
PROXIES = int(os.environ.get("CONSTAT_PROXIES", PRODUCTION))

# How much may be asked of the API, a minute of the clock or a day of the newsroom: without a key
# from one address, and with a key that has no limits of its own.
API_LIMITS = {
    name: int(os.environ.get(f"CONSTAT_API_{name.upper()}", usual))
    for name, usual in {
        "anonymous_minute": 300,
        "anonymous_day": 20_000,
        "key_minute": 1_200,
        "key_day": 200_000,
        "extractions_day": 500,
    }.items()
}

# The longest text of which the API tells the claims, in code points, and how long it is read.
MAX_EXTRACT = int(os.environ.get("CONSTAT_MAX_EXTRACT", 50_000))
EXTRACT_SECONDS = float(os.environ.get("CONSTAT_EXTRACT_SECONDS", 20))

# Who publishes this site, as it must say of itself; what is not set is left out.
PUBLISHER = {
    name: os.environ.get(f"CONSTAT_PUBLISHER_{name.upper()}", "")
    for name in ("name", "status", "address", "phone", "email", "director", "host")
}
