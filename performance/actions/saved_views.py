"""Saving a page with its controls under a name, sharing it, and pinning it to a quarter's meeting."""

from urllib.parse import parse_qsl, urlsplit

from django.db import transaction

from lscb import access, audit
from lscb.access import Action
from lscb.models import Person
from lscb.periods import Period
from performance.actions.texts import check_texts
from performance.models import SavedView

PAGES = ("/scorecard/", "/dashboards/", "/indicators/", "/signals/")


class ViewRefused(Exception):
    """A view that cannot be saved. Its text is for the person who tried."""


def save_view(
    *, by: Person, name: str, address: str, shared: bool = False, pinned_to: Period | None = None
) -> SavedView:
    """Keep an address of ours under a name; the same name of the same person is replaced.

    Raises ViewRefused for another site's address, for no name, and where either identifies a person; PermissionDenied
    for pinning by access.
    """
    name = name.strip()[:120]
    parts = urlsplit(address)
    if not name:
        raise ViewRefused("Give the view a name.")
    if parts.scheme or parts.netloc or not parts.path.startswith(PAGES) or len(address) > 1200:
        raise ViewRefused("Only a page of figures can be saved.")
    check_texts(ViewRefused, name, *(words for _, words in parse_qsl(parts.query)))
    if pinned_to is not None:
        access.check(by, Action.PIN_VIEWS)
    else:
        access.check_see_figures(by)
    with transaction.atomic():
        view, _ = SavedView.objects.update_or_create(
            owner=by,
            name=name,
            defaults={
                "path": parts.path[:200],
                "query": parts.query[:1000],
                "shared": shared or pinned_to is not None,
                "pinned_to": pinned_to.code if pinned_to else "",
            },
        )
        audit.record(by=by, action="view saved", subject=view, address=view.address)
    return view


def forget_view(*, by: Person, view: SavedView) -> None:
    """Delete one's own view. Raises ViewRefused for another's."""
    if view.owner_id != by.pk:
        raise ViewRefused("Only whoever saved a view can delete it.")
    with transaction.atomic():
        audit.record(by=by, action="view deleted", subject=view, name=view.name)
        view.delete()
