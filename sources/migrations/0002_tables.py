"""The tables of where words come from."""

import datetime
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import sources.fields
import sources.history
import sources.models.snapshot
import uuid
from django.conf import settings
from django.db import migrations, models

from sources.searchable import searchable



class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("sources", "0010_submissions"),
    ]
    dependencies = [
        ("sources", "0001_types_and_functions"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Publisher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', sources.fields.PublicIdField()),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('newspaper', 'newspaper'), ('broadcaster', 'broadcaster'), ('agency', 'news agency'), ('website', 'website'), ('institution', 'institution'), ('fact_checker', 'fact-checker')], default='newspaper', max_length=20, verbose_name='kind')),
                ('site', models.CharField(blank=True, help_text='e.g. lemonde.fr', max_length=200, verbose_name='site')),
            ],
            options={
                'verbose_name': 'publisher',
                'verbose_name_plural': 'publishers',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('name',), name='publisher_name_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='publisher_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', sources.fields.PublicIdField()),
                ('kind', models.CharField(choices=[('article', 'article'), ('transcript', 'transcript'), ('speech', 'speech'), ('report', 'report'), ('post', 'post')], default='article', max_length=20, verbose_name='kind')),
                ('title', models.CharField(max_length=500, verbose_name='title')),
                ('byline', models.CharField(blank=True, help_text='who signed it, as it is printed', max_length=300, verbose_name='byline')),
                ('url', models.URLField(blank=True, max_length=2000, null=True, verbose_name='address')),
                ('language', models.CharField(default='fr', max_length=10, verbose_name='language')),
                ('published_on', sources.fields.PartialDateField(blank=True, null=True, verbose_name='published on')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added at')),
                ('publisher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='sources.publisher', verbose_name='publisher')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['-added_at', '-id'],
                'indexes': [models.Index(fields=['-added_at', '-id'], name='document_latest'), models.Index(models.OrderBy(models.F('published_on'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='document_published_on'), models.Index(fields=['publisher', '-added_at', '-id'], name='document_of_publisher'), models.Index(fields=['kind', '-added_at', '-id'], name='document_of_kind')],
                'constraints': [models.UniqueConstraint(fields=('url',), name='document_url_once'), models.CheckConstraint(condition=models.Q(('url', ''), _negated=True), name='document_url_not_empty'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='document_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=2000, verbose_name='address')),
                ('title', models.CharField(blank=True, help_text='as the feed says, if left empty', max_length=300, verbose_name='title')),
                ('active', models.BooleanField(default=True, verbose_name='polled')),
                ('publisher', models.ForeignKey(blank=True, help_text='of all that it announces; if left empty, as each page says', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='sources.publisher', verbose_name='publisher')),
            ],
            options={
                'verbose_name': 'feed',
                'verbose_name_plural': 'feeds',
                'ordering': ['title', 'url'],
                'constraints': [models.UniqueConstraint(fields=('url',), name='feed_url_once'), models.CheckConstraint(condition=models.Q(('url', ''), _negated=True), name='feed_has_an_address')],
            },
        ),
        migrations.CreateModel(
            name='DocumentEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_recorded_at', models.DateTimeField(db_default=sources.history.RecordClock())),
                ('pgh_database_user', models.TextField(db_default=sources.history.SessionUser())),
                ('id', models.BigIntegerField()),
                ('public_id', sources.fields.PublicIdField(unique=False)),
                ('kind', models.CharField(choices=[('article', 'article'), ('transcript', 'transcript'), ('speech', 'speech'), ('report', 'report'), ('post', 'post')], default='article', max_length=20, verbose_name='kind')),
                ('title', models.CharField(max_length=500, verbose_name='title')),
                ('byline', models.CharField(blank=True, help_text='who signed it, as it is printed', max_length=300, verbose_name='byline')),
                ('url', models.URLField(blank=True, max_length=2000, null=True, verbose_name='address')),
                ('language', models.CharField(default='fr', max_length=10, verbose_name='language')),
                ('published_on', sources.fields.PartialDateField(blank=True, null=True, verbose_name='published on')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added at')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.document')),
                ('publisher', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.publisher', verbose_name='publisher')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['id', 'pgh_id'], name='document_versions')],
            },
        ),
        migrations.CreateModel(
            name='PublisherEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_recorded_at', models.DateTimeField(db_default=sources.history.RecordClock())),
                ('pgh_database_user', models.TextField(db_default=sources.history.SessionUser())),
                ('id', models.BigIntegerField()),
                ('public_id', sources.fields.PublicIdField(unique=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('newspaper', 'newspaper'), ('broadcaster', 'broadcaster'), ('agency', 'news agency'), ('website', 'website'), ('institution', 'institution'), ('fact_checker', 'fact-checker')], default='newspaper', max_length=20, verbose_name='kind')),
                ('site', models.CharField(blank=True, help_text='e.g. lemonde.fr', max_length=200, verbose_name='site')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.publisher')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['id', 'pgh_id'], name='publisher_versions')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('listing', models.CharField(max_length=100, verbose_name='list')),
                ('query', models.CharField(max_length=2000, verbose_name='filters')),
                ('shared', models.BooleanField(default=False, verbose_name='shared with the team')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'indexes': [models.Index(condition=models.Q(('shared', True)), fields=['listing'], name='saved_filter_shared')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'listing', 'name'), name='saved_filter_once'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('query', ''), _negated=True)), name='saved_filter_is_named')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=300, verbose_name='address')),
                ('next_at', models.DateTimeField(blank=True, null=True, verbose_name='may be asked again at')),
                ('robots', models.TextField(blank=True, null=True, verbose_name='robots.txt')),
                ('robots_at', models.DateTimeField(blank=True, null=True, verbose_name='robots.txt read at')),
            ],
            options={
                'verbose_name': 'site',
                'verbose_name_plural': 'sites',
                'ordering': ['origin'],
                'constraints': [models.UniqueConstraint(models.F('origin'), name='site_origin_once')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='text')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('original', models.BinaryField(verbose_name='original bytes')),
                ('original_sha256', models.GeneratedField(db_persist=True, expression=sources.models.snapshot.HexDigest('original'), output_field=models.CharField(max_length=64), verbose_name='SHA-256 of the original bytes')),
                ('media_type', models.CharField(default='text/plain', max_length=100, verbose_name='media type')),
                ('fetched_at', models.DateTimeField(verbose_name='fetched at')),
                ('sketch', sources.fields.SketchField(base_field=models.BigIntegerField(), editable=False, size=None, verbose_name='sketch')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='sources.document', verbose_name='document')),
            ],
            options={
                'verbose_name': 'snapshot',
                'verbose_name_plural': 'snapshots',
                'ordering': ['fetched_at', 'id'],
                'indexes': [models.Index(fields=['sha256'], name='snapshot_by_sha256'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['sketch'], name='snapshot_by_sketch'), models.Index(fields=['-fetched_at', '-id'], name='snapshot_latest'), models.Index(fields=['original_sha256'], name='snapshot_by_original')],
                'constraints': [models.UniqueConstraint(fields=('document', 'sha256'), name='snapshot_text_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='snapshot_has_text'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='snapshot_sha256_is_hex')],
            },
        ),
        migrations.CreateModel(
            name='Sentence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='position')),
                ('start', models.PositiveIntegerField(verbose_name='start')),
                ('end', models.PositiveIntegerField(verbose_name='end')),
                ('text', models.TextField(verbose_name='text')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sentences', to='sources.snapshot', verbose_name='snapshot')),
            ],
            options={
                'verbose_name': 'sentence',
                'verbose_name_plural': 'sentences',
                'ordering': ['snapshot', 'position'],
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'position'), name='sentence_position_once'), models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='sentence_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Fetch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.TextField(verbose_name='address asked for')),
                ('final_url', models.TextField(blank=True, verbose_name='address that answered')),
                ('at', models.DateTimeField(verbose_name='tried at')),
                ('outcome', models.CharField(choices=[('fetched', 'fetched'), ('unchanged', 'unchanged'), ('refused', 'refused'), ('failed', 'failed')], max_length=20, verbose_name='outcome')),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='HTTP status')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('etag', models.CharField(blank=True, max_length=200, verbose_name='ETag')),
                ('last_modified', models.CharField(blank=True, max_length=100, verbose_name='Last-Modified')),
                ('media_type', models.CharField(blank=True, max_length=100, verbose_name='media type')),
                ('charset', models.CharField(blank=True, max_length=40, verbose_name='charset')),
                ('size', models.PositiveIntegerField(blank=True, null=True, verbose_name='bytes')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('snapshot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fetches', to='sources.snapshot', verbose_name='snapshot')),
            ],
            options={
                'verbose_name': 'fetch',
                'verbose_name_plural': 'fetches',
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['-at', '-id'], name='fetch_latest'), django.contrib.postgres.indexes.HashIndex(fields=['url'], name='fetch_by_url'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('url'), 'gin_trgm_ops'), name='fetch_by_part_of_url'), models.Index(fields=['outcome', '-at', '-id'], name='fetch_latest_by_outcome')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'fetched'), _negated=True), models.Q(('sha256__regex', '^[0-9a-f]{64}$'), ('size__isnull', False)), _connector='OR'), name='fetch_has_digest'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['refused', 'failed']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='fetch_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'unchanged'), _negated=True), ('snapshot__isnull', False), models.Q(('sha256', ''), _negated=True), _connector='OR'), name='fetch_unchanged_since_another')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=500, verbose_name='key')),
                ('url', models.CharField(blank=True, max_length=2000, null=True, verbose_name='address')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='title')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('seen_at', models.DateTimeField(verbose_name='first seen at')),
                ('text', models.TextField(blank=True, verbose_name='text in the feed')),
                ('outcome', models.CharField(choices=[('waiting', 'waiting'), ('taken_in', 'taken in'), ('old', 'too old'), ('paywalled', 'for subscribers'), ('empty', 'without a text'), ('refused', 'refused'), ('failed', 'failed')], default='waiting', max_length=20, verbose_name='outcome')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='sources.feed', verbose_name='first seen in')),
                ('snapshot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='sources.snapshot', verbose_name='snapshot')),
            ],
            options={
                'verbose_name': 'feed entry',
                'verbose_name_plural': 'feed entries',
                'ordering': ['-seen_at', '-published_at', '-id'],
                'indexes': [models.Index(fields=['-seen_at', '-published_at', '-id'], name='entry_latest'), models.Index(fields=['feed', '-seen_at'], name='entry_latest_of_feed'), models.Index(fields=['outcome', '-seen_at'], name='entry_latest_by_outcome')],
                'constraints': [models.UniqueConstraint(models.F('url'), name='entry_url_once'), models.UniqueConstraint(fields=('feed', 'key'), name='entry_once_in_feed'), models.CheckConstraint(condition=models.Q(('url', ''), _negated=True), name='entry_url_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'taken_in'), ('snapshot__isnull', False)), models.Q(models.Q(('outcome', 'taken_in'), _negated=True), ('snapshot__isnull', True)), _connector='OR'), name='entry_taken_in_has_snapshot'), models.CheckConstraint(condition=models.Q(('outcome__in', ['waiting', 'taken_in']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='entry_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='handed over at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to=settings.AUTH_USER_MODEL, verbose_name='handed over by')),
            ],
            options={
                'verbose_name': 'articles added',
                'verbose_name_plural': 'articles added',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['by', '-id'], name='submission_latest_of_user')],
            },
        ),
        migrations.CreateModel(
            name='SubmittedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=500, verbose_name='name')),
                ('file_name', models.CharField(blank=True, max_length=255, verbose_name='file name')),
                ('fetched', models.BooleanField(default=False, verbose_name='fetched from its address')),
                ('content', models.BinaryField(null=True, verbose_name='content')),
                ('charset', models.CharField(blank=True, max_length=40, verbose_name='charset')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='title')),
                ('publisher', models.CharField(blank=True, max_length=200, verbose_name='publisher')),
                ('published_on', sources.fields.PartialDateField(blank=True, null=True, verbose_name='published on')),
                ('url', models.CharField(blank=True, max_length=2000, verbose_name='address')),
                ('byline', models.CharField(blank=True, max_length=300, verbose_name='byline')),
                ('language', models.CharField(blank=True, max_length=10, verbose_name='language')),
                ('kind', models.CharField(blank=True, choices=[('article', 'article'), ('transcript', 'transcript'), ('speech', 'speech'), ('report', 'report'), ('post', 'post')], max_length=20, verbose_name='kind')),
                ('status', models.CharField(choices=[('waiting', 'waiting'), ('unpacked', 'unpacked'), ('taken_in', 'taken in'), ('known', 'known'), ('refused', 'refused')], default='waiting', max_length=10, verbose_name='status')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('snapshot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submitted_items', to='sources.snapshot', verbose_name='snapshot')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='sources.submission', verbose_name='submission')),
            ],
            options={
                'verbose_name': 'submitted item',
                'verbose_name_plural': 'submitted items',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'waiting'), _negated=True), models.Q(('fetched', True), models.Q(('url', ''), _negated=True)), models.Q(('content__isnull', False), ('fetched', False)), _connector='OR'), name='submitted_item_can_be_taken_in'), models.CheckConstraint(condition=models.Q(('status', 'waiting'), ('content__isnull', True), _connector='OR'), name='submitted_item_settled_has_no_bytes'), models.CheckConstraint(condition=models.Q(models.Q(('snapshot__isnull', False), ('status__in', ['taken_in', 'known'])), models.Q(models.Q(('status__in', ['taken_in', 'known']), _negated=True), ('snapshot__isnull', True)), _connector='OR'), name='submitted_item_taken_in_has_snapshot'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='submitted_item_refused_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=40)),
            ],
            options={
                'indexes': [models.Index(fields=['text'], name='word_by_start', opclasses=['varchar_pattern_ops']), django.contrib.postgres.indexes.GistIndex(fields=['text'], name='word_by_likeness', opclasses=['gist_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Polling',
            fields=[
                ('feed', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='polling', serialize=False, to='sources.feed', verbose_name='feed')),
                ('due_at', models.DateTimeField(verbose_name='next poll')),
                ('interval', models.DurationField(default=datetime.timedelta(seconds=1800), verbose_name='rhythm')),
                ('at_least', models.DurationField(default=datetime.timedelta(0), help_text='as the feed says', verbose_name='not sooner than')),
                ('polled_at', models.DateTimeField(blank=True, null=True, verbose_name='latest poll')),
                ('succeeded_at', models.DateTimeField(blank=True, null=True, verbose_name='latest success')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='failures in a row')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('read', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.fetch', verbose_name='read from')),
            ],
            options={
                'verbose_name': 'polling',
                'verbose_name_plural': 'pollings',
                'indexes': [models.Index(fields=['due_at'], name='polling_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('failures', 0), ('reason', '')), models.Q(('failures__gt', 0), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='polling_fails_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='FeedEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_recorded_at', models.DateTimeField(db_default=sources.history.RecordClock())),
                ('pgh_database_user', models.TextField(db_default=sources.history.SessionUser())),
                ('id', models.BigIntegerField()),
                ('url', models.URLField(max_length=2000, verbose_name='address')),
                ('title', models.CharField(blank=True, help_text='as the feed says, if left empty', max_length=300, verbose_name='title')),
                ('active', models.BooleanField(default=True, verbose_name='polled')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.feed')),
                ('publisher', models.ForeignKey(blank=True, db_constraint=False, help_text='of all that it announces; if left empty, as each page says', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.publisher', verbose_name='publisher')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['id', 'pgh_id'], name='feed_versions')],
            },
        ),
        searchable("sources_document", "title", "byline"),
        searchable("sources_publisher", "name", "site"),
        searchable("sources_entry", "title"),
    ]
