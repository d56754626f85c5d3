"""Settings of the product; what an installation may change is listed in environment.py."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote

from csp.constants import NONE, SELF

from spoiwo import __version__
from spoiwo.config import databases
from spoiwo.config.environment import Environment
from spoiwo.config.logs import logging_settings
from spoiwo.institutions.types import Role

env = Environment()


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"


DATA_DIR = env.data_dir
SPOIWO_VERSION = __version__
SPOIWO_PROFILE = env.choice("SPOIWO_PROFILE", "demo", "production")
SPOIWO_DEMO = SPOIWO_PROFILE == "demo"
SPOIWO_ACCEPT_SQLITE = env.flag("SPOIWO_ACCEPT_SQLITE")
SPOIWO_MASTER_KEYS = env.keys("SPOIWO_MASTER_KEYS")
SPOIWO_INDEX_KEY = env.keys("SPOIWO_INDEX_KEY")[0]
SPOIWO_SEAL_KEY = env.keys("SPOIWO_SEAL_KEY")[0]
SPOIWO_SEAL_OLD_PUBLIC_KEYS = env.public_keys("SPOIWO_SEAL_OLD_PUBLIC_KEYS")
# Set by processes that serve people: append-only tables are out of their reach on SQLite.
SPOIWO_GUARDED = False
SPOIWO_SCOPE_ROLE = ""  # tests only: the role that database contexts switch to
SPOIWO_SECOND_FACTOR_ROLES = frozenset(env.choices("SPOIWO_SECOND_FACTOR_ROLES", *Role, "operator"))
SPOIWO_UPLOAD_BYTES = env.number("SPOIWO_UPLOAD_MB") * 1024 * 1024
SPOIWO_VIRUS_SCAN = env.command("SPOIWO_VIRUS_SCAN")
SPOIWO_TRUSTED_ISSUERS = env.certificates("SPOIWO_TRUSTED_ISSUERS")
SPOIWO_REVOCATION_LISTS = env.text("SPOIWO_REVOCATION_LISTS")
SPOIWO_RUN_BY = env.text("SPOIWO_RUN_BY")
SPOIWO_CONTACT_NAME = env.text("SPOIWO_CONTACT_NAME")
SPOIWO_CONTACT_EMAIL = env.text("SPOIWO_CONTACT_EMAIL")
SPOIWO_CONTACT_PHONE = env.text("SPOIWO_CONTACT_PHONE")
SPOIWO_BUILDING_URL = env.address("SPOIWO_BUILDING_URL", "https", "http").geturl()

SECRET_KEY = env.text("SPOIWO_SECRET_KEY")
DEBUG = False
_public = env.address("SPOIWO_PUBLIC_URL", "https", "http")
PUBLIC_URL = _public.geturl().rstrip("/")
_secure = _public.scheme == "https"
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    _public.hostname or "",
    *env.items("SPOIWO_ALLOWED_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "spoiwo.toolkit.apps.ToolkitConfig",  # first: its templates replace those of allauth
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "spoiwo.audit.apps.AuditConfig",
    "spoiwo.territory.apps.TerritoryConfig",
    "spoiwo.institutions.apps.InstitutionsConfig",
    "spoiwo.access.apps.AccessConfig",
    "spoiwo.surveys.apps.SurveysConfig",
    "spoiwo.calendars.apps.CalendarsConfig",
    "spoiwo.clients.apps.ClientsConfig",
    "spoiwo.enquiries.apps.EnquiriesConfig",
    "spoiwo.districts.apps.DistrictsConfig",
    "spoiwo.support.apps.SupportConfig",
    "spoiwo.partnership.apps.PartnershipConfig",
    "spoiwo.projects.apps.ProjectsConfig",
    "spoiwo.catalogue.apps.CatalogueConfig",
    "spoiwo.referrals.apps.ReferralsConfig",
    "spoiwo.matching.apps.MatchingConfig",
    "spoiwo.discovery.apps.DiscoveryConfig",
    "spoiwo.plans.apps.PlansConfig",
    "spoiwo.monitoring.apps.MonitoringConfig",
    "spoiwo.oversight.apps.OversightConfig",
    "spoiwo.exchange.apps.ExchangeConfig",
    "spoiwo.portal.apps.PortalConfig",
    "spoiwo.config.apps.WholeConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "spoiwo.config.middleware.request_id",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "spoiwo.config.middleware.language_of_account",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "spoiwo.config.middleware.actor_of_request",
    "spoiwo.config.middleware.second_factor_where_required",
    "spoiwo.config.middleware.ClosedWhenSwitchedOff",
    "spoiwo.config.middleware.ClosedWhenLogIsDown",
]

ROOT_URLCONF = "spoiwo.config.urls"
WSGI_APPLICATION = "spoiwo.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "spoiwo.portal.context.page",
            ],
        },
    },
]
FORM_RENDERER = "spoiwo.toolkit.forms.renderer.SpoiwoRenderer"

_database_url = env.text("SPOIWO_DATABASE_URL")
DATABASES = {
    "default": databases.from_url(_database_url)
    if _database_url
    else databases.sqlite(DATA_DIR / "spoiwo.sqlite3")
}
SPOIWO_APPLICATION_ROLE = str(DATABASES["default"].get("USER", ""))
_owner_url = env.text("SPOIWO_OWNER_DATABASE_URL")
SPOIWO_OWNER_DATABASE = databases.from_url(_owner_url) if _owner_url else None  # command line only
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "spoiwo.config.caches.SharedLimits", "LOCATION": str(DATA_DIR / "limits")}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "institutions.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "spoiwo.institutions.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.count("SPOIWO_PROXIES")
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
SOCIALACCOUNT_ADAPTER = "spoiwo.institutions.adapters.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Spoiwo"
_oidc = env.address("SPOIWO_OIDC_ISSUER", "https", "http")
_oidc_issuer = _oidc.geturl()
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": env.text("SPOIWO_OIDC_NAME"),
                    "client_id": env.text_with("SPOIWO_OIDC_CLIENT_ID", "SPOIWO_OIDC_ISSUER"),
                    "secret": env.text_with("SPOIWO_OIDC_CLIENT_SECRET", "SPOIWO_OIDC_ISSUER"),
                    "settings": {"server_url": _oidc_issuer},
                }
            ]
        }
    }
    if _oidc_issuer
    else {}
)

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env.number("SPOIWO_SESSION_MINUTES") * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "spoiwo.portal.views.errors.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [
            SELF,
            *([_origin(_oidc)] if _oidc_issuer else []),
        ],  # browsers follow redirects
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "polski"), ("en", "English")]
LOCALE_PATHS = [str(Path(__file__).resolve().parent.parent / "locale")]
TIME_ZONE = "Europe/Warsaw"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["spoiwo.toolkit.uploads.SealedUploadHandler"]

_email = env.address("SPOIWO_EMAIL_URL", "smtp+tls", "smtps", "smtp")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _email.hostname
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = _email.hostname or ""
EMAIL_PORT = _email.port or {"smtp+tls": 587, "smtps": 465}.get(_email.scheme, 25)
EMAIL_HOST_USER = unquote(_email.username or "")
EMAIL_HOST_PASSWORD = unquote(_email.password or "")
EMAIL_USE_TLS = _email.scheme == "smtp+tls"
EMAIL_USE_SSL = _email.scheme == "smtps"
EMAIL_TIMEOUT = 60
DEFAULT_FROM_EMAIL = env.text("SPOIWO_EMAIL_FROM")

LOGGING = logging_settings(env.choice("SPOIWO_LOG_LEVEL", "DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING_CONFIG = "logging.config.dictConfig"
SILENCED_SYSTEM_CHECKS: list[str] = []
TEST_RUNNER = "django.test.runner.DiscoverRunner"
