"""The addresses of pages by their names. A list asks for hundreds, and Django finds each anew: here each is worked out
once in a process."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse


def address(name: str, *args: object) -> str:
    """The address of a name with what stands in it: `address("challenge", 7)`. Raises NoReverseMatch."""
    return _address(settings.ROOT_URLCONF, name, args)


@lru_cache(maxsize=8192)
def _address(_addresses: str, name: str, args: tuple[object, ...]) -> str:
    return reverse(name, args=args)
