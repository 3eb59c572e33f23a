"""Two texts become rows with a source of their own, and what is new about old hurdles is filled in."""

from typing import Any

import pghistory
from django.db import migrations
from django.db.models import F, Q

MACHINE = "upgrade"


def fill_in(apps: Any, _schema_editor: Any) -> None:
    hurdles = apps.get_model("hurdles", "Hurdle").objects
    examples = apps.get_model("hurdles", "CityExample").objects
    evidence = apps.get_model("hurdles", "CitizenEvidence").objects
    with pghistory.context(machine=MACHINE):
        for pk, text in hurdles.exclude(other_cities="").values_list("pk", "other_cities"):
            examples.create(hurdle_id=pk, text=text)
        for pk, text in hurdles.exclude(citizens_evidence="").values_list("pk", "citizens_evidence"):
            evidence.create(hurdle_id=pk, kind="other", text=text)
        hurdles.filter(target_date__isnull=False).update(first_target_date=F("target_date"))
        # The trigger computes the day.
        hurdles.filter(Q(reported_on__isnull=False)).update(opened_on=None)


class Migration(migrations.Migration):
    dependencies = [("hurdles", "0004_course_of_a_hurdle")]
    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
