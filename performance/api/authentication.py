"""Who sends a request: a person with a token, or one signed in with a browser."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed

from lscb.models import Person
from lscb.people import may_sign_in

NOT_KNOWN = (
    "This token is not known, was revoked or has expired. Make a new one at /account/tokens/."
)


class TokenAuthentication(KnoxTokenAuthentication):
    """`Authorization: Token <token>`. The token is found by its hash in one query; the database never holds it."""

    def authenticate_credentials(self, token: bytes) -> tuple[Person, AuthToken]:
        """The person and the token. Raises AuthenticationFailed for one that does not let in (any more)."""
        try:
            digest = hash_token(token.decode("ascii"))
        except (UnicodeDecodeError, ValueError) as error:
            raise AuthenticationFailed(NOT_KNOWN) from error
        found = AuthToken.objects.select_related("user").filter(digest=digest).first()
        if found is None or (found.expiry and found.expiry <= timezone.now()):
            raise AuthenticationFailed(NOT_KNOWN)
        if not may_sign_in(found.user):
            raise AuthenticationFailed("This person may not sign in any more.")
        return found.user, found


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes the token."""

    target_class = "performance.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002
        """An OpenAPI security scheme; part of the framework's contract."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Write `Token`, a space and the token. Make one at /account/tokens/.",
        }
