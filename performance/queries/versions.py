"""What the stored state is known by, so that a page of an earlier state is told from one of the present."""

from django.db import connection

RECENT = 1000  # lines of the audit trail that are counted
# In SQL, because every request asks it, also for a page that is kept, and Django took longer to put it into words than
# the database to answer.
STATE = """
SELECT version.number, trail.last,
       (SELECT COUNT(*) FROM lscb_auditevent line WHERE line.id > trail.last - %s)
  FROM (SELECT MAX(id) AS last FROM lscb_auditevent) trail
  LEFT JOIN performance_dataversion version ON version.id = 1
"""


def state_of_everything() -> str:
    """A text that changes with every write, in one query: the data version, the last line of the audit trail, and how
    many of the lines just before it there are.

    Every write is audited, so nothing that a page shows can change without it. The last line alone would not tell of a
    write that was begun before another one and ended after it: its line has the smaller number.
    """
    with connection.cursor() as cursor:
        cursor.execute(STATE, [RECENT])
        return " ".join(map(str, cursor.fetchone()))
