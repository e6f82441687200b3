"""The one settings file. Everything that differs per installation comes from the environment.

| variable        | meaning                                        | when absent                        |
|-----------------|------------------------------------------------|------------------------------------|
| `DEBUG`         | `1` for development and the demo               | off: production                    |
| `SECRET_KEY`    | long random text                               | refused, unless DEBUG              |
| `ALLOWED_HOSTS` | host names, separated by commas                | refused, unless DEBUG              |
| `DATABASE_URL`  | `postgres://user:password@host:port/name`      | SQLite file in the checkout        |
| `MEDIA_ROOT`    | folder for documents, outside the web root     | `media/` in the checkout           |
| `BEWIJS_MAX_MB` | how large a document may be                    | 20                                 |
| `BEWIJS_VIRUSSCANNER` | command that reads a document on its standard input and refuses it by not ending with 0, such as `clamdscan -` | none |
| `BEWAARTERMIJN_MAANDEN` | how long after the wederhoor names are kept, unless a round says otherwise | 12          |
| `TWEEDE_STAP`   | `verplicht`: a beheerder logs in with a code too; `vrij`: who wants to | vrij                    |
| `OIDC_ADRES`, `OIDC_CLIENT`, `OIDC_GEHEIM` | issuer, client id and secret of the organisation's OpenID provider; takes requirements-oidc.txt | nobody logs in that way |
| `HUISSTIJL_CSS` | address of a stylesheet that an inspectorate supplies | none                        |
| `EMAIL_URL`     | `smtp://…` for password resets                 | printed on the console             |
| `PORT`          | port of `make run`                             | 8000                               |
"""

import os
import re
from importlib.util import find_spec
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.contrib.messages import constants as berichten
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

IN_TESTS = "PYTEST_VERSION" in os.environ
DEBUG = env.bool("DEBUG", default=IN_TESTS)


def verplicht(naam: str, uitleg: str, in_debug: str) -> str:
    """The value of an environment variable that production cannot do without.

    Raises `ImproperlyConfigured` with a sentence that says what to set.
    """
    waarde = env.str(naam, default="")
    if waarde:
        return waarde
    if DEBUG:
        return in_debug
    raise ImproperlyConfigured(f"De omgevingsvariabele {naam} ontbreekt. {uitleg} (Of zet DEBUG=1 voor de demo.)")


SECRET_KEY = verplicht(
    "SECRET_KEY",
    "Zet haar op een lange willekeurige tekst, bijvoorbeeld de uitvoer van: "
    'python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
    in_debug="alleen-voor-de-demo-nooit-in-productie-0123456789-abcdefghijklmnop",
)
ALLOWED_HOSTS = [
    host.strip()
    for host in verplicht(
        "ALLOWED_HOSTS",
        "Zet haar op de hostnamen van deze toepassing, gescheiden door komma's, bijvoorbeeld: monitor.example.nl",
        in_debug="127.0.0.1,localhost,[::1]",
    ).split(",")
    if host.strip()
]

VERSIE = re.search(r"^## (\d+\.\d+\.\d+)", (BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[1]

INSTALLED_APPS = [
    "inspectie",
    "rapportage",
    "vragenlijst",
    "regio",
    "crispy_forms",
    "axes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Outermost: these headers are on every answer, errors and downloads included.
    "inspectie.middleware.beveiligingskoppen",
    "csp.middleware.CSPMiddleware",
    "inspectie.middleware.database_onbereikbaar",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "inspectie.middleware.leesbaar_verzoek",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "inspectie.middleware.inloggen_verplicht",
    "inspectie.middleware.tweede_stap_verplicht",
    "axes.middleware.AxesMiddleware",
    "inspectie.middleware.eigen_404",
    "inspectie.middleware.eigen_405",
]

ROOT_URLCONF = "inspectie.urls"
WSGI_APPLICATION = "inspectie.wsgi.application"
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
                "inspectie.context.huis",
            ],
        },
    },
]
# Our own small template pack: NL Design System markup, help and errors before the field.
CRISPY_ALLOWED_TEMPLATE_PACKS = ["nlds"]
CRISPY_TEMPLATE_PACK = "nlds"
CRISPY_FAIL_SILENTLY = False

