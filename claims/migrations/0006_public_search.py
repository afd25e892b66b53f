from django.db import migrations, models

from sources.at_once import at_once


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_front_page'),
    ]

    operations = at_once([
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('status', 'accepted')), fields=['kind', '-decided_at', '-id'], name='claim_latest_of_kind'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(models.OrderBy(models.F('said_on'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status', 'accepted')), name='claim_public_by_day'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('status', 'accepted')), fields=['-id'], name='claim_public'),
        ),
    ])
