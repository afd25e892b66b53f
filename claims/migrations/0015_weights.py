from django.db import migrations

from sources.searchable import weighted


class Migration(migrations.Migration):
    """What is shown of a row counts for more than what it is explained with, or was worded from."""

    dependencies = [("claims", "0014_rare_words"), ("sources", "0004_weights")]
    operations = [
        weighted(
            "claims_claim",
            A="CASE wording WHEN '' THEN quote ELSE wording END",
            B="CASE wording WHEN '' THEN '' ELSE quote END",
        ),
        weighted("claims_verification", A="summary", B="explanation"),
        weighted("claims_development", A="title", B="account"),
    ]
