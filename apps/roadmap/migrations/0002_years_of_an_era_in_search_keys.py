"""The keys by which records are found know that R4 and 令和4 are one year."""

from django.db import migrations

from apps.core.respelling import respelling


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0001_initial")]
    operations = [
        respelling("roadmap", "Vision", "number", "title", "area", "statement"),
        respelling("roadmap", "Policy", "number", "title", "goal", "standard"),
        respelling("roadmap", "Initiative", "number", "title", "area", "current_state"),
    ]
