"""Settings, read from the environment; ``laurels.web.checks`` refuses unsafe ones at start-up."""

import json
import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

from django.utils.csp import CSP

from laurels.sqlite import connection_factory

SOURCE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("LAURELS_HOME", Path.cwd() / ".state")).resolve()
PACKS = Path(os.environ.get("LAURELS_PACKS", SOURCE.parents[1] / "packs"))

DEVELOPMENT_KEY = "development-only-never-in-production"
SECRET_KEY = os.environ.get("LAURELS_SECRET_KEY", DEVELOPMENT_KEY)
DEBUG = os.environ.get("LAURELS_DEBUG", "") == "1"
# demo: everything on one machine with a post office on a page · rehearsal: a home of its own for `laurels journey`
MODE = os.environ.get("LAURELS_MODE", "production")
PUBLIC_URL = os.environ.get("LAURELS_PUBLIC_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = [urlparse(PUBLIC_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
ISSUER_PASSPHRASE = os.environ.get("LAURELS_ISSUER_PASSPHRASE", SECRET_KEY)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks_db",
    "laurels.journal",
    "laurels.people",
    "laurels.mail",
    "laurels.programmes",
    "laurels.payments",
    "laurels.library",
    "laurels.workshops",
    "laurels.rooms",
    "laurels.gatherings",
    "laurels.participation",
    "laurels.credentials",
    "laurels.education",
    "laurels.renewals",
    "laurels.audits",
    "laurels.community",
    "laurels.journey",
    "laurels.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "laurels.people.doors.ActorMiddleware",
    "laurels.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "laurels.web.urls"
WSGI_APPLICATION = "laurels.web.server.pages"
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/journey"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FORM_RENDERER = "laurels.web.fields.FieldRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A kind of exercise keeps its templates in its own folder: kinds/board/parts is "board/parts".
        "DIRS": [SOURCE / "rooms" / "kinds"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
                "laurels.web.shell.shell",
            ],
            "builtins": [
                "django.templatetags.static",
                "django.templatetags.i18n",
                "laurels.web.templatetags.components",
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    parsed = urlparse(url)
    if parsed.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parsed.path.lstrip("/")),
            "USER": unquote(parsed.username or ""),
            "PASSWORD": unquote(parsed.password or ""),
            "HOST": parse_qs(parsed.query).get("host", [unquote(parsed.hostname or "")])[0],
            "PORT": parsed.port or "",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    if parsed.scheme != "sqlite":
        raise SystemExit(f"DATABASE_URL must begin with sqlite:// or postgres://, not {parsed.scheme}://")
    Path(unquote(parsed.path)).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "laurels.web.sqlite",
        "NAME": unquote(parsed.path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            **connection_factory(),
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", f"sqlite://{HOME}/laurels.sqlite3"))}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def _mailer(way: str) -> dict[str, object]:
    """``smtp://user:password@host:port?tls=1``, ``smtps://…`` or the dotted path of a mailer backend (anymail)."""
    if way == "page":
        return {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parsed = urlparse(way)
    if parsed.scheme not in {"smtp", "smtps"}:
        return {"BACKEND": way, "OPTIONS": json.loads(os.environ.get("LAURELS_MAIL_OPTIONS", "{}"))}
    options = {
        "host": parsed.hostname or "localhost",
        "port": parsed.port,
        "username": unquote(parsed.username or ""),
        "password": unquote(parsed.password or ""),
        "use_tls": parse_qs(parsed.query).get("tls") == ["1"],
        "use_ssl": parsed.scheme == "smtps",
        "timeout": 30,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


# How letters leave: "page" keeps them for the post office page; anything else really sends them, see mail/README.md.
LETTERS = os.environ.get("LAURELS_MAIL", "page" if MODE in {"demo", "rehearsal"} else "smtp://localhost:25")
MAILERS = {"default": _mailer(LETTERS)}
LETTERS_FROM = os.environ.get("LAURELS_MAIL_FROM", "letters@laurels.example")

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [SOURCE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SESSION_COOKIE_NAME = "laurels"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# Where buyers are sent to pay by card: a form may lead there.
CARD_PAGES = os.environ.get("LAURELS_CARD_PAGES", "https://checkout.stripe.com").split()
# Another service that speaks as Stripe does, such as the demo's till; empty: Stripe itself.
CARD_SERVICE = os.environ.get("LAURELS_CARD_SERVICE", "")
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "style-src": ["'self'"],
    "script-src": ["'self'", CSP.NONCE],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'", *CARD_PAGES],
    "frame-ancestors": ["'none'"],
}
# Live streams open in one process; more are asked to come back later.
LISTENERS = int(os.environ.get("LAURELS_LISTENERS", "5000"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LAURELS_LOG", "WARNING")},
}
