from django.db import migrations

from sources.searchable import weighted

# Each reading of a word once: of three times the same, the planner expects three times the rows, and
# reads a large table from end to end rather than its index. What a beginning finds as well is none.
EITHER = r"""
CREATE FUNCTION search_either(readings tsquery[]) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  WITH reading AS (
    SELECT DISTINCT part::tsquery AS one, rtrim(part, ':*''') AS stem, part LIKE '%:*' AS unfinished
      FROM unnest(readings) AS each, regexp_split_to_table(each::text, ' \| ') AS part
     WHERE numnode(each) > 0
  )
  SELECT coalesce(string_agg('(' || one::text || ')', ' | ' ORDER BY one::text), '')::tsquery
    FROM reading
   WHERE numnode(one) > 1 OR NOT EXISTS (
     SELECT FROM reading other
      WHERE other.unfinished AND numnode(other.one) = 1
        AND NOT (reading.unfinished AND reading.stem = other.stem)
        AND starts_with(reading.stem, other.stem));
END;

CREATE OR REPLACE FUNCTION search_query(term text, unfinished boolean) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN search_either(ARRAY[
  search_stems('constat_french'::regconfig, term, unfinished),
  search_stems('constat_plain'::regconfig, term, unfinished),
  search_stems('constat_english'::regconfig, term, unfinished)]);
"""
NOT_EITHER = """
CREATE OR REPLACE FUNCTION search_query(term text, unfinished boolean) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN search_stems('constat_french'::regconfig, term, unfinished)
  || search_stems('constat_plain'::regconfig, term, unfinished)
  || search_stems('constat_english'::regconfig, term, unfinished);
DROP FUNCTION search_either(tsquery[]);
"""


class Migration(migrations.Migration):
    """Of a document, a word of its title counts for more than one of its byline."""

    dependencies = [("sources", "0003_document_in_language")]
    operations = [
        migrations.RunSQL(EITHER, NOT_EITHER),
        weighted("sources_document", A="title", B="byline"),
    ]
