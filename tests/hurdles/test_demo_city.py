"""The registry of the demo city: its figures, and who sees which hurdles. All counts are counted by hand in demo/."""

import pytest
from django.test import Client

from apps.core.registry import figures, standpoint_today
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import similar_hurdles, visible_to
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")

# Of seven hurdles the reporting unit is not the owner. 契約検査課 has answered to H-011, 財政課 to H-013; its silence
# on H-014 ended on 19 July 2022. Nobody was asked about the other four.
HIDDEN = {"H-006", "H-020", "H-026", "H-028"}
# 未来都市推進課 has reported H-020 and H-026 itself.
UNSEEN = {**dict.fromkeys(("u010", "u014", "u016", "u021", "u022", "admin"), HIDDEN), "u018": {"H-006", "H-028"}}
EVERYBODY = [f"u{n:03d}" for n in range(1, 25)] + ["admin"]


def browser(number: str) -> Client:
    client = Client()
    client.force_login(person(number), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("number", EVERYBODY)
def test_who_sees_which_hurdles(number):
    every = set(Hurdle.objects.values_list("source_key", flat=True))
    assert len(every) == 30
    seen = set(visible_to(person(number)).values_list("source_key", flat=True))
    assert every - seen == UNSEEN.get(number, set())


@pytest.mark.parametrize(
    ("name", "everybody", "officer"),
    [
        ("all", 30, 26),
        ("open", 29, 25),
        ("severe", 7, 7),
        ("common", 6, 6),
        ("solved", 1, 1),
        # 9 sections say "ours too"; 手当の一覧 of こども政策課 belongs to H-026, which the officer does not see.
        ("endorsements", 9, 8),
        ("unanswered_views", 1, 1),
    ],
)
def test_the_figures(name, everybody, officer):
    figure = figures[f"hurdles.{name}"]
    assert figure.count(standpoint_today(person("u006"))) == everybody
    assert figure.count(standpoint_today(person("u016"))) == officer


def test_the_view_that_nobody_gave_is_that_of_the_finance_section():
    here = standpoint_today(person("u016"))
    rows = browser("u016").get(figures["hurdles.unanswered_views"].link(here)).context["table"].rows
    assert [(row.number, row.owning_unit.name) for row in rows] == [("H-2022-0014", "財政課")]


def test_ours_too_adds_to_the_loss():
    page = browser("u016").get("/hurdles/H-2022-0001/")
    assert (page.context["hours_theirs"], page.context["hours_together"]) == (295, 6_495)
    assert [each["state"] for each in page.context["owner_views"]] == ["possible"]


def test_a_common_hurdle_bundles_six():
    page = browser("u006").get("/hurdles/common/", {"sort": "number"})
    (first, *_others) = page.context["table"].rows
    # H-001, 002, 003, 004, 008 and 029: 6,200 + 4,800 + 3,100 + 2,600 + 1,500 + 8,600 hours, and 885 of those who
    # say "ours too"; some touch every unit.
    assert (first.title, first.members, first.hours, first.units) == ("書面・押印・対面を前提にした手続", 6, 27_685, 66)


def test_a_common_hurdle_hides_what_is_hidden():
    by_law = browser("u016").get("/hurdles/common/", {"q": "国の法令"}).context["table"].rows[0]
    page = browser("u016").get(by_law.get_absolute_url())
    # H-005, 006, 007, 030 without 市民課's H-006.
    assert (len(page.context["members"]), page.context["hidden"]) == (3, 1)


def test_the_solved_case_leads_to_its_hurdle():
    (case,) = browser("u016").get("/hurdles/solved/").context["table"].rows
    assert (case.hours_saved, case.adoptions, case.hurdle.source_key) == (640, 3, "H-024")
    assert "/hurdles/H-2022-0024/" in browser("u016").get(case.get_absolute_url()).content.decode()


def test_what_the_nursery_section_types_is_like_the_invoices_with_seals():
    found = similar_hurdles(person("u016"), "給食材料の請求書の印影確認に時間がかかる")
    assert found[0].hurdle.number == "H-2022-0001"
    assert "<mark>請求書</mark>への押印" in found[0].title
    assert "<mark>印影</mark>の<mark>確認</mark>" in found[0].excerpt
    assert (found[0].sections, found[0].may_endorse) == (3, True)
    assert len(found) <= 5
