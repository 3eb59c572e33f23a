"""The keys by which records are found know that R4 and 令和4 are one year."""

from django.db import migrations

from apps.core.respelling import respelling


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]
    operations = [
        respelling("training", "Course", "name", "objective"),
        respelling("training", "TrainingPlan", "number", "name"),
    ]
