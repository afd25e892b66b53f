"""What the desk's pages of the record have in common: acts and gates refuse in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from claims.gates import Closed, gates
from claims.merge import NotMergeable
from sources.desk import ModelAdmin, Refused


class RecordAdmin(ModelAdmin):
    @contextmanager
    def attempt(self) -> Iterator[None]:
        try:
            with gates():
                yield
        except (Closed, NotMergeable) as error:
            raise Refused(str(error)) from error
        except PermissionDenied as error:
            # An act says why; what the admin itself denies is a page of its own.
            if not error.args:
                raise
            raise Refused(str(error)) from error

    def has_delete_permission(self, request, obj=None):
        """Nothing is deleted from the record, unless a page says otherwise."""
        return False

    @staticmethod
    def reason(request) -> str:
        """What was given as the reason; raises Refused if nothing was."""
        if reason := request.POST.get("reason", "").strip():
            return reason
        raise Refused(_("Nothing was saved: give a reason."))
