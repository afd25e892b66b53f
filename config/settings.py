"""One settings module for every place Constat runs in; the environment makes the difference.

``CONSTAT_PRODUCTION=1`` turns on what a public site needs, and then asks for
``CONSTAT_SECRET_KEY`` and ``CONSTAT_HOSTS``. docs/operators.md lists every variable.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import environment, postgres
from config.desk import UNFOLD  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("CONSTAT_DATA") or BASE_DIR / "var").resolve()
PRODUCTION = environment.flag("CONSTAT_PRODUCTION")
DEBUG = environment.flag("CONSTAT_DEBUG") and not PRODUCTION
SECRET_KEY = environment.secret("CONSTAT_SECRET_KEY")
ALLOWED_HOSTS = environment.hosts("CONSTAT_HOSTS")


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
    for _name, _value in {"CONSTAT_SECRET_KEY": SECRET_KEY, "CONSTAT_HOSTS": ALLOWED_HOSTS}.items():
        if not _value:
            raise ImproperlyConfigured(f"{_name} must be set when CONSTAT_PRODUCTION=1")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
else:
    SECRET_KEY = _local_secret_key()
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, [environment.text("HOST")])]

# What whole addresses begin with where nobody asked for a page: in dumps and in what is sent out.
SITE = (
    f"https://{ALLOWED_HOSTS[0]}"
    if PRODUCTION
    else f"http://localhost:{environment.text('PORT', '8000')}"
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
    "config.operating.requests.requests",
    "config.operating.probes.probes",
    "config.operating.metrics.Metrics",
    "django.middleware.security.SecurityMiddleware",
    "config.headers.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "claims.api.headers.api_headers",
    "claims.api.factchecktools.key.key_in_address",
    "claims.api.keys.entrance.entrance",
    "config.replica.reading.Reading",
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
DATABASES = {"default": postgres.database(environment.text("DATABASE_URL"), DATA_DIR / "postgres")}
# The web server may come through a pooler; what commands and workers do takes sessions that last.
_pooler = environment.text("CONSTAT_POOLER_URL")
if _pooler and (_pooled := postgres.pooler(_pooler)) and postgres.serves:
    DATABASES["default"] = _pooled
# Where pages are read, unless it is further behind than so many seconds.
_replicas = postgres.replicas(environment.text("CONSTAT_REPLICA_URL"), pooled=bool(_pooler))
DATABASES |= _replicas
REPLICAS = [*_replicas]
REPLICA_SECONDS = environment.decimal("CONSTAT_REPLICA_SECONDS", 10, least=1)
DATABASE_ROUTERS = ["config.replica.router.Router"]
# How long a request may wait for a statement; commands and workers wait as long as it takes.
DATABASE_SECONDS = environment.decimal("CONSTAT_DATABASE_SECONDS", 30, least=1)
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
SECOND_FACTOR = environment.flag("CONSTAT_SECOND_FACTOR", PRODUCTION)
OTP_TOTP_ISSUER = f"Constat {ALLOWED_HOSTS[0]}"
OTP_TOTP_THROTTLE_FACTOR = 0  # Tries are counted before, by name and browser (claims/accounts).
SESSION_COOKIE_AGE = int(environment.decimal("CONSTAT_SESSION_HOURS", 12, least=0.1) * 3600)
SESSION_IDLE_SECONDS = int(environment.decimal("CONSTAT_SESSION_IDLE_MINUTES", 120, least=1) * 60)
CSRF_COOKIE_HTTPONLY = True  # What the desk's scripts send, they read from the page.
if PRODUCTION:
    # Browsers take them only by HTTPS and from this very host, not from one beside it.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# How e-mails leave; without it none do, and nobody is offered a new password by one.
EMAIL_HOST = EMAIL_HOST_USER = EMAIL_HOST_PASSWORD = ""
if _smtp := environment.address("CONSTAT_SMTP", "smtp", "smtps"):
    EMAIL_HOST, EMAIL_PORT = _smtp.hostname, _smtp.port or 587
    EMAIL_HOST_USER = unquote(_smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = _smtp.scheme == "smtps", _smtp.scheme == "smtp"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = environment.mail("CONSTAT_MAIL_FROM", f"constat@{ALLOWED_HOSTS[0]}")

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
# What is told opens nothing and names nobody (config/hidden.py, config/operating/logs.py).
LOG_JSON = environment.flag("CONSTAT_LOG_JSON", PRODUCTION)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "faults": {"()": "background.faults.Faults"},
        "away": {"()": "config.trouble.InASentence"},
        "secrets": {"()": "config.hidden.WithoutSecrets"},
        "people": {"()": "config.operating.logs.WithoutPeople"},
        "request": {"()": "config.operating.logs.OfRequest"},
    },
    "formatters": {
        "json": {"()": "config.operating.logs.Json"},
        "plain": {"format": "%(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["faults", "away", "secrets", "people", "request"],
            "formatter": "json" if LOG_JSON else "plain",
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "urllib3": {"level": "ERROR"},
        # A line for each request, in production.
        "constat.access": {"level": "INFO" if LOG_JSON else "WARNING"},
        # What has handlers of its own, which would pass the filters by, has these instead.
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {"handlers": ["console"], "propagate": False},
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
    },
}

# Who may read the figures at /metrics: with this token, or from these networks; nobody without.
METRICS_TOKEN = environment.secret("CONSTAT_METRICS_TOKEN", characters=32)
METRICS_FROM = environment.networks("CONSTAT_METRICS_FROM")
if METRICS_TOKEN or METRICS_FROM:
    # Where the processes of a web server each keep their figures; read by its library at import.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(DATA_DIR / "metrics"))

# How long migrations wait for a table that others use, in seconds.
LOCK_SECONDS = environment.decimal("CONSTAT_LOCK_SECONDS", 5, least=0.1)

# Django's error pages tell the settings and the request, but nothing that opens something.
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.hidden.Hidden"

# The French pipeline claims/extraction stands on; any installed one with the same labels will do.
SPACY_MODEL = environment.text("CONSTAT_SPACY_MODEL", "fr_constat_news")

# Where a CDN takes purges, and a header that entitles to them, "Name: value" (docs/operators.md).
_cdn = environment.address("CONSTAT_CDN_PURGE_URL", "https", "http")
CDN_PURGE_URL = _cdn.geturl() if _cdn else ""
CDN_PURGE_HEADER = environment.header("CONSTAT_CDN_PURGE_HEADER")

# Hosts that may be told of events though they are not of the public web, as "cms.intern:8080"; by
# http too. Anybody else by https only.
WEBHOOK_HOSTS = environment.hosts("CONSTAT_WEBHOOK_HOSTS", ports=True)

# Of the memory of each process of the web server, for public answers (config/answers.py).
KEPT_BYTES = environment.number("CONSTAT_KEPT_MB", 32) * 1_000_000

# How many of the nightly dumps are kept; none are made where none is.
DUMPS_KEPT = environment.number("CONSTAT_DUMPS_KEPT", 3)

# The largest file and the longest text taken in, in bytes.
MAX_FILE_BYTES = environment.number("CONSTAT_MAX_FILE_BYTES", 20_000_000, least=1)
MAX_TEXT_BYTES = environment.number("CONSTAT_MAX_TEXT_BYTES", 2_000_000, least=1)
# The most an archive may unpack to, in bytes, and the most files it may hold.
MAX_ARCHIVE_BYTES = environment.number("CONSTAT_MAX_ARCHIVE_BYTES", 10_000_000_000, least=1)
MAX_ARCHIVE_MEMBERS = environment.number("CONSTAT_MAX_ARCHIVE_MEMBERS", 100_000, least=1)

# What is fetched from the web: who asks (an address or e-mail for complaints), and the limits of
# one fetch in bytes and in seconds. No site is asked more often than every FETCH_DELAY seconds.
CONTACT = environment.text("CONSTAT_CONTACT")
MAX_FETCH_BYTES = environment.number("CONSTAT_MAX_FETCH_BYTES", 20_000_000, least=1)
FETCH_SECONDS = environment.decimal("CONSTAT_FETCH_SECONDS", 60, least=0.1)
FETCH_DELAY = environment.decimal("CONSTAT_FETCH_DELAY", 2)

# The most that is handed over at once at the desk: files sent, what they hold, and bytes in all.
MAX_SUBMITTED_FILES = 100
MAX_SUBMITTED_ITEMS = 1000
MAX_SUBMISSION_BYTES = environment.number("CONSTAT_MAX_SUBMISSION_BYTES", 200_000_000, least=1)
# Beyond what a form of the desk says in words, a request is broken off.
DATA_UPLOAD_MAX_NUMBER_FILES = 2 * MAX_SUBMITTED_FILES
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MAX_TEXT_BYTES

# What readers write by the contact form: how long their name and e-mail are kept, in days, and how
# many proxies in front of Constat each add the address they were asked from to X-Forwarded-For.
CONTACT_DAYS = environment.number("CONSTAT_CONTACT_DAYS", 180)
PROXIES = environment.number("CONSTAT_PROXIES", int(PRODUCTION))

# How much may be asked of the API, a minute of the clock or a day of the newsroom: without a key
# from one address, and with a key that has no limits of its own.
API_LIMITS = {
    name: environment.number(f"CONSTAT_API_{name.upper()}", usual)
    for name, usual in {
        "anonymous_minute": 300,
        "anonymous_day": 20_000,
        "key_minute": 1_200,
        "key_day": 200_000,
        "extractions_day": 500,
    }.items()
}

# The longest text of which the API tells the claims, in code points, and how long it is read.
MAX_EXTRACT = environment.number("CONSTAT_MAX_EXTRACT", 50_000, least=1)
EXTRACT_SECONDS = environment.decimal("CONSTAT_EXTRACT_SECONDS", 20, least=0.1)

# Who publishes this site, as it must say of itself; what is not set is left out.
PUBLISHER = {
    name: environment.text(f"CONSTAT_PUBLISHER_{name.upper()}")
    for name in ("name", "status", "address", "phone", "email", "director", "host")
}
