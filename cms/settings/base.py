"""What is true everywhere. Every variable is optional; missing means embedded.

The other files hold differences only. The environment is read here and nowhere
else, so that one page answers what an operator can set.
"""

from pathlib import Path

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = env.path("UMLAUF_VAR", str(BASE_DIR / "var"))()
VAR_DIR = Path(VAR_DIR)

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "home",
    "search",
    "workflow",
    "cms.core",
    "cms.accounts",
    "cms.networks",
    "cms.documents",
    "cms.agreements",
    "cms.events",
    "cms.publications",
    "cms.archive",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.context_processors.site_furniture",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'umlauf.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a writer waits for its turn instead of failing in the middle
    # of a transaction that began with a read (see docs/decisions).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "cms.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/konto/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False

# --- Language and time ------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = [("de", "Deutsch")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True

# --- Files ------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# var/assets: KERN and Fira Sans, laid there by `manage.py build_assets`.
ASSETS_DIR = VAR_DIR / "assets"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static", ASSETS_DIR]
# Uploads are private: nothing serves this folder but views that ask the kernel.
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/dateien/"
WAGTAILDOCS_DOCUMENT_MODEL = "documents.File"
WAGTAILIMAGES_IMAGE_MODEL = "documents.Picture"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "htm", "html", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx")
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Queue ------------------------------------------------------------------
QUEUE_DIR = VAR_DIR / "queue"
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost")
if CELERY_BROKER_URL.startswith("filesystem"):
    # kombu rings through files and expects the folders to exist.
    for folder in ("messages", "control"):
        (QUEUE_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.1,
    }
elif CELERY_BROKER_URL.startswith("redis"):
    # Nobody waits for a bell that does not ring: the timer does the work as well.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_connect_timeout": 1,
        "socket_timeout": 2,
        "max_retries": 0,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")
CELERY_BEAT_SCHEDULE = {
    "drain": {"task": "cms.core.tasks.drain", "schedule": 5.0},
    "due": {"task": "cms.core.tasks.run_due", "schedule": 60.0},
}
# Wagtail's own background jobs go through the outbox as well.
TASKS = {"default": {"BACKEND": "cms.core.wagtail_jobs.OutboxBackend"}}

# --- Mail -------------------------------------------------------------------
globals().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Umlauf <umlauf@example.org>")

# --- Wagtail ----------------------------------------------------------------
WAGTAIL_SITE_NAME = "Umlauf"
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
# Admin search stays with the database (see docs/decisions).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_FINISH_WORKFLOW_ACTION = "workflow.shell.finish"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
# How soon each role hears of what (at_once, daily, never), where a person has not chosen
# otherwise; what is not named goes out at once. Kinds: see workflow.rules.letters.
LETTER_PACES = {
    "ministry": {"change": "daily"},
    "members": {"change": "daily"},
}
# Saving by itself and saving by hand met in two versions; here people save by hand.
WAGTAIL_AUTOSAVE_INTERVAL = 0
# No page asks a foreign host, the admin neither.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# --- Search -----------------------------------------------------------------
SEARCH_INDEX_DIR = VAR_DIR / "search"
# Empty: the embedded engine, for one machine. Else the nodes of a server, by commas, with ports.
ELASTICSEARCH_URL = env.list("ELASTICSEARCH_URL", default=[])
ELASTICSEARCH_USER = env.str("ELASTICSEARCH_USER", default="")
ELASTICSEARCH_PASSWORD = env.str("ELASTICSEARCH_PASSWORD", default="")
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", default="")
# The certificate of the authority that signed the server's, where the system does not know it.
ELASTICSEARCH_CA = env.str("ELASTICSEARCH_CA", default="")
# What the names of all its indexes begin with: several installations can share a server.
ELASTICSEARCH_PREFIX = env.str("ELASTICSEARCH_PREFIX", default="umlauf")

# --- Journeys ---------------------------------------------------------------
# The Land whose public holidays count where a route names none ("NW"); empty: those of all.
WORKFLOW_LAND = env.str("WORKFLOW_LAND", default="")

# --- Trail ------------------------------------------------------------------
# Sealed heads prove what the database must not be able to deny: another disk is better.
TRAIL_HEADS_DIR = Path(env.str("TRAIL_HEADS_DIR", default=str(VAR_DIR / "trail")))
TRAIL_KEY_FILE = Path(env.str("TRAIL_KEY_FILE", default=str(VAR_DIR / "trail.key")))
TRAIL_HEADS_TO = env.list("TRAIL_HEADS_TO", default=[])

# The banner says so on every page; only the demo's loader switches it on.
DEMO = env.bool("UMLAUF_DEMO", default=False)

SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"umlauf": {"level": env.str("LOG_LEVEL", default="INFO")}},
}
