"""What makes a table searchable, for migrations (sources/search says what it is for)."""

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


def weighted(table: str, **texts: str) -> migrations.RunSQL:
    """Give the words of the column ``search`` weights: ``A="title", B="coalesce(byline, '')"``, the
    dearest first. The table is written anew: some minutes where it has a million rows."""
    unweighted = " || ' ' || ".join(texts.values())
    parts = [f"setweight(search_vector({text}), '{weight}')" for weight, text in texts.items()]
    return migrations.RunSQL(
        _made_of(table, " || ".join(parts)),
        _made_of(table, f"search_vector({unweighted})"),
    )


def _made_of(table: str, vector: str) -> str:
    return f"""
        ALTER TABLE {table} DROP COLUMN search;
        ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS ({vector}) STORED;
        -- Which rows have these words? (What waits to be sorted in is read each time: little.)
        CREATE INDEX {table}_search ON {table} USING gin (search)
          WITH (gin_pending_list_limit = 256);
        -- Which of ten thousand words are how common (claims/retrieval asks, too): else the planner
        -- reads a large table from end to end for a rare one, which it takes for one of some
        -- hundreds of thousands.
        ALTER TABLE {table} ALTER search SET STATISTICS 1000;
        ANALYZE {table} (search);
        """
