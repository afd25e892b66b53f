import django.contrib.postgres.indexes
from django.db import migrations

import sources.fields
from sources.shingles import sketch


def draw(apps, schema_editor):
    Snapshot = apps.get_model("sources", "Snapshot")
    for pk, text in Snapshot.objects.values_list("pk", "text").iterator(chunk_size=100):
        Snapshot.objects.filter(pk=pk).update(sketch=sketch(text))


class Migration(migrations.Migration):
    dependencies = [("sources", "0005_feeds")]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="sketch",
            field=sources.fields.SketchField(default=list, verbose_name="sketch"),
            preserve_default=False,
        ),
        migrations.RunPython(draw, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="snapshot",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["sketch"], name="snapshot_by_sketch", fastupdate=False
            ),
        ),
    ]
