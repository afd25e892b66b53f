from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0008_speaker_alphabetical'),
        ('sources', '0002_tables'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claimreview',
            index=models.Index(models.Func(Lower('url'), models.Value('^https?://(?:[^/@]*@)?(?:www\\.)?([^/:?#]+)'), function='substring', output_field=models.TextField()), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('claim__isnull', False)), name='claim_review_linked_of_site'),
        ),
    ]
