"""The forms of training's records. Their errors are sentences a person can act on."""

from training.forms.base import RecordForm
from training.forms.records import (
    AttendanceForm,
    CourseForm,
    EvaluationForm,
    LicenceForm,
    QuoteForm,
    SessionForm,
    WorkforceForm,
)
from training.forms.steps import RemoveForm, SendForm
from training.forms.written import CommentaryForm, ProgrammeForm
from training.models import Commentary, Record


def form_of(record: Record) -> type[RecordForm]:
    """The form of a record's kind."""
    return CommentaryForm if isinstance(record, Commentary) else FORMS[record.KIND]


FORMS: dict[str, type[RecordForm]] = {
    form.Meta.model.KIND: form
    for form in (
        CourseForm, SessionForm, AttendanceForm, EvaluationForm, QuoteForm, LicenceForm, WorkforceForm,
        ProgrammeForm,
    )
}  # fmt: skip

__all__ = ["FORMS", "CommentaryForm", "RecordForm", "RemoveForm", "SendForm", "form_of"]
