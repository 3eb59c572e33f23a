"""The keys by which records are found know that R4 and 令和4 are one year."""

from django.db import migrations

from apps.core.respelling import respelling


class Migration(migrations.Migration):
    dependencies = [("budget", "0003_plans_links_and_stage_amounts")]
    operations = [
        respelling("budget", "GrantProgramme", "number", "name", "ministry", "kind"),
        respelling("budget", "Intent", "title", "source"),
        respelling("budget", "IntroductionPlan", "title", "simplified_first"),
        respelling("budget", "Proposal", "number", "project_code", "name", "purpose"),
    ]
