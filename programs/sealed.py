"""Secrets that a copy of the database does not give away: NIK, second-factor keys.

A sealed text is a token like ``k1$…``: the name of its key, then AES-256-GCM. The column where it
belongs is part of the seal, so that a token moved to another column cannot be opened there.
``FIELD_KEYS`` holds the keys by name, the current one first. To change keys, put a new one first,
save every record once (each save seals anew), then drop the old one. Renaming a table or column
with sealed fields needs a data migration that opens under the old name and seals under the new.
"""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

NONCE_SIZE = 12


class SealBroken(Exception):
    """A sealed text cannot be opened: other column, changed content, or its key is gone."""


def seal(text, *, context):
    """Lock ``text`` away with the current key, for use in ``context`` alone."""
    key_id, key = next(iter(dict(settings.FIELD_KEYS).items()))
    nonce = os.urandom(NONCE_SIZE)
    locked = nonce + AESGCM(key).encrypt(nonce, text.encode(), context.encode())
    return f"{key_id}${base64.b64encode(locked).decode()}"


def unseal(token, *, context):
    """Open what ``seal`` locked for the same ``context``, with whichever key it names."""
    key_id, _, locked = token.partition("$")
    try:
        key = dict(settings.FIELD_KEYS)[key_id]
        locked = base64.b64decode(locked, validate=True)
        opened = AESGCM(key).decrypt(locked[:NONCE_SIZE], locked[NONCE_SIZE:], context.encode())
    except KeyError:
        # The text before the first $ is not repeated: it may be an unsealed secret.
        raise SealBroken(f"No key in FIELD_KEYS opens this text of {context}.") from None
    except (InvalidTag, ValueError):
        raise SealBroken(f"This text was not sealed for {context}, or was changed.") from None
    return opened.decode()


def blind_index(value, *, purpose):
    """A keyed hash by which a sealed value can be found again, without opening any."""
    message = f"{purpose}\0{value}".encode()
    return hmac.new(settings.BLIND_INDEX_KEY, message, hashlib.sha256).hexdigest()


class SealedText(models.TextField):
    """Text that the database holds only sealed. It cannot be searched: filter its blind index."""

    def _context(self):
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value in (None, "") else seal(value, context=self._context())

    def from_db_value(self, value, expression, connection):
        return value if value in (None, "") else unseal(value, context=self._context())

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self._context()} is sealed: filter its blind index instead.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name):
        raise FieldError(f"{self._context()} is sealed: filter its blind index instead.")
