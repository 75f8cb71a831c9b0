"""How often somebody may try codes of one session: six digits could otherwise be guessed.

Counted before a code is looked at, so that many tries at the same moment are all counted.
"""

from django.core.cache import cache

MOST = 10
SECONDS = 5 * 60
REFUSAL = (
    "Kode ini sudah sepuluh kali salah diketik. Tunggu lima menit, atau minta panitia mencatat "
    "kehadiran Anda dari daftar peserta."
)


def may_try(user, session):
    """Count one more try; whether it is still one of those allowed within five minutes."""
    key = _key(user, session)
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) <= MOST
    except ValueError:  # the five minutes ended between the two lines
        cache.set(key, 1, SECONDS)
        return True


def forget(user, session):
    """The code was right, or not what stood in the way: nobody was guessing."""
    cache.delete(_key(user, session))


def _key(user, session):
    return f"training.wrong_codes.{user.pk}.{session.pk}"
