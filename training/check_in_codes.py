"""The six digits on the screen by which those who are in a session say so.

A code belongs to one session and changes every 30 seconds; it can be computed at any moment from
the secret of the session and is stored nowhere.
"""

import hmac
import re
from datetime import timedelta
from enum import Enum
from typing import NamedTuple

STEP = 30
DIGITS = 6
# People type slowly: the code before the one on the screen still counts.
STEPS_OF_GRACE = 1
REMEMBERED = timedelta(hours=24)
SEPARATORS = re.compile(r"[\s.\-–]")


class Verdict(Enum):
    RIGHT = "RIGHT"
    EXPIRED = "EXPIRED"  # of this session, but no longer on the screen
    OTHER_SESSION = "OTHER_SESSION"
    WRONG = "WRONG"
    INCOMPLETE = "INCOMPLETE"  # not even six digits


class Shown(NamedTuple):
    """When the codes of a session were, or are, on the screen."""

    session_id: int
    secret: str | bytes
    opens_at: object
    closes_at: object


class Answer(NamedTuple):
    """``session_id`` is the session whose code it is, None where it is nobody's."""

    verdict: Verdict
    session_id: int | None = None


def code_at(secret, session_id, moment):
    """The code on the screen at ``moment``. No participant sees ``secret``, text or bytes."""
    return _code(_key(secret), session_id, _step(moment))


def seconds_left(moment):
    """Until the code changes: 30 right after a change, 1 in the last second before the next."""
    return STEP - int(moment.timestamp()) % STEP


def verify(secret, session_id, typed, moment, *, remembered=REMEMBERED):
    """RIGHT if ``typed`` is the session's code at ``moment``, EXPIRED if it was within
    ``remembered``, and otherwise WRONG."""
    code = _digits(typed)
    if code is None:
        return Verdict.WRONG
    now = _step(moment)
    if _held(code, secret, session_id, now - STEPS_OF_GRACE, now):
        return Verdict.RIGHT
    since = _step(moment - remembered)
    if _held(code, secret, session_id, since, now - STEPS_OF_GRACE - 1):
        return Verdict.EXPIRED
    return Verdict.WRONG


def verdict_among(secret, session_id, typed, moment, *, others, remembered=REMEMBERED):
    """As ``verify``, and for a wrong code which of the ``others`` (``Shown``) it belongs to.

    So that yesterday's code, that of the parallel session and half a code each get their own
    sentence.
    """
    code = _digits(typed)
    if code is None:
        return Answer(Verdict.INCOMPLETE)
    verdict = verify(secret, session_id, code, moment, remembered=remembered)
    if verdict != Verdict.WRONG:
        return Answer(verdict, session_id)
    for other in others:
        until = min(other.closes_at, moment)
        if other.session_id != session_id and _held(
            code, other.secret, other.session_id, _step(other.opens_at), _step(until)
        ):
            return Answer(Verdict.OTHER_SESSION, other.session_id)
    return Answer(Verdict.WRONG)


def _digits(typed):
    code = SEPARATORS.sub("", str(typed))
    return code if re.fullmatch(rf"[0-9]{{{DIGITS}}}", code) else None


def _held(code, secret, session_id, first, last):
    """Whether ``code`` was the session's in one of these steps; always compares all of them."""
    key, held = _key(secret), False
    for step in range(first, last + 1):
        held |= hmac.compare_digest(code, _code(key, session_id, step))
    return held


def _code(key, session_id, step):
    digest = hmac.digest(key, f"training.check-in:{session_id}:{step}".encode(), "sha256")
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}}"


def _key(secret):
    return secret if isinstance(secret, bytes) else secret.encode()


def _step(moment):
    return int(moment.timestamp()) // STEP
