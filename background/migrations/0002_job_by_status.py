from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('background', '0001_initial'),
    ]

    operations = [
        # What failed last, what waits? The table is procrastinate's, and so are its other indexes.
        migrations.RunSQL(
            "CREATE INDEX background_job_by_status ON procrastinate_jobs (status, id DESC)",
            "DROP INDEX background_job_by_status",
        ),
    ]
