import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

from sources.searchable import searchable

CONFIGURATIONS = """
CREATE TEXT SEARCH DICTIONARY constat_stop
  (TEMPLATE = simple, STOPWORDS = french, ACCEPT = false);
CREATE TEXT SEARCH CONFIGURATION constat_french (COPY = pg_catalog.french);
CREATE TEXT SEARCH CONFIGURATION constat_plain (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION constat_plain
  ALTER MAPPING FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart
  WITH constat_stop, unaccent, french_stem;
CREATE TEXT SEARCH CONFIGURATION constat_english (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION constat_english
  ALTER MAPPING FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart
  WITH constat_stop, unaccent, english_stem;
"""
NO_CONFIGURATIONS = """
DROP TEXT SEARCH CONFIGURATION constat_english;
DROP TEXT SEARCH CONFIGURATION constat_plain;
DROP TEXT SEARCH CONFIGURATION constat_french;
DROP TEXT SEARCH DICTIONARY constat_stop;
"""

# Bodies that are parsed now: a dump knows then what they stand on. Where the database has the
# locale C, its parser takes all but ASCII for letters: guillemets, dashes, apostrophes, thin spaces.
FUNCTIONS = r"""
CREATE FUNCTION search_text(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
  words,
  '[\u0080-\u00bf\u00d7\u00f7\u02bc\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff\u3000-\u303f\ufe00-\ufe0f\ufeff\U0001f000-\U0001faff]',
  ' ', 'g');

CREATE FUNCTION search_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_tsvector('constat_french'::regconfig, search_text(words))
  || to_tsvector('constat_plain'::regconfig, search_text(words))
  || to_tsvector('constat_english'::regconfig, search_text(words));

CREATE FUNCTION search_stems(configuration regconfig, term text, unfinished boolean)
RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
  WHEN numnode(phraseto_tsquery(configuration, term)) = 0 THEN ''::tsquery
  WHEN unfinished THEN (phraseto_tsquery(configuration, term)::text || ':*')::tsquery
  ELSE phraseto_tsquery(configuration, term)
END;

CREATE FUNCTION search_query(term text, unfinished boolean) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN search_stems('constat_french'::regconfig, term, unfinished)
  || search_stems('constat_plain'::regconfig, term, unfinished)
  || search_stems('constat_english'::regconfig, term, unfinished);

CREATE FUNCTION words_of(words text) RETURNS SETOF text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT DISTINCT written.word
    FROM ts_parse('default', search_text(words)) parsed,
         LATERAL (VALUES (lower(parsed.token)), (unaccent(lower(parsed.token)))) written(word)
   -- Words, and parts of words with a hyphen.
   WHERE parsed.tokid IN (1, 2, 10, 11) AND length(written.word) BETWEEN 4 AND 40;
END;

-- New ones only; of two that write at once, each writes its own, and none waits.
CREATE FUNCTION learn_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sources_word (text)
  SELECT word
    FROM words_of((
      SELECT string_agg(value, ' ') FROM jsonb_each_text(to_jsonb(NEW)) WHERE key = ANY(TG_ARGV)
    )) AS word
   WHERE NOT EXISTS (SELECT FROM sources_word known WHERE known.text = word);
  RETURN NULL;
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION learn_words();
DROP FUNCTION words_of(text);
DROP FUNCTION search_query(text, boolean);
DROP FUNCTION search_stems(regconfig, text, boolean);
DROP FUNCTION search_vector(text);
DROP FUNCTION search_text(text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0008_original_sha256'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
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
        migrations.RunSQL(CONFIGURATIONS, NO_CONFIGURATIONS),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        searchable('sources_document', 'title', 'byline'),
        searchable('sources_publisher', 'name', 'site'),
        searchable('sources_entry', 'title'),
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
        # Indexes
        migrations.RemoveIndex(
            model_name='document',
            name='document_published_on',
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(models.OrderBy(models.F('published_on'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='document_published_on'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['publisher', '-added_at', '-id'], name='document_of_publisher'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['kind', '-added_at', '-id'], name='document_of_kind'),
        ),
        migrations.AddIndex(
            model_name='fetch',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('url'), 'gin_trgm_ops'), name='fetch_by_part_of_url'),
        ),
        migrations.AddIndex(
            model_name='fetch',
            index=models.Index(fields=['outcome', '-at', '-id'], name='fetch_latest_by_outcome'),
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(fields=['-fetched_at', '-id'], name='snapshot_latest'),
        ),
    ]
