"""Drafts of forms: what somebody typed and did not keep yet. An error, a time-out or a closed window loses nothing.

A page signs into each of its forms whose it is and where it stands (`Place`). The form's script sends what is in it
every few seconds, the button "Save as draft" does it without a script, and what comes from somebody whose session has
ended is put down too (`rescue`). Opened again, the form holds the draft; what is kept takes the draft away. Only its
writer sees a draft, and it is forgotten after a time. It is no record: no audit, no history, nothing counts it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from lscb.days import moment_words
from lscb.http import signed_in
from lscb.models import Draft, Person

KEPT_FOR = timedelta(days=settings.DRAFT_DAYS)
LONGEST = 200_000  # characters of all fields together
LONGEST_ADDRESS, LONGEST_TITLE = 500, 300  # characters that the database takes
TOKEN = "draft"  # noqa: S105  the name of the field that says which form of whose it is
NOT_OF_THE_FORM = (TOKEN, "csrfmiddlewaretoken")

# What other apps add to look for what identifies a child in a text: what it looks like, or None.
CHECKS: list[Callable[[str], str | None]] = []


class DraftRefused(Exception):
    """Something that cannot be put down as a draft. Its text is for the person who typed it."""


@dataclass(frozen=True)
class Place:
    """One form on one page, opened by one person. `form` tells forms of the same page apart; `title` is in words."""

    person: int
    address: str
    title: str
    form: str = ""


@dataclass(frozen=True)
class Shown:
    """What a page knows of the draft of one of its forms: the signed place, and the draft where there is one."""

    token: str
    saved_at: datetime | None = None
    data: Mapping[str, list[str]] = field(default_factory=dict)

    def value(self, name: str, otherwise: Any) -> Any:
        """What the draft holds in a field that is not among the form's own, such as `seen`."""
        return (self.data.get(name) or [otherwise])[-1]


@dataclass(frozen=True)
class Rescued:
    """What was put down for somebody, and what was not: field by field what it looks like."""

    place: Place
    saved_at: datetime
    refused: Mapping[str, str]


def resume(
    request: HttpRequest, form: forms.BaseForm, title: str, *, name: str = "", address: str = ""
) -> Shown:
    """Fill a form that was just opened from the person's draft of it, and say so on the page.

    `title` says what the form is for; `name` tells forms of the same page apart; `address` is the page of a form that
    is sent elsewhere. A form that was sent is left as it is. The answer goes to the template `parts/draft.html`, inside
    the form.
    """
    where = (address or request.get_full_path())[:LONGEST_ADDRESS]
    place = Place(signed_in(request).pk, where, title[:LONGEST_TITLE], name)
    token = signing.dumps(asdict(place), salt=TOKEN)
    was_sent = form.is_bound or _is_sent(request, place)
    draft = None if was_sent else _live().filter(**_key(place)).first()
    if draft is None:
        return Shown(token)
    given: MultiValueDict[str, str] = MultiValueDict(draft.data)
    for field_name, one in form.fields.items():
        posted = form.add_prefix(field_name)
        if not one.widget.value_omitted_from_data(given, {}, posted):
            form.initial[field_name] = one.widget.value_from_datadict(given, {}, posted)
    messages.info(
        request,
        f"{title}: this is your draft of {said_at(draft.saved_at)}. Nobody else sees it, and nothing of it counts "
        "until you send the form.",
    )
    return Shown(token, draft.saved_at, draft.data)


def finish(request: HttpRequest) -> None:
    """Take away the draft of the form that was sent and kept."""
    place = _place(request)
    if place and place.person == signed_in(request).pk:
        Draft.objects.filter(**_key(place)).delete()


def rescue(request: HttpRequest) -> Rescued | None:
    """Put down what was sent, for the person to whom its form was given, whoever is signed in now.

    The place is signed, so nobody can write into another person's drafts. None where what was sent comes from no form
    with drafts, or from one opened too long ago. Raises DraftRefused for more than a draft may hold.
    """
    place = _place(request)
    if place is None or not Person.objects.filter(pk=place.person, is_active=True).exists():
        return None
    return save(place, request.POST)


def save(place: Place, given: QueryDict) -> Rescued:
    """Put down a form as it stands. A field that seems to name somebody is left out, and stays as it was before. Of a
    form in which nothing stands no draft is kept.

    Raises DraftRefused for more than `LONGEST` characters.
    """
    sent = {name: values for name, values in given.lists() if name not in NOT_OF_THE_FORM}
    if sum(len(text) for values in sent.values() for text in values) > LONGEST:
        raise DraftRefused(
            "This is too long for a draft. Send the form, or keep a copy of your own."
        )
    looks = {name: found for name, values in sent.items() if (found := _looks_like(values))}
    with transaction.atomic():
        earlier = Draft.objects.select_for_update().filter(**_key(place)).first()
        before = earlier.data if earlier else {}
        kept = {name: before[name] for name in looks if name in before}
        data = {name: values for name, values in sent.items() if name not in looks} | kept
        if not any(text.strip() for values in data.values() for text in values):
            discard(place)  # an empty form is opened as quickly as an empty draft
            return Rescued(place, timezone.now(), looks)
        draft, _ = Draft.objects.update_or_create(
            **_key(place),
            defaults={"title": place.title, "data": data, "saved_at": timezone.now()},
        )
    return Rescued(place, draft.saved_at, looks)


def discard(place: Place) -> None:
    """Forget a draft."""
    Draft.objects.filter(**_key(place)).delete()


def of(person: Person) -> "QuerySet[Draft]":
    """A person's drafts, the newest first."""
    return _live().filter(person=person).order_by("-saved_at")


def forget_old() -> int:
    """Delete the drafts that nobody touched for `settings.DRAFT_DAYS` days. Returns how many."""
    return Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def said_at(moment: datetime) -> str:
    """A moment as pages write it: 29 November 2026, 14:03."""
    return moment_words(timezone.localtime(moment))


def place_of(request: HttpRequest) -> Place | None:
    """The place of the form that the signed-in person sent; None where it is not theirs, or too old."""
    place = _place(request)
    return place if place and place.person == signed_in(request).pk else None


def _place(request: HttpRequest) -> Place | None:
    try:
        return Place(**signing.loads(request.POST.get(TOKEN, ""), salt=TOKEN, max_age=KEPT_FOR))
    except signing.BadSignature:
        return None


def _is_sent(request: HttpRequest, place: Place) -> bool:
    """Whether the form of a place is the one that was sent, be it only to be filled in further."""
    sent = _place(request)
    return sent is not None and _key(sent) == _key(place)


def _key(place: Place) -> dict[str, Any]:
    return {"person_id": place.person, "address": place.address, "form": place.form}


def _live() -> "QuerySet[Draft]":
    return Draft.objects.filter(saved_at__gte=timezone.now() - KEPT_FOR)


def _looks_like(values: list[str]) -> str | None:
    return next((found for text in values for check in CHECKS if (found := check(text))), None)
