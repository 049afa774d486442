"""What every page shows: the partnership's name and the navigation.

Another app adds its pages to `NAVIGATION` when it starts. An entry is shown to those whom `action` allows, and only
once an address of that name exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from lscb import access
from lscb.access import Action, AnyPerson

BRAND_CSS_PATH = "/brand.css"


@dataclass(frozen=True)
class Entry:
    """An entry of the navigation: its words, the name of its address, who sees it, and how many things wait there."""

    label: str
    url_name: str
    action: Action | None = None
    waiting: Callable[[AnyPerson], int] | None = None


@dataclass(frozen=True)
class Link:
    """An entry as one page shows it. `current` is a value of aria-current: page, true, or empty."""

    label: str
    url: str
    current: str
    waiting: int = 0


NAVIGATION: list[Entry] = [
    Entry("Scorecard", "scorecard", Action.SEE_FIGURES),
    Entry("Dashboards", "dashboards", Action.SEE_FIGURES),
    Entry("Indicators", "indicators", Action.SEE_FIGURES),
    Entry("Signals", "signals", Action.SEE_FIGURES),
    Entry("Challenges", "challenges", Action.SEE_FIGURES),
    Entry("Returns", "returns"),
    Entry("Submissions", "submissions", Action.SEE_SUBMISSIONS),
    Entry("Reports", "reports", Action.SEE_FIGURES),
    Entry("Search", "search", Action.SEE_FIGURES),
]


def partnership_words() -> dict[str, str]:
    """The partnership's place and name, from the settings."""
    return {
        "place": settings.PARTNERSHIP_PLACE,
        "name": settings.PARTNERSHIP_NAME,
        "full_name": f"{settings.PARTNERSHIP_PLACE} {settings.PARTNERSHIP_NAME}".strip(),
        "brand": settings.PARTNERSHIP_BRAND,
    }


def links(person: AnyPerson, path: str) -> list[Link]:
    """The navigation for a person on the page at `path`; empty for somebody signed out."""
    if not getattr(person, "is_authenticated", False):
        return []
    found = []
    for entry in NAVIGATION:
        if entry.action and not access.can(person, entry.action):
            continue
        url = _address(entry.url_name, settings.ROOT_URLCONF)
        if not url:
            continue
        current = "page" if path == url else "true" if path.startswith(url) else ""
        waiting = entry.waiting(person) if entry.waiting else 0
        found.append(Link(entry.label, url, current, waiting))
    return found


@lru_cache
def _address(name: str, _addresses: str) -> str:
    """The address of a name among the addresses of the installation; empty while there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=512)
def written(links: tuple[Link, ...]) -> SafeString:
    """The navigation as a list, which is written once for what it says: a page holds it twice."""
    return SafeString(render_to_string("parts/navigation.html", {"navigation": links}))


def partnership(request: HttpRequest) -> dict[str, Any]:
    """The context of every page. The navigation is made when a page shows it."""
    return {
        "partnership": partnership_words(),
        "brand_css_path": BRAND_CSS_PATH,
        "demonstration": settings.DEMONSTRATION,
        "navigation": SimpleLazyObject(lambda: links(getattr(request, "user", None), request.path)),
    }
