"""Every setting of the product, read from the environment in one place.

With nothing set this is the embedded default with the demonstration: SQLite, a queue of files, no server.
As soon as SECRET_KEY or ALLOWED_HOSTS is set this is a real installation, and it refuses to start without
all that it needs. docs/operations.md lists the variables.
"""

import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from lscb import logs, schedule

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# What kind of installation this is -------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DEMONSTRATION = DEBUG or not (
    env.str("SECRET_KEY", default="") or env.list("ALLOWED_HOSTS", default=[])
)
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="a-quiet-garden-of-numbers")
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSECURE_KEY = "only-for-the-demonstration-" + "x" * 40
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK_HOSTS if DEMONSTRATION else [])
SECRET_KEY = env.str("SECRET_KEY", default=INSECURE_KEY if DEMONSTRATION else "")


def refuse_unsafe_start() -> None:
    """Stop start-up, naming every missing setting at once, unless this is the demonstration."""
    faults = []
    if DEMONSTRATION:
        if set(ALLOWED_HOSTS) - set(LOOPBACK_HOSTS):
            faults.append(
                "DEBUG is on: it may only serve this machine. Unset DEBUG, or ALLOWED_HOSTS."
            )
    else:
        if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
            faults.append("SECRET_KEY must be 50 random characters or more.")
        if not ALLOWED_HOSTS:
            faults.append(
                "ALLOWED_HOSTS must name the host people use, for example scorecard.example.org."
            )
        needed = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL")
        faults += [
            f"{name} must be set: see .env.example."
            for name in needed
            if not env.str(name, default="")
        ]
    if faults:
        raise ImproperlyConfigured("The program cannot start:\n- " + "\n- ".join(faults))


refuse_unsafe_start()

# Applications ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "lscb",
    "performance",
    "priorities",
    "reviews",
    "training",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lscb.middleware.ResponseHeaders",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lscb.middleware.SessionEnds",
    "lscb.middleware.WhoRead",
    "lscb.middleware.FitToRead",
    "lscb.middleware.SignInRequired",
]

ROOT_URLCONF = "lscb.urls"
WSGI_APPLICATION = "lscb.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lscb.context.partnership",
            ],
        },
    }
]

# The partnership -------------------------------------------------------------------------------

PARTNERSHIP_PLACE = env.str("PARTNERSHIP_PLACE", default="Luton")
PARTNERSHIP_NAME = env.str("PARTNERSHIP_NAME", default="Safeguarding Children Partnership")
PARTNERSHIP_AREA = env.str("PARTNERSHIP_AREA", default="E06000032")
# The first month that agencies owe returns for; what is older is loaded as history and never late.
CALENDAR_START = env.str("CALENDAR_START", default="2026-04")
PARTNERSHIP_BRAND = env.str("PARTNERSHIP_BRAND", default="#12344d")

# Database, cache, queue ------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/lscb.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits its turn instead of failing half-way
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "lscb",
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    }
else:
    # Shared by web and worker, unlike a cache in the memory of one of them: sign-in limits live here.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": DATA_DIR / "cache",
        }
    }

QUEUE_DIR = DATA_DIR / "queue"
# What `serve` notes of the worker it keeps running, for the health page.
WORKER_NOTE = DATA_DIR / "worker.json"
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_TRANSPORT = None if REDIS_URL else "lscb.file_queue:Transport"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"socket_timeout": 5, "socket_connect_timeout": 3, "visibility_timeout": 3600, "max_retries": 3}
    if REDIS_URL
    else {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.2,
    }
)
# The database is the queue and the broker only a doorbell: a publication that fails is not retried,
# the sweeper finds the waiting submission.
CELERY_TASK_PUBLISH_RETRY = False
PUBLISH_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "Europe/London"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = schedule.BEAT

# Files -----------------------------------------------------------------------------------------

MEDIA_ROOT = (
    DATA_DIR / "files"
)  # the files people send; outside the web root, never served by address
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "lscb.storage.StaticFiles"
    },
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# What intake accepts, checked before anything is parsed.
INTAKE_MAX_BYTES = env.int("INTAKE_MAX_BYTES", default=50_000_000)
INTAKE_MAX_ROWS = env.int("INTAKE_MAX_ROWS", default=1_100_000)
INTAKE_MAX_COLUMNS = env.int("INTAKE_MAX_COLUMNS", default=100)
INTAKE_MAX_CELL = env.int("INTAKE_MAX_CELL", default=2_000)
INTAKE_MAX_UNCOMPRESSED = env.int("INTAKE_MAX_UNCOMPRESSED", default=400_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
SUBMISSION_MAX_ATTEMPTS = 3
# A worker renews its lease while it lives; a killed one's submission is taken up once the lease is over.
SUBMISSION_LEASE_SECONDS = env.int("SUBMISSION_LEASE_SECONDS", default=30)
SUBMISSION_LONGEST_SECONDS = 1_800  # one attempt may take so long

# People and sign-in ----------------------------------------------------------------------------

AUTH_USER_MODEL = "lscb.Person"
AUTHENTICATION_BACKENDS = ["lscb.people.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "lscb.people.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to those who are nobody here
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}
# How many proxies in front of us write X-Forwarded-For: whose address sign-in limits count.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0 if DEMONSTRATION else 1)
SESSION_ENGINE = "lscb.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60  # after so long a session ends, however it was used
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=60 * 60)  # and after so long unused
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
DRAFT_DAYS = env.int("DRAFT_DAYS", default=30)  # a draft that nobody touched for so long is deleted

# The browser -----------------------------------------------------------------------------------

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
if not DEMONSTRATION:
    # The __Host- prefix needs https, which a demonstration on this machine has not.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "lscb.views.csrf_failure"
# Plotly sets an empty style element, allowed by the hash of the empty text; nothing inline is run.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", EMPTY_STYLE],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Where people reach the product, for the links in e-mails.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

# Words and numbers -----------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# E-mail, logs, API -----------------------------------------------------------------------------

vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="scorecard@example.org")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # What tells of every step of its work and of nothing that anybody looks for.
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("django.server", "fontTools", "kombu", "weasyprint.progress")
    },
}

logs.configure()

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Safeguarding scorecard API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
REST_KNOX = {"TOKEN_TTL": None, "AUTO_REFRESH": False, "AUTH_HEADER_PREFIX": "Token"}

TESTING = "pytest" in sys.modules
for folder in (
    DATA_DIR,
    MEDIA_ROOT,
    STATIC_ROOT,
    QUEUE_DIR / "messages",
    QUEUE_DIR / "control",
    DATA_DIR / "cache",
):
    folder.mkdir(parents=True, exist_ok=True)
