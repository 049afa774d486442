"""Sessions in the database, as Django keeps them; the one of a request is found by a prepared query."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from lscb.prepared import prepared


class SessionStore(db.SessionStore):
    """A session, which every request of somebody signed in reads."""

    def _get_session_from_db(self) -> Session | None:
        """The session of this key that has not ended; None, and no key any more, where there is none."""
        found = next(iter(_of_key(self.session_key)), None) if self.session_key else None
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found


@prepared
def _of_key(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)
