"""A column that somebody chooses costs no query for each row, on the screen and in the file."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.roadmap import tables
from apps.roadmap.models import Implementation
from tests.factories import IndicatorFactory, InitiativeFactory, PlanItemFactory, UnitFactory, VisionFactory, user_with
from tests.roadmap.policies import a_level, a_policy

pytestmark = pytest.mark.django_db

LISTS = {
    "visions": tables.VisionTable,
    "policies": tables.PolicyTable,
    "initiatives": tables.InitiativeTable,
    "implementations": tables.ImplementationTable,
    "indicators": tables.IndicatorTable,
}


def a_row() -> None:
    """One more of each, linked to others of its own."""
    far = VisionFactory(plan_item=PlanItemFactory())
    near = VisionFactory(horizon="three_years", serves=far, plan_item=PlanItemFactory())
    policy = a_policy("decided", legal_level=a_level("team"))
    initiative = InitiativeFactory(
        vision=near, policy=policy, plan_item=PlanItemFactory(), lead_unit=UnitFactory(), by_team=True
    )
    Implementation.objects.create(initiative=initiative, title="様式の電子化", implemented_on=FiscalYear(2022).start)
    IndicatorFactory(vision=far)
    IndicatorFactory(vision=None, initiative=initiative)


@pytest.mark.parametrize("name", LISTS)
def test_every_column_at_once(name: str, client: Any) -> None:
    client.force_login(user_with("viewer"))
    columns = ",".join(column.key for column in LISTS[name].columns)
    counts: dict[str, list[int]] = {"": [], "xlsx": []}
    for more in (3, 12):
        for _row in range(more):
            a_row()
        for kind, found in counts.items():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/roadmap/{name}/", {"columns": columns, "format": kind}).status_code == 200
            found.append(len(queries))
    assert [found[0] for found in counts.values()] == [found[1] for found in counts.values()]
