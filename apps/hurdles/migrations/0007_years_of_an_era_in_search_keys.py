"""The keys by which records are found know that R4 and 令和4 are one year."""

from django.db import migrations

from apps.core.respelling import respelling


class Migration(migrations.Migration):
    dependencies = [("hurdles", "0006_without_the_two_texts")]
    operations = [
        respelling("hurdles", "Hurdle", "number", "title", "obstacle", "current_practice", "desired_state", "countermeasure"),
        respelling("hurdles", "CommonHurdle", "number", "title", "direction", "goal", "countermeasures"),
        respelling("hurdles", "SolvedCase", "hurdle__title", "what", "effect"),
    ]
