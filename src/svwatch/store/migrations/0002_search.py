"""Full-text search over titles and texts; no column here is ever NULL.

The index holds no text of its own: it reads store_articlerow. Triggers keep the two in step, and SQLite drops them with
a table: a later migration that rebuilds store_articlerow (any AlterField does) must make them again.
"""

import django.db.models.deletion
from django.db import migrations, models

FORGET = "INSERT INTO store_search (store_search, rowid, title, text) VALUES ('delete', old.id, old.title, old.text)"
LEARN = "INSERT INTO store_search (rowid, title, text) VALUES (new.id, new.title, new.text)"

TABLE = """
CREATE VIRTUAL TABLE store_search
USING fts5 (title, text, content='store_articlerow', content_rowid='id', tokenize='unicode61 remove_diacritics 2')
"""
CHANGED = f"""
CREATE TRIGGER store_search_changed AFTER UPDATE OF title, text ON store_articlerow
WHEN old.title <> new.title OR old.text <> new.text BEGIN {FORGET}; {LEARN}; END
"""
MAKE: tuple[str, ...] = (
    TABLE,
    "INSERT INTO store_search (store_search, rank) VALUES ('rank', 'bm25(4.0, 1.0)')",
    f"CREATE TRIGGER store_search_new AFTER INSERT ON store_articlerow BEGIN {LEARN}; END",
    f"CREATE TRIGGER store_search_gone AFTER DELETE ON store_articlerow BEGIN {FORGET}; END",
    CHANGED,
)
UNMAKE: tuple[str, ...] = (
    "DROP TRIGGER store_search_changed",
    "DROP TRIGGER store_search_gone",
    "DROP TRIGGER store_search_new",
    "DROP TABLE store_search",
)


class Migration(migrations.Migration):
    """The index, its triggers, and the model that queries name it by."""

    dependencies = [("store", "0001_initial")]

    operations = [
        migrations.RunSQL(MAKE, UNMAKE),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="found",
                        serialize=False,
                        to="store.articlerow",
                    ),
                ),
                ("words", models.TextField(db_column="store_search")),
                ("rank", models.FloatField()),
            ],
            options={"db_table": "store_search", "managed": False},
        ),
    ]
