"""The keys by which records are found know that R4 and 令和4 are one year."""

from django.db import migrations

from apps.core.respelling import respelling


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial")]
    operations = [
        respelling("petitions", "Petition", "number", "title", "current_state", "trouble_cases", "requested_measure", "effects", "legal_basis", "ministries"),
    ]
