"""What `manage.py check` asks about the partnership's own settings and people."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: white words on the header bar


@register(Tags.compatibility)
def brand_is_usable(**_kwargs: Any) -> list[CheckMessage]:
    """PARTNERSHIP_BRAND must be a colour that white words can be read on."""
    colour = settings.PARTNERSHIP_BRAND
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return [
            Error(
                f"PARTNERSHIP_BRAND is {colour!r}; write it like #12344d.",
                id="lscb.E001",
            )
        ]
    contrast = contrast_with_white(colour)
    if contrast < LEAST_CONTRAST:
        return [
            Error(
                f"White words on PARTNERSHIP_BRAND {colour} have a contrast of {contrast:.1f}; "
                f"{LEAST_CONTRAST} is the least. Choose a darker colour.",
                id="lscb.E002",
            )
        ]
    return []


def contrast_with_white(colour: str) -> float:
    """The contrast ratio (1 to 21, as WCAG defines it) of white and a colour written #rrggbb."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    ]
    red, green, blue = linear
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@register(Tags.database)
def no_demonstration_people(
    databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Outside the demonstration none of its people may be enabled: everybody knows their password."""
    from lscb.people import forbidden_people

    if not databases:
        return []
    try:
        found = [person.email for person in forbidden_people()]
    except DatabaseError:  # the tables are not there yet
        return []
    if not found:
        return []
    hint = "Run manage.py migrate, which disables them."
    return [Error(f"Demonstration people are enabled: {', '.join(found)}.", hint, id="lscb.E003")]
