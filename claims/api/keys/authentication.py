"""A view finds the key at ``request.auth``, None without one; ``request.user`` stays None."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from claims.models import ApiKey


class KeyAuthentication(BaseAuthentication):
    """What the entrance found out; raises Throttled and AuthenticationFailed."""

    def authenticate(self, request) -> tuple[None, ApiKey] | None:
        caller = (
            request.caller
        )  # by claims.api.keys.entrance, for all that is below claims.api.headers.FOLDERS
        if not caller.spent.let_in:
            raise caller.spent.refusal()
        if caller.refusal:
            raise AuthenticationFailed(caller.refusal)
        return (None, caller.key) if caller.key else None

    def authenticate_header(self, request) -> str:
        given = ', error="invalid_token"' if request.caller.refusal else ""
        return f'Bearer realm="Constat"{given}'


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = KeyAuthentication
    name = "apiKey"

    def get_security_requirement(self, auto_schema) -> dict[str, list[str]]:
        """With the scopes that the view takes."""
        permissions = auto_schema.view.get_permissions()
        return {self.name: [each.scope for each in permissions if hasattr(each, "scope")]}

    def get_security_definition(self, auto_schema) -> dict:
        """As the schema says it."""
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "constat_<prefix>_<secret>",
            "description": _(
                "A key the newsroom gives out. Reading takes none, and with one more may be asked."
            ),
        }
