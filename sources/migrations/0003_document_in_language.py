from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_tables")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=["language", "-added_at", "-id"], name="document_in_language"
            ),
        ),
    ]
