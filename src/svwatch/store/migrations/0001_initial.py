"""The first tables.

NULL means: for a time, that it has not happened; for what a feed or page gives, that it does not say; for a reason,
note or problem, that there is none. `articlerow.copy_of` NULL is an original, `entryrow.article` NULL an entry of which
nothing is stored, `entryrow.content_html` NULL also one that has been read. `eventrow.date` NULL is an undated event.
"""

import django.db.models.deletion
from django.db import migrations, models

from svwatch.store.fields import CleanText


class Migration(migrations.Migration):
    """Sources, entries, articles with their versions and annotations, runs."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ArticleRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", CleanText(unique=True)),
                ("url_key", CleanText(db_index=True)),
                ("source_id", CleanText()),
                ("url", CleanText()),
                ("title", CleanText()),
                ("text", CleanText()),
                ("author", CleanText(null=True)),
                ("language", CleanText(null=True)),
                ("note", CleanText(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField(null=True)),
                ("dated_at", models.DateTimeField(db_index=True)),
                ("is_summary", models.BooleanField()),
                ("digest", CleanText()),
                ("first_seen_at", models.DateTimeField(db_index=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("version_at", models.DateTimeField()),
                (
                    "copy_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="store.articlerow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RunRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("outcomes", models.JSONField(default=dict)),
                ("sources", models.JSONField(default=dict)),
                ("failures", models.JSONField(default=list)),
                ("model_problem", CleanText(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SourceRow",
            fields=[
                ("id", CleanText(primary_key=True, serialize=False)),
                ("state", CleanText(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                ("etag", CleanText(null=True)),
                ("last_modified", CleanText(null=True)),
                ("body_sha256", CleanText(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("failure", CleanText(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("failures_in_a_row", models.PositiveIntegerField(default=0)),
                ("last_article_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="BandRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("band", CleanText(db_index=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bands", to="store.articlerow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CouncilRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", CleanText(db_index=True)),
                ("role", CleanText()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="councils", to="store.articlerow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EntryRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_id", CleanText()),
                ("key", CleanText()),
                ("url", CleanText()),
                ("guid", CleanText(null=True)),
                ("author", CleanText(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField(null=True)),
                ("title", CleanText()),
                ("summary", CleanText()),
                ("content_html", CleanText(null=True)),
                ("tags", models.JSONField()),
                ("digest", CleanText()),
                ("state", CleanText()),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("reason", CleanText(null=True)),
                ("first_seen_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="store.articlerow"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AliasRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_id", CleanText()),
                ("alias", CleanText()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="store.entryrow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", CleanText(db_index=True)),
                ("date", CleanText(null=True)),
                ("councils", models.JSONField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="store.articlerow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LockRow",
            fields=[
                ("name", CleanText(primary_key=True, serialize=False)),
                ("host", CleanText()),
                ("pid", models.PositiveIntegerField()),
                ("process", CleanText()),
                ("taken_at", models.DateTimeField()),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="store.runrow")),
            ],
        ),
        migrations.CreateModel(
            name="TopicRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", CleanText(db_index=True)),
                ("score", models.FloatField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="store.articlerow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VersionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", CleanText()),
                ("text", CleanText()),
                ("seen_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="earlier", to="store.articlerow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnnotationRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("relevant", models.BooleanField()),
                ("payload", models.JSONField()),
                ("tagger_version", CleanText()),
                ("model", CleanText()),
                ("made_at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="annotations", to="store.articlerow"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("article",), name="one_current_annotation"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="entryrow",
            index=models.Index(fields=["source_id", "state"], name="entry_by_state"),
        ),
        migrations.AddConstraint(
            model_name="entryrow",
            constraint=models.UniqueConstraint(fields=("source_id", "key"), name="one_entry_a_key"),
        ),
        migrations.AddConstraint(
            model_name="aliasrow",
            constraint=models.UniqueConstraint(fields=("source_id", "alias", "entry"), name="one_alias_an_entry"),
        ),
        migrations.AddConstraint(
            model_name="versionrow",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="one_version_a_number"),
        ),
    ]
