from django.db import migrations, models

from sources.searchable import searchable


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0006_drafts'),
        ('sources', '0009_finding'),
    ]

    operations = [
        searchable('claims_claim', 'wording', 'quote'),
        searchable('claims_speaker', 'name'),
        searchable('claims_alias', 'name'),
        searchable('claims_verification', 'summary', 'explanation'),
        searchable('claims_development', 'title', 'account'),
        searchable('claims_forecast', 'criteria'),
        searchable('claims_correction', 'note', 'before', 'after'),
        # Indexes
        migrations.AlterModelOptions(
            name='correction',
            options={'ordering': ['-made_at', '-id'], 'verbose_name': 'correction', 'verbose_name_plural': 'corrections'},
        ),
        migrations.RemoveIndex(
            model_name='claim',
            name='claim_by_day',
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(models.OrderBy(models.F('said_on'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='claim_by_day'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['-found_at', '-id'], name='claim_found'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['status', '-found_at', '-id'], name='claim_found_by_status'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['kind', '-found_at', '-id'], name='claim_found_by_kind'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['quotation', '-found_at', '-id'], name='claim_found_by_quotation'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['speaker', '-found_at', '-id'], name='claim_found_by_speaker'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['-made_at', '-id'], name='correction_latest'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['kind', '-made_at', '-id'], name='correction_by_kind'),
        ),
        migrations.AddIndex(
            model_name='development',
            index=models.Index(fields=['-occurred_on', '-id'], name='development_by_day'),
        ),
        migrations.AddIndex(
            model_name='development',
            index=models.Index(fields=['status', '-occurred_on', '-id'], name='development_by_status'),
        ),
        migrations.AddIndex(
            model_name='effect',
            index=models.Index(fields=['status', '-id'], name='effect_by_status'),
        ),
        migrations.AddIndex(
            model_name='effect',
            index=models.Index(fields=['kind', '-id'], name='effect_by_kind'),
        ),
        migrations.AddIndex(
            model_name='forecast',
            index=models.Index(fields=['due_on', 'id'], name='forecast_by_day'),
        ),
        migrations.AddIndex(
            model_name='forecast',
            index=models.Index(fields=['outcome', 'due_on', 'id'], name='forecast_by_outcome'),
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['status', '-id'], name='link_by_status'),
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['kind', '-id'], name='link_by_kind'),
        ),
        migrations.AddIndex(
            model_name='speaker',
            index=models.Index(fields=['kind', 'name', 'id'], name='speaker_of_kind'),
        ),
        migrations.AddIndex(
            model_name='verification',
            index=models.Index(models.OrderBy(models.F('published_at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='verification_by_day'),
        ),
        migrations.AddIndex(
            model_name='verification',
            index=models.Index(fields=['status', '-id'], name='verification_by_status'),
        ),
        migrations.AddIndex(
            model_name='verification',
            index=models.Index(fields=['rating', '-id'], name='verification_by_rating'),
        ),
        migrations.AddIndex(
            model_name='verification',
            index=models.Index(fields=['author', '-id'], name='verification_by_author'),
        ),
    ]
