"""Small helps for views."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from lscb.models import Person

ROOM_FOR_FIELDS = 1_000_000  # bytes of a request beside its file


def signed_in(request: HttpRequest) -> Person:
    """The person behind a request. The middleware has sent everybody else to sign in already."""
    if not isinstance(request.user, Person):
        raise PermissionDenied("Sign in first.")
    return request.user


def why_too_large(request: HttpRequest) -> str:
    """Why a request is turned away before a byte of it is read, by what it says of its own length; empty where it is
    not. What says nothing of its length holds no form that is read."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    limit = settings.INTAKE_MAX_BYTES
    if not length.isdecimal() or int(length) <= limit + ROOM_FOR_FIELDS:
        return ""
    return f"The file is larger than {limit // 1_000_000} MB. Send a shorter period at a time."
