"""The comprehensive plan and where the roadmap has gaps: every figure opens the list that it counts."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.registry import figures, standpoint_today
from apps.roadmap.models import PolicyCommonHurdle, PolicyHurdle
from tests.factories import (
    CommonHurdleFactory,
    HurdleFactory,
    IndicatorFactory,
    InitiativeFactory,
    PlanItemFactory,
    PolicyFactory,
    VisionFactory,
    user_with,
)
from tests.pages import text_of

GAPS = (
    "plan_items_without_initiative",
    "visions_without_initiative",
    "initiatives_without_indicator",
    "initiatives_without_policy",
    "policies_without_hurdle",
    "indicators_not_measured",
)


def counts(user: Any) -> list[int]:
    here = standpoint_today(user)
    return [figures[f"roadmap.{name}"].count(here) for name in GAPS]


def in_lists(user: Any, client: Any) -> list[int]:
    here = standpoint_today(user)
    return [client.get(figures[f"roadmap.{name}"].link(here)).context["total"] for name in GAPS]


@pytest.mark.django_db
class TestGaps:
    def test_each_kind_and_what_fills_it(self, client_for: Any) -> None:
        user = user_with("secretariat")
        client = client_for(user)
        item, vision = PlanItemFactory(), VisionFactory()
        initiative, policy = InitiativeFactory(), PolicyFactory()
        assert counts(user) == in_lists(user, client) == [1, 1, 1, 1, 1, 0]
        InitiativeFactory(vision=vision, plan_item=item, status="cancelled")
        PolicyFactory(status="withdrawn")
        assert counts(user) == in_lists(user, client) == [1, 1, 1, 1, 1, 0], "cancelled ones fill no gap and are none"
        far = VisionFactory(plan_item=item)
        vision.serves, vision.horizon, vision.plan_item = far, "three_years", item
        vision.save()
        initiative.vision, initiative.policy = vision, policy
        initiative.save()
        IndicatorFactory(initiative=initiative)
        PolicyCommonHurdle.objects.create(policy=policy, common_hurdle=CommonHurdleFactory())
        assert counts(user) == in_lists(user, client) == [0, 0, 0, 0, 0, 0]
        page = text_of(client.get("/roadmap/coverage/"))
        assert "empty__title" in page
        assert "抜けはありません。" in page

    def test_a_policy_is_a_gap_where_one_sees_no_hurdle_of_it(self, client_for: Any) -> None:
        policy, officer, secretary = PolicyFactory(), user_with("viewer"), user_with("secretariat")
        PolicyHurdle.objects.create(policy=policy, hurdle=HurdleFactory())
        assert (counts(officer)[4], counts(secretary)[4]) == (1, 0)
        assert in_lists(officer, client_for(officer))[4] == 1

    def test_it_says_who_can_mend_it_and_names_ten(self, client_for: Any) -> None:
        for n in range(12):
            PlanItemFactory(code=f"1-1-{n:02d}")
        page = text_of(client_for(user_with("viewer")).get("/roadmap/coverage/"))
        section = page.split('id="gap-1"')[1].split("</section>")[0]
        assert "取組は、推進チームと事務局がロードマップに載せます。" in section
        assert section.count("<li>") == 11
        assert "ほか2件" in section

    def test_only_administrators_are_led_to_the_admin(self, client_for: Any) -> None:
        PlanItemFactory()
        administrator, officer = client_for(user_with("administrator")), client_for(user_with("viewer"))
        assert "/admin/roadmap/comprehensiveplanitem/" in text_of(administrator.get("/roadmap/plan/"))
        page = text_of(officer.get("/roadmap/plan/"))
        assert "/admin/" not in page
        assert "システム管理者が管理画面で行います" in page

    def test_without_a_role_nothing_opens(self, client_for: Any) -> None:
        client = client_for(user_with())
        for page in ("plan", "coverage", "indicators"):
            assert client.get(f"/roadmap/{page}/").status_code == 403

    def test_what_a_list_does_not_know_is_refused(self, client_for: Any) -> None:
        client = client_for(user_with("viewer"))
        for path in ("plan/?x=1", "plan/?initiatives=yes", "visions/?initiatives=yes", "initiatives/?without=x"):
            assert client.get(f"/roadmap/{path}").status_code == 400, path

    def test_pages_ask_as_often_for_many_rows_as_for_few(self, client_for: Any) -> None:
        client = client_for(user_with("viewer"))

        def asked() -> list[int]:
            found = []
            for url in ("/roadmap/plan/", "/roadmap/plan/?format=csv", "/roadmap/coverage/"):
                client.get(url)
                with CaptureQueriesContext(connection) as queries:
                    response = client.get(url)
                    assert response.status_code == 200
                    if response.streaming:
                        b"".join(response)
                found.append(len(queries))
            return found

        def more(count: int) -> None:
            for _n in range(count):
                item = PlanItemFactory()
                InitiativeFactory(plan_item=item, vision=VisionFactory(plan_item=item))
                for factory in (VisionFactory, PolicyFactory, PlanItemFactory, InitiativeFactory):
                    factory()

        more(3)
        few = asked()
        more(30)
        assert asked() == few