# --- Database -----------------------------------------------------------------------------------------------------
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
if env.str("DATABASE_URL", default=""):
    DATABASES["default"] = env.db("DATABASE_URL")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers take turns from their first statement, and what is acknowledged is on the disk.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 15,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        # REPLACE removes a row too: the rules of the database (regio.regels) then hold for it as well.
        "PRAGMA recursive_triggers=ON;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # Three seconds for a lock, thirty for a statement: a stuck database answers 503, it does not hang.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        connect_timeout=5, options="-c lock_timeout=3000 -c statement_timeout=30000"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "regio.Gebruiker"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "regio.wachtwoordregels.Gelijkenis"},
    {"NAME": "regio.wachtwoordregels.Lengte", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
TWEEDE_STAP = env.str("TWEEDE_STAP", default="vrij")
if TWEEDE_STAP not in ("vrij", "verplicht"):
    raise ImproperlyConfigured(f"TWEEDE_STAP is 'vrij' of 'verplicht', niet '{TWEEDE_STAP}'.")
OIDC_ADRES, OIDC_CLIENT, OIDC_GEHEIM = (env.str(f"OIDC_{wat}", default="") for wat in ("ADRES", "CLIENT", "GEHEIM"))
OIDC = bool(OIDC_ADRES)
if OIDC and not (OIDC_CLIENT and OIDC_GEHEIM and find_spec("joserfc")):
    raise ImproperlyConfigured(
        "Bij OIDC_ADRES horen OIDC_CLIENT en OIDC_GEHEIM, en: pip install -r requirements-oidc.txt"
    )
LOGIN_URL = "inloggen"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "inloggen"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "inspectie.views.geblokkeerd"
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 8 * 60 * 60  # one working day
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "inspectie.views.csrf_geweigerd"

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["inspectie.formats"]

# --- Files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("lettertype", NODE_MODULES / "@fontsource" / "fira-sans" / "files"),
    ("utrecht", NODE_MODULES / "@utrecht" / "component-library-css" / "dist"),
]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))()
HUISSTIJL_CSS = env.str("HUISSTIJL_CSS", default="")
BEWIJS_MAX_BYTES = env.int("BEWIJS_MAX_MB", default=20) * 1_000_000
# A larger request is not read at all; up to this the form can say what is too large, and keeps what was typed.
VERZOEK_MAX_BYTES = 5 * BEWIJS_MAX_BYTES
# A command that gets each document on its standard input and ends with 0 when it may be kept.
BEWIJS_VIRUSSCANNER = env.str("BEWIJS_VIRUSSCANNER", default="")
BEWAARTERMIJN_MAANDEN = env.int("BEWAARTERMIJN_MAANDEN", default=12)
FILE_UPLOAD_HANDLERS = [
    "inspectie.uploads.Begrensd",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- Safety ---------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, *([HUISSTIJL_CSS] if HUISSTIJL_CSS.startswith("https://") else [])],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# --- Mail and log ---------------------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="monitor@localhost")
MESSAGE_TAGS = {berichten.ERROR: "error", berichten.SUCCESS: "ok", berichten.WARNING: "warning", berichten.INFO: "info"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"regel": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "regel"}},
    "root": {"handlers": ["console"], "level": "INFO" if not DEBUG else "WARNING"},
    "loggers": {"fontTools": {"level": "ERROR"}, "weasyprint": {"level": "ERROR"}, "axes": {"level": "WARNING"}},
}

if IN_TESTS:
    # Tests log in often: a cheap hash there, the costly one stays proven by its own test.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
