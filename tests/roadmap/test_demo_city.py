"""The roadmap of the demo city on 14 October 2022."""

from datetime import date
from typing import Any

import pytest

from apps.core.registry import figures, standpoint_today
from apps.roadmap.models import Initiative, Policy, Vision
from apps.roadmap.selectors import conflicts, way_to_visions
from tests.city.demo_city import person
from tests.pages import text_of

pytestmark = pytest.mark.usefixtures("demo_city")

AREAS = {
    "行政内部": ["R-01", "R-06", "R-09"],
    "市民サービス": ["R-02", "R-03", "R-04"],
    "暮らし": ["R-05", "R-11"],
    "人材": ["R-07"],
    "働き方": ["R-08"],
    "基盤": ["R-10"],
    "財務": ["R-12"],
}


def key_of(record: Any) -> str:
    """The record's key in the files of the demo city."""
    return str(record.source_key).rpartition(":")[2].strip()


def test_the_figures() -> None:
    here = standpoint_today(person("u006"))
    found = {
        name: figures[f"roadmap.{name}"].count(here)
        for name in ("visions", "policies", "policies_decided", "initiatives", "initiatives_late", "conflicts")
    }
    assert found == {
        "visions": 24,
        "policies": 6,
        "policies_decided": 5,
        "initiatives": 12,
        "initiatives_late": 0,
        "conflicts": 1,
    }
    officer = standpoint_today(person("u016"))
    assert figures["roadmap.policies"].count(officer) == 5, "PL-04 is still under consideration"
    rows = figures["roadmap.initiatives_by_status"].count(here)
    assert {row["url"].rpartition("=")[2]: row["value"] for row in rows} == {
        "concept": 1,
        "planned": 5,
        "started": 3,
        "underway": 3,
    }


def test_only_the_electronic_contracts_start_too_early() -> None:
    (link,) = conflicts()
    assert (link.initiative.title, link.needs.title) == ("請求・契約の電子化", "例規と文書の電子前提への転換")
    assert (link.initiative.starts_on, link.needs.ends_on) == (date(2023, 1, 1), date(2023, 6, 30))
    assert link.needs.needed_by.count() == 2, "R-05 starts the day after R-09 has ended"


def test_the_way_to_the_visions_area_by_area(client_for: Any) -> None:
    areas = dict(way_to_visions(person("u006")))
    assert {area: [key_of(step.initiative) for step in steps] for area, steps in areas.items()} == AREAS
    for steps in areas.values():
        assert all(step.ten and step.three and step.three.serves == step.ten for step in steps)
        assert all(int(step.ten.target_year) == 2032 and int(step.three.target_year) == 2025 for step in steps)
    page = text_of(client_for(person("u006")).get("/roadmap/way/"))
    assert all(initiative.title in page for initiative in Initiative.objects.all())
    assert all(vision.statement in page for vision in Vision.objects.all())


def test_an_initiative_of_the_file(client_for: Any) -> None:
    initiative = Initiative.objects.get(title="請求・契約の電子化")
    response = client_for(person("u006")).get(initiative.get_absolute_url())
    assert [hurdle.source_key for hurdle in response.context["hurdles"]] == ["H-001", "H-003", "H-004"]
    lines = response.context["indicators"].lines
    assert [int(year) for year in response.context["indicators"].years] == [2023, 2024, 2025]
    assert [[int(value or 0) for value in line.targets] for line in lines] == [[20, 55, 80], [10, 40, 60]]
    assert all(value is None for line in lines for value in line.actuals)
    page = text_of(response)
    for words in (
        "財務規則・契約規則の改正",
        "6-2-1 事業者とのやり取りの電子化",
        "請求書の押印を原則廃止する",
        "令和6年6月30日",
    ):
        assert words in page


def test_a_guideline_with_its_units(client_for: Any) -> None:
    policy = Policy.objects.get(title="スマート窓口の指針")
    record = client_for(person("u016")).get(policy.get_absolute_url()).context["record"]
    assert (record.adopted, record.bound) == (2, 7)


def test_both_texts_of_the_first_policy(client_for: Any) -> None:
    policy = Policy.objects.get(title="請求書の押印を原則廃止する")
    page = text_of(client_for(person("u016")).get(policy.get_absolute_url()))
    first, second = "請求書と契約書の押印を、令和5年4月から廃止する。", "契約書は電子契約の開始に合わせて見直す。"
    assert page.index(second) < page.index(first)


def test_each_list_opens_for_everybody(client_for: Any) -> None:
    for number in ("u001", "u006", "u009", "u014", "u016", "u024", "admin"):
        client = client_for(person(number))
        assert client.get("/roadmap/visions/").context["total"] == 24
        assert client.get("/roadmap/initiatives/").context["total"] == 12
        assert client.get("/roadmap/policies/").context["total"] in {5, 6}
    assert client_for(person("u006")).get("/roadmap/visions/?hurdle_free=yes").context["total"] == 0


def test_a_hurdle_shows_the_way_to_its_end(client_for: Any) -> None:
    page = text_of(client_for(person("u006")).get("/hurdles/H-2022-0001/"))
    panel = page.split('id="roadmap-end"')[1].split("</section>")[0]
    for words in ("請求書の押印を原則廃止する", "請求・契約の電子化"):
        assert words in panel


def test_the_gaps_of_the_demo_city(client_for: Any) -> None:
    client = client_for(person("u006"))
    here = standpoint_today(person("u006"))
    gaps = [
        figures[f"roadmap.{name}"]
        for name in (
            "plan_items_without_initiative",
            "visions_without_initiative",
            "initiatives_without_indicator",
            "initiatives_without_policy",
            "policies_without_hurdle",
            "indicators_not_measured",
        )
    ]
    assert [gap.count(here) for gap in gaps] == [1, 0, 0, 5, 0, 0]
    assert [client.get(gap.link(here)).context["total"] for gap in gaps] == [1, 0, 0, 5, 0, 0]
    page = text_of(client.get("/roadmap/coverage/"))
    section = page.split("取組のない施策</h2>")[1].split("</section>")[0]
    assert "2-1-1" in section
    assert "地域で見守る福祉の体制" in section
    rows = client.get("/roadmap/plan/?initiatives=no&format=json").json()
    assert [(row["code"], row["visions"], row["initiatives"], row["gap"]) for row in rows] == [
        ("2-1-1", "", "", "将来像なし、取組なし")
    ]
    row = client.get("/roadmap/plan/?q=6-2-1&format=json").json()[0]
    assert "V-2022-0001 10年後 請求・契約の電子化" in row["visions"]
    assert row["initiatives"] == "I-2022-0001 請求・契約の電子化"
    assert client.get("/roadmap/plan/?format=xlsx").status_code == 200
