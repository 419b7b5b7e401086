"""How asking each feed has gone, who wants to be left alone, which articles were no news, and the schedule's digests.

Every column added to store_articlerow may be NULL: anything else would rebuild that table, and drop its triggers.
"""

from django.db import migrations, models

import svwatch.store.fields


class Migration(migrations.Migration):
    """Tables and columns of the schedule and of the health of sources."""

    dependencies = [
        ("store", "0002_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="DigestRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PollRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_id", svwatch.store.fields.CleanText()),
                ("at", models.DateTimeField()),
                ("state", svwatch.store.fields.CleanText()),
                ("reason", svwatch.store.fields.CleanText(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RestRow",
            fields=[
                ("server", svwatch.store.fields.CleanText(primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="articlerow",
            name="is_old",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="articlerow",
            name="published_note",
            field=svwatch.store.fields.CleanText(null=True),
        ),
        migrations.AddField(
            model_name="entryrow",
            name="look_again_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="entryrow",
            name="looks",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="entryrow",
            name="published_note",
            field=svwatch.store.fields.CleanText(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="empty_in_a_row",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="gap_seconds",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="gone_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="moved_times",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="moved_to",
            field=svwatch.store.fields.CleanText(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="newest_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="next_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="plain_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="remark",
            field=svwatch.store.fields.CleanText(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="source_url",
            field=svwatch.store.fields.CleanText(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="stopped",
            field=svwatch.store.fields.CleanText(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="url",
            field=svwatch.store.fields.CleanText(null=True),
        ),
        migrations.AddField(
            model_name="sourcerow",
            name="wait_seconds",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="entryrow",
            index=models.Index(fields=["source_id", "published_at"], name="entry_by_date"),
        ),
        migrations.AddIndex(
            model_name="entryrow",
            index=models.Index(
                condition=models.Q(("look_again_at__isnull", False)),
                fields=["source_id", "look_again_at"],
                name="entry_by_look",
            ),
        ),
        migrations.AddIndex(
            model_name="pollrow",
            index=models.Index(fields=["source_id", "at"], name="poll_by_source"),
        ),
    ]
