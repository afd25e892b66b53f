from django.contrib import admin

from claims.models import Verification
from sources.desk import ModelAdmin


@admin.register(Verification)
class VerificationAdmin(ModelAdmin):
    search_fields = ["summary"]
