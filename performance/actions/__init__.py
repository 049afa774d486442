"""The only writers of performance: keyword-only, atomic, audited, `by=` the person who acts."""

from performance.actions.agencies import (
    add_agency,
    remove_agency,
    replace_agency,
    take_back_replacement,
)
from performance.actions.calendar import record_calendar
from performance.actions.catalogue import (
    agree_to_proposal,
    decline_proposal,
    propose_indicator,
    set_indicator,
    settle_agreements,
)
from performance.actions.digest import send_digest
from performance.actions.events import add_event, remove_event
from performance.actions.mappings import check_again
from performance.actions.meetings import add_meeting, remove_meeting
from performance.actions.observations import recompute_all, recompute_changed, tell_what_is_late
from performance.actions.preview import discard, sign_off, submit
from performance.actions.processing import process, sweep
from performance.actions.reminders import choose_mail, remind
from performance.actions.statements import (
    add_rebase,
    remove_rebase,
    say_comparable,
    take_back_comparable,
)
from performance.actions.submissions import (
    KeyReused,
    SubmissionRefused,
    delete_strays,
    receive,
    withdraw,
)

__all__ = [
    "KeyReused",
    "SubmissionRefused",
    "add_agency",
    "add_event",
    "add_meeting",
    "add_rebase",
    "agree_to_proposal",
    "check_again",
    "choose_mail",
    "decline_proposal",
    "delete_strays",
    "discard",
    "process",
    "propose_indicator",
    "receive",
    "recompute_all",
    "recompute_changed",
    "record_calendar",
    "remind",
    "remove_agency",
    "remove_event",
    "remove_meeting",
    "remove_rebase",
    "replace_agency",
    "say_comparable",
    "send_digest",
    "set_indicator",
    "settle_agreements",
    "sign_off",
    "submit",
    "sweep",
    "take_back_comparable",
    "take_back_replacement",
    "tell_what_is_late",
    "withdraw",
]
