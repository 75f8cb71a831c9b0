"""What differs between machines comes from the environment; everything else is the same everywhere.

Sections: machine · apps · requests · templates · data · accounts · language · files · mail ·
queue · security · logs.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from kombu import Queue

from config import environment
from config.logging import configure_structlog, logging_settings
from config.schedule import SCHEDULE
from config.unfold import UNFOLD  # noqa: F401 - a setting of django-unfold

# --- Machine -------------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = environment.choice("BINA_ENV", ["development", "production"], "development") == (
    "production"
)
DEMO = environment.flag("BINA_DEMO")
DEBUG = environment.flag("DEBUG")
if PRODUCTION and (DEMO or DEBUG):
    raise environment.EnvironmentProblem(
        "BINA_DEMO and DEBUG have no place in production: they would open the system to anybody. "
        "Remove both from the environment, or set BINA_ENV=development."
    )

VAR_DIR = Path(environment.text("EMBEDDED_DIR", str(BASE_DIR / "var"))).resolve()
if not PRODUCTION:
    environment.use_development_keys(VAR_DIR)

SECRET_KEY = environment.text(
    "SECRET_KEY",
    hint="Set it to the output of: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'",
    at_least=50,
)
# Keys of the sealed fields by name, the newest first; the blind index has a key of its own.
FIELD_KEYS = environment.keys("FIELD_KEYS")
BLIND_INDEX_KEY = environment.key("BLIND_INDEX_KEY")

# What links in mails and QR codes on papers begin with.
BASE_URL = environment.web_address(
    "BASE_URL",
    environment.REQUIRED if PRODUCTION else "http://localhost:8000",
    hint="Set it to the public address without a path, like https://bina.example.go.id",
)
# Whom users can ask; it stands at the foot of every page and in every mail.
HELP_OFFICE = environment.text(
    "HELP_OFFICE", "Direktorat Jenderal Industri Kecil, Menengah dan Aneka"
)
HELP_PHONE = environment.text("HELP_PHONE", "")
HELP_HOURS = environment.text("HELP_HOURS", "Senin–Jumat pukul 08.00–16.00 WIB")
HELP_EMAIL = environment.text("HELP_EMAIL", "bantuan@localhost")
HELP_CONTACT = f"{HELP_OFFICE}, {HELP_EMAIL}"
ALLOWED_HOSTS = environment.listing(
    "ALLOWED_HOSTS",
    environment.REQUIRED if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"],
    hint="Set it to the host names of this site with commas between, like bina.example.go.id",
)
CSRF_TRUSTED_ORIGINS = environment.listing("CSRF_TRUSTED_ORIGINS", [BASE_URL])

# --- Apps ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config",  # for its management commands
    "programs",
    "subsidies",
    "partnerships",
    "training",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "pgtrigger",
    "phonenumber_field",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "django_structlog",
    "csp",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Requests ------------------------------------------------------------------------------------

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "programs.kept_input.KeptInputMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.StaffSecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.WrongMethodPageMiddleware",
]
# Uploaded files are spooled to disk; this bounds what a form may hold besides them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- Templates -----------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Written out because django-cotton would otherwise rewrite this setting by itself.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.demo.demo_notice",
                "config.navigation.navigation",
            ],
        },
    }
]
# Whether browsers are given the service worker that shows a page of ours without a network.
OFFLINE_PAGE = True
# Our templates for fields and errors come before Django's.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data ----------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        **environment.database("DATABASE_URL"),
        # The pool keeps the connections; Django must then not keep them as well.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
    }
}
# For the few questions that ask for it (programs.plain_rows); the others have no plan to keep.
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 0
DATABASES["default"]["OPTIONS"]["pool"] = {
    "min_size": 1,
    "max_size": environment.number("DATABASE_POOL_SIZE", 4),
    "timeout": 10,
}
QUEUE_URL, CACHE_URL = environment.queue_and_cache("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "bina",
    }
}

# --- Accounts ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "programs.User"
AUTHENTICATION_BACKENDS = ["programs.accounts.AccountBackend"]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/beranda/"
LOGOUT_REDIRECT_URL = "/"
SESSION_ENGINE = "programs.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "programs.accounts.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "programs.accounts.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.partition(":")[0]
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# How many web servers stand in front and add themselves to X-Forwarded-For: without this number,
# all visitors would share one address and one count of attempts.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXIES", 1 if PRODUCTION else 0)
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}

MFA_ADAPTER = "programs.accounts.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Bina Industri"
# The clock of a telephone in the field may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# Browsers give passkeys to http://localhost as well; nowhere else without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# --- Language ------------------------------------------------------------------------------------

# No LocaleMiddleware: a telephone set to English would misread 25.000.000.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
PHONENUMBER_DEFAULT_REGION = "ID"
PHONENUMBER_DB_FORMAT = "E164"
PHONENUMBER_DEFAULT_FORMAT = "E164"

# --- Files ---------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploaded documents and issued papers. They have no public address: views hand them out.
MEDIA_ROOT = Path(
    environment.text(
        "MEDIA_ROOT",
        environment.REQUIRED if PRODUCTION else str(VAR_DIR / "media"),
        hint="Set it to the folder for uploaded documents; the web server must not serve it.",
    )
)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# With a web server in front: its internal address for MEDIA_ROOT (X-Accel-Redirect).
MEDIA_ACCEL_PREFIX = environment.text("MEDIA_ACCEL_PREFIX", "")
# Socket of a ClamAV daemon that looks into every upload; empty where there is none.
CLAMD_SOCKET = environment.text("CLAMD_SOCKET", "")

# --- Mail ----------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = environment.text(
    "DEFAULT_FROM_EMAIL",
    environment.REQUIRED if PRODUCTION else "Bina Industri <bina@localhost>",
    hint="Set it to the sender of our mails, like: Bina Industri <bina@example.go.id>",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
EMAIL_USE_LOCALTIME = True
MAIL_DIR = VAR_DIR / "mail"
if PRODUCTION or environment.text("EMAIL_URL", ""):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(environment.mail_server("EMAIL_URL"))
else:
    EMAIL_BACKEND = "config.demo.FolderMailBackend"

# --- Queue ---------------------------------------------------------------------------------------

CELERY_BROKER_URL = QUEUE_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A task whose worker was killed is handed to another one after this many seconds.
    "visibility_timeout": 15 * 60,
    # A web request must not hang on a queue that is away; the sweeps catch up later.
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    # The first queue before the second: a single letter does not wait behind 5,000 certificates.
    "queue_order_strategy": "priority",
}
CELERY_TASK_QUEUES = [Queue("celery"), Queue("bulk")]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {
    "programs.papers.render_papers": {"queue": "bulk"},
    "programs.notifications.send_notifications": {"queue": "bulk"},
    "programs.notifications.send_waiting_notifications": {"queue": "bulk"},
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 10 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = SCHEDULE

# --- Security ------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    # The web server in front ends TLS and must set or delete this header itself.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "programs.kept_input.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "worker-src": [SELF],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in [
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    ]
}

# --- Logs ----------------------------------------------------------------------------------------

configure_structlog()
LOGGING = logging_settings(environment.text("LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_CELERY_ENABLED = True
