"""The keys by which records are found know that R4 and 令和4 are one year."""

from django.db import migrations

from apps.core.respelling import respelling


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]
    operations = [
        respelling("decisions", "Directive", "number", "text", "answer"),
        respelling("decisions", "Meeting", "number", "name", "place"),
        respelling("decisions", "Decision", "text", "approval_number", "item__title"),
    ]
