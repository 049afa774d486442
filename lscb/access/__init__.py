"""Who may see and do what: the one place that decides.

Each decision is a pair: `can_...` answers, `check_...` refuses (and logs the refusal). What a person may not know of
is not found (404): the submissions of another agency, and the whole list for a person who sees none. What they know of
and may not do is forbidden (403). `..._visible_to` keeps of a queryset what a person may see.

The objects of other apps are known here by their attributes only (`agency`, `agency_id`), never by their class.
"""

from lscb.access.evidence import (
    can_answer_review_action,
    can_assess_section_11,
    can_change_plan,
    can_edit_training,
    can_report_on_plan,
    can_see_reviews,
    check_answer_review_action,
    check_assess_section_11,
    check_change_plan,
    check_edit_training,
    check_report_on_plan,
    reviews_open_to,
    reviews_visible_to,
)
from lscb.access.figures import (
    can_agree_commentary,
    can_agree_to_proposal,
    can_answer_challenge,
    can_answer_proposals,
    can_propose_indicators,
    can_rebase,
    can_see_figures,
    can_set_indicators,
    can_write_commentary,
    check_agree_commentary,
    check_agree_to_proposal,
    check_answer_challenge,
    check_answer_proposals,
    check_propose_indicators,
    check_rebase,
    check_see_figures,
    check_set_indicators,
    check_write_commentary,
)
from lscb.access.partnership import (
    can_manage_people,
    can_see_audit,
    check_manage_people,
    check_see_audit,
)
from lscb.access.returns import (
    agencies_to_send_for,
    calendar_agency,
    can_accept,
    can_approve_mappings,
    can_manage_calendar,
    can_propose_mapping,
    can_see_punctuality,
    can_see_submission,
    can_see_submissions,
    can_send,
    can_sign_off,
    can_withdraw,
    check_accept,
    check_approve_mappings,
    check_manage_calendar,
    check_propose_mapping,
    check_see_punctuality,
    check_see_submission,
    check_see_submissions,
    check_send,
    check_sign_off,
    check_withdraw,
    submissions_visible_to,
)
from lscb.access.roles import (
    EVERYBODY,
    NOT_FOUND,
    ROLES,
    Action,
    AnyPerson,
    OfAgency,
    SentOfAgency,
    can,
    check,
    refuse,
)
