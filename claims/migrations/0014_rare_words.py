from django.db import migrations


class Migration(migrations.Migration):
    """Claims are looked for by the rare words they share with a text (claims/retrieval)."""

    dependencies = [
        ("claims", "0013_proposals_by_key"),
        ("sources", "0003_document_in_language"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="claim", name="claim_by_words"),
        # How many claims have this stem? Of the ten thousand commonest ANALYZE keeps the share.
        migrations.RunSQL(
            "ALTER TABLE claims_claim ALTER COLUMN search SET STATISTICS 1000",
            "ALTER TABLE claims_claim ALTER COLUMN search SET STATISTICS DEFAULT",
        ),
    ]
