"""Exports: a list of the desk as a file, of all that its filters let through."""

from collections.abc import Iterator
from typing import ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override

from claims.exchange import write
from claims.exchange.table import Table
from sources.refused import Refused


class Exported:
    """For a list: whoever may see it may take it along."""

    table: ClassVar[type[Table]]
    list_after_template = "admin/exports/formats.html"

    class Media:
        css = {"all": ["desk/exchange.css"]}

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/<slug:form>/", view, name=name), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        asked = request.GET.copy()
        asked.pop("p", None)
        query = f"?{asked.urlencode()}" if asked else ""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_export"
        formats = [
            (word, reverse(name, args=[form]) + query)
            for form, word in (("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"))
        ]
        return super().changelist_view(request, {"formats": formats, **(extra_context or {})})

    def export_view(self, request, form: str) -> HttpResponse:
        """The rows of the list as it is filtered, in the order they were added."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if form not in write.MEDIA_TYPES:
            raise Http404
        shown = self.get_changelist_instance(request).get_queryset(request)
        rows = self.model.objects.filter(pk__in=shown.order_by().values("pk")).order_by("pk")
        table = self.table(request.user)
        name = f"constat-{table.name}-{timezone.localdate().isoformat()}.{form}"
        if form == "xlsx":
            try:
                file = write.as_xlsx(table, rows)
            except Refused as refusal:
                messages.error(request, str(refusal))
                changes = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
                return HttpResponseRedirect(f"{reverse(changes)}?{request.GET.urlencode()}")
            media_type = write.MEDIA_TYPES[form]
            return FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
        pieces = (write.as_csv if form == "csv" else write.as_json)(table, rows)
        answer = StreamingHttpResponse(
            _speaking(get_language(), pieces), content_type=write.MEDIA_TYPES[form]
        )
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer


def _speaking(language: str, pieces: Iterator[str]) -> Iterator[str]:
    """They are made when the answer is on its way, and no request has a language any more."""
    with override(language):
        yield from pieces
