from claims.models import Verification
from sources.desk import ModelAdmin
from django.contrib import admin


@admin.register(Verification)
class VerificationAdmin(ModelAdmin):
    search_fields = ["summary"]
