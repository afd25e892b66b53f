"""What the tables stand on: the type of partial dates, the clocks of the record, the search."""

from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# The type of every partial date. Its constraint: a partial date is one day, one calendar month or
# one calendar year.
PARTIAL_DATE = """
CREATE DOMAIN partial_date AS daterange
CONSTRAINT partial_date_is_a_day_a_month_or_a_year CHECK (
    VALUE IS NULL
    -- Of an empty or unbounded range a bound is null, and so is every comparison with it.
    OR coalesce(
        upper(VALUE) = lower(VALUE) + 1
        OR (extract(day FROM lower(VALUE)) = 1
            AND upper(VALUE) = lower(VALUE) + interval '1 month')
        OR (extract(doy FROM lower(VALUE)) = 1
            AND upper(VALUE) = lower(VALUE) + interval '1 year'),
        false
    )
)
-- "infinity" is no day.
CONSTRAINT partial_date_is_finite CHECK (
    VALUE IS NULL OR (isfinite(lower(VALUE)) AND isfinite(upper(VALUE)))
)
"""

# Three clocks, in the database so that triggers and views use them too.
# record_clock(): when a change is recorded: now, unless it is loaded as recorded earlier.
# record_as_of(): the past time that is read, null when the present is. local_date(), record_today():
# days are those of the newsroom.
CLOCKS = f"""
CREATE FUNCTION record_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT least(
    coalesce(nullif(current_setting('constat.clock', true), '')::timestamptz, clock_timestamp()),
    clock_timestamp())
$$;
CREATE FUNCTION record_as_of() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('constat.as_of', true), '')::timestamptz
$$;
CREATE FUNCTION local_date(moment timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (moment AT TIME ZONE '{settings.TIME_ZONE}')::date
$$;
CREATE FUNCTION record_today() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT local_date(coalesce(
    record_as_of(), nullif(current_setting('constat.clock', true), '')::timestamptz, now()))
$$;
"""
NO_CLOCKS = """
DROP FUNCTION record_today();
DROP FUNCTION local_date(timestamptz);
DROP FUNCTION record_as_of();
DROP FUNCTION record_clock();
"""

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
    initial = True
    replaces = [
        ("sources", "0001_initial"),
        ("sources", "0002_history"),
        ("sources", "0003_fetches"),
        ("sources", "0004_byline"),
        ("sources", "0005_feeds"),
        ("sources", "0006_sketch"),
        ("sources", "0007_doubles_in_words"),
        ("sources", "0008_original_sha256"),
        ("sources", "0009_finding"),
    ]
    dependencies = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(PARTIAL_DATE, "DROP DOMAIN partial_date"),
        migrations.RunSQL(CLOCKS, NO_CLOCKS),
        migrations.RunSQL(CONFIGURATIONS, NO_CONFIGURATIONS),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
    ]
