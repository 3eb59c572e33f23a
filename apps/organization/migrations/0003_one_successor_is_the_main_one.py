"""A unit with one successor has a main successor: this one."""

from typing import Any

import pghistory
from django.db import migrations


def fill_in(apps: Any, _schema_editor: Any) -> None:
    with pghistory.context(machine="upgrade"):
        for unit in apps.get_model("organization", "Unit").objects.filter(successors__isnull=False).distinct():
            successors = list(unit.successors.all()[:2])
            if len(successors) == 1:
                unit.main_successor = successors[0]
                unit.save(update_fields=["main_successor"])


class Migration(migrations.Migration):
    dependencies = [("organization", "0002_main_successor")]
    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
