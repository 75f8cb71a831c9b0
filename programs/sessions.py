"""Sessions as Django keeps them in the database; ``SESSION_ENGINE`` names this module."""

from django.contrib.sessions.backends import db
from django.utils import timezone

from programs.plain_rows import fetch


class SessionStore(db.SessionStore):
    """Every page begins with this question, so it is asked in SQL put together once."""

    def _get_session_from_db(self):
        # Whatever else a cookie may hold was never a key of ours, and may upset the database.
        is_a_key = self.session_key.isascii() and self.session_key.isalnum()
        session = fetch(self.model, session_key=self.session_key) if is_a_key else None
        if session and session.expire_date > timezone.now():
            return session
        self._session_key = None  # as Django does: an ended session gets a key of its own
        return None
