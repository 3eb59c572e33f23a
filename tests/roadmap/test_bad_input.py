"""What nobody types but by mistake: characters that no database keeps, and years that no plan reaches."""

from datetime import date
from typing import Any

import pytest

from apps.core.fiscal import FiscalYear
from apps.roadmap.models import Initiative, Milestone, Policy
from tests.factories import InitiativeFactory, UnitFactory, VisionFactory, user_with
from tests.roadmap.policies import a_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client: Any) -> Any:
    client.force_login(user_with("secretariat"))
    return client


@pytest.mark.parametrize(
    "address",
    [
        "visions/new/?plan_item=%00",
        "visions/new/?serves=%00",
        "visions/hold-back/?hurdle=%00",
        "visions/V-2022-0001/hurdles/?hurdle=%00",
        "visions/V-2022-0001/hurdles/%00/remove/",
        "initiatives/new/?policy=%00",
        "initiatives/new/?hurdle=H%00",
        "policies/new/?hurdle=%00",
        "policies/new/?common_hurdle=%00",
    ],
)
def test_an_address_with_a_zero_byte_is_that_of_nothing(address: str, client: Any) -> None:
    VisionFactory(number="V-2022-0001")
    assert client.get("/roadmap/initiatives/new/?q=%2500").status_code == 200
    assert client.get(f"/roadmap/{address}").status_code == 404


def test_a_ticked_number_with_a_zero_byte_is_none(client: Any) -> None:
    vision, policy = VisionFactory(), a_policy("decided")
    sent = {"hurdles": ["\x00", "H\x00"], "common_hurdles": ["\x00"], "version": "1", "kind": "policy"}
    for page in (f"{vision.get_absolute_url()}hurdles/", f"{policy.get_absolute_url()}hurdles/add/"):
        assert client.post(page, sent).status_code == 422
    sent |= {"uid": "00000000-0000-0000-0000-000000000001", "title": "押印の廃止", "goal": "押印をなくす。"}
    assert client.post("/roadmap/policies/new/", sent).status_code == 422
    assert list(Policy.objects.all()) == [policy]


def test_no_initiative_reaches_the_next_century(client: Any) -> None:
    sent = {"uid": "00000000-0000-0000-0000-000000000001", "title": "窓口の予約", "lead_unit": UnitFactory().pk}
    for name, day in (("starts_on", "2122-04-01"), ("ends_on", "令和99年3月31日"), ("ends_on", "9999-12-31")):
        page = client.post("/roadmap/initiatives/new/", sent | {name: day})
        assert (page.status_code, list(page.context["form"].errors)) == (422, [name]), day
    assert client.post("/roadmap/initiatives/new/", sent | {"ends_on": "2072-03-31"}).status_code == 302
    assert Initiative.objects.get().ends_on == date(2072, 3, 31)


def test_no_milestone_makes_a_table_of_a_hundred_years(client: Any) -> None:
    page = f"{InitiativeFactory().get_absolute_url()}milestones/add/"
    for year, status in (("R99", 422), ("9998", 422), ("1900", 422), ("R10", 302)):
        assert client.post(page, {"fiscal_year": year, "quarter": "4", "text": "公開する"}).status_code == status, year
    assert Milestone.objects.get().fiscal_year == FiscalYear(2028)
