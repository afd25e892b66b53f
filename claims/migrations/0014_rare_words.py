from django.db import migrations


class Migration(migrations.Migration):
    """Claims are looked for by the rare words they share with a text (claims/retrieval)."""

    dependencies = [
        ("claims", "0013_proposals_by_key"),
        ("sources", "0003_document_in_language"),
    ]

    operations = [migrations.RemoveIndex(model_name="claim", name="claim_by_words")]
