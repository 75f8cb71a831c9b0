"""Typed reading of environment variables. A missing or malformed one ends in a sentence."""

import base64
import binascii
import json
import os
import secrets
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

REQUIRED = object()
MAIL_PORTS = {"smtp": 587, "smtps": 465}
KEY_HINT = (
    "python3 -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())'"
)


class EnvironmentProblem(ImproperlyConfigured):
    """The program cannot start like this. The message says what to set, and to what."""


def text(name, default=REQUIRED, *, hint="", at_least=0):
    value = os.environ.get(name, "").strip()
    if not value:
        if default is REQUIRED:
            raise EnvironmentProblem(f"{name} is not set. {hint}".strip())
        return default
    if len(value) < at_least:
        raise EnvironmentProblem(f"{name} is too short: {at_least} characters at least. {hint}")
    return value


def flag(name, default=False):
    value = text(name, "").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if not value:
        return default
    raise EnvironmentProblem(f"{name} is “{value}”. Set it to 1 (yes) or 0 (no).")


def number(name, default):
    value = text(name, str(default))
    if not value.isdecimal():
        raise EnvironmentProblem(f"{name} is “{value}”. Set it to a whole number, like {default}.")
    return int(value)


def choice(name, options, default):
    value = text(name, default)
    if value not in options:
        raise EnvironmentProblem(f"{name} is “{value}”. Set it to one of: {', '.join(options)}.")
    return value


def listing(name, default=REQUIRED, *, hint=""):
    """Values with commas between them."""
    value = text(name, default, hint=hint)
    if value is default:
        return default
    return [item.strip() for item in value.split(",") if item.strip()]


def web_address(name, default=REQUIRED, *, hint=""):
    """Scheme and host, without a path: https://bina.example.go.id"""
    value = text(name, default, hint=hint).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise EnvironmentProblem(f"{name} is “{value}”. {hint}")
    return value


def key(name):
    """A secret of 32 bytes, in base64."""
    return _key_bytes(name, text(name, hint=f"Set it to the output of: {KEY_HINT}"))


def keys(name):
    """Secrets with their names, the newest first: k2:base64,k1:base64"""
    hint = f"Set it to k1:SECRET, where SECRET is the output of: {KEY_HINT}"
    ring = {}
    for item in listing(name, hint=hint):
        key_id, colon, secret = item.partition(":")
        if not colon or not key_id.isalnum():
            raise EnvironmentProblem(f"{name} has an entry without a name. {hint}")
        if key_id in ring:
            raise EnvironmentProblem(f"{name} names {key_id} twice. Give each key its own name.")
        ring[key_id] = _key_bytes(name, secret)
    return ring


def _key_bytes(name, secret):
    try:
        value = base64.b64decode(secret, validate=True)
    except binascii.Error:
        value = b""
    if len(value) != 32:
        raise EnvironmentProblem(
            f"{name} does not hold 32 bytes in base64. Make a key with: {KEY_HINT}"
        )
    return value


def database(name):
    """The DATABASES entry for an address like postgresql://user:password@host:5432/bina"""
    hint = "Set it to postgresql://USER:PASSWORD@HOST:5432/NAME (or start through manage.py)."
    value = text(name, hint=hint)
    if not value.startswith(("postgresql://", "postgres://")):
        raise EnvironmentProblem(f"{name} is not an address of a PostgreSQL server. {hint}")
    try:
        parts = conninfo_to_dict(value)
    except ProgrammingError:
        # The driver's own message would repeat the password.
        raise EnvironmentProblem(f"{name} cannot be read. {hint}") from None
    if not parts.get("dbname"):
        raise EnvironmentProblem(f"{name} does not say which database. {hint}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
    }


def queue_and_cache(name):
    """Addresses of the Celery queue and of the cache, which lie side by side on one server."""
    hint = "Set it to redis://HOST:6379/0, rediss://HOST:6379/0 or unix:///PATH/TO/valkey.sock."
    value = text(name, hint=hint)
    parts = urlsplit(value)
    if parts.scheme == "unix" and parts.path and not parts.netloc:
        return f"redis+socket://{parts.path}?virtual_host=0", f"unix://{parts.path}?db=1"
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        raise EnvironmentProblem(f"{name} is not an address of a Redis or Valkey server. {hint}")
    database_number = parts.path.strip("/") or "0"
    if not database_number.isdecimal():
        raise EnvironmentProblem(f"{name} must end in the number of a database. {hint}")
    return tuple(
        parts._replace(path=f"/{number}").geturl()
        for number in (int(database_number), int(database_number) + 1)
    )


def mail_server(name):
    """Django's e-mail settings for smtp://USER:PASSWORD@HOST:587 (STARTTLS) or smtps:// (TLS)."""
    hint = "Set it to smtp://USER:PASSWORD@HOST:587 (STARTTLS) or smtps://USER:PASSWORD@HOST:465."
    parts = urlsplit(text(name, hint=hint))
    try:
        port = parts.port
    except ValueError:
        raise EnvironmentProblem(f"{name} has a port that is not a number. {hint}") from None
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise EnvironmentProblem(f"{name} is not an address of a mail server. {hint}")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def use_development_keys(folder):
    """A developer's machine makes its own secrets, once, so that none lies in the repository."""
    path = folder / "keys.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(
            json.dumps(
                {
                    "SECRET_KEY": secrets.token_urlsafe(64),
                    "FIELD_KEYS": f"k1:{_new_key()}",
                    "BLIND_INDEX_KEY": _new_key(),
                }
            )
        )
        try:
            # Two processes may start at once: the first link stands, the second is refused.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    for name, value in json.loads(path.read_text()).items():
        os.environ.setdefault(name, value)


def _new_key():
    return base64.b64encode(secrets.token_bytes(32)).decode()
