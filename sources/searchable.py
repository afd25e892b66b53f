"""What makes a table searchable, for migrations (sources/search.py says what it is for)."""

from django.db import migrations


def searchable(table: str, *columns: str) -> migrations.RunSQL:
    """Add the generated column ``search`` over these columns, its index, and learn their words."""
    text = " || ' ' || ".join(columns)
    arguments = ", ".join(f"'{column}'" for column in columns)
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ADD COLUMN search tsvector
          GENERATED ALWAYS AS (search_vector({text})) STORED;
        -- Which rows have these words? (What waits to be sorted in is read each time: little.)
        CREATE INDEX {table}_search ON {table} USING gin (search)
          WITH (gin_pending_list_limit = 256);
        INSERT INTO sources_word (text)
          SELECT DISTINCT word FROM {table}, words_of({text}) AS word
           WHERE NOT EXISTS (SELECT FROM sources_word known WHERE known.text = word);
        CREATE TRIGGER learn_words AFTER INSERT OR UPDATE OF {", ".join(columns)} ON {table}
          FOR EACH ROW EXECUTE FUNCTION learn_words({arguments});
        """,
        f"""
        DROP TRIGGER learn_words ON {table};
        ALTER TABLE {table} DROP COLUMN search;
        """,
    )
