"""What only a key with a scope may do."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission

from claims.models import ApiKey


class _Scoped(BasePermission):
    scope: str

    def has_permission(self, request, view) -> bool:
        """Whether the key has the scope; the request is counted as what it turns out to be."""
        spent = request.caller.spent
        if request.auth is None:
            spent.turns_out("refused")
            raise NotAuthenticated(
                format_lazy(_("This takes an API key with the scope “{scope}”."), scope=self.scope)
            )
        good = self.scope in request.auth.scopes
        spent.turns_out(self.scope if good else "refused")
        return good


def Scope(name: str) -> type[BasePermission]:  # noqa: N802 - it gives a class
    """The permission of a view that takes a key with that scope: ``[Scope("extract")]``.

    Without a key 401, without the scope 403, which names it. Raises ValueError for no scope.
    """
    scope = ApiKey.Scope(name).value
    message = format_lazy(_("This API key lacks the scope “{scope}”."), scope=scope)
    return type(f"Scope_{scope}", (_Scoped,), {"scope": scope, "message": message})
