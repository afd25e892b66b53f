"""What every endpoint of the API shares: pagination and filters (its schema: config/schema.py)."""

from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination

from config.as_of import PARAMETER


class Pagination(PageNumberPagination):
    """``page`` and ``page_size`` (rows, at most 100)."""

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


class StrictFilterBackend(DjangoFilterBackend):
    """Filters that answer 400 to a parameter they do not know: a typo never returns everything."""

    def filter_queryset(self, request, queryset, view):
        allowed = {"page", "page_size", "format", PARAMETER}
        if filterset := self.get_filterset_class(view, queryset):
            allowed |= set(filterset.base_filters)
        if unknown := sorted(set(request.query_params) - allowed):
            raise ValidationError({name: [_("Unknown parameter.")] for name in unknown})
        return super().filter_queryset(request, queryset, view)
