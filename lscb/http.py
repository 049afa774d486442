"""Small helps for views."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from lscb.models import Person


def signed_in(request: HttpRequest) -> Person:
    """The person behind a request. The middleware has sent everybody else to sign in already."""
    if not isinstance(request.user, Person):
        raise PermissionDenied("Sign in first.")
    return request.user
