from django.db import migrations, models
from django.db.models import Q

from sources.at_once import at_once


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0011_changes"),
        ("sources", "0003_document_in_language"),
    ]

    operations = at_once([
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["quotation", "-decided_at", "-id"],
                condition=Q(status="accepted"),
                name="claim_latest_of_quotation",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["sentence"], condition=Q(status="accepted"), name="claim_public_by_sentence"
            ),
        ),
        migrations.AddIndex(
            model_name="verification",
            index=models.Index(
                fields=["rating", "-published_at", "-id"],
                condition=Q(status="published"),
                name="verification_latest_rated",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["stance", "-id"],
                condition=Q(protected=False),
                name="evidence_of_stance",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["-id"],
                condition=Q(protected=False, primary=True),
                name="evidence_primary",
            ),
        ),
    ])
