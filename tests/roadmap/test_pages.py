"""The pages of the roadmap: what stands on them, how lists narrow, and how many queries they take."""

import csv
import io
import json
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.registry import acts_for, figures, standpoint_today
from apps.hurdles.models import CommonHurdle, CommonHurdleMember
from apps.roadmap.choices import InitiativeStatus
from apps.roadmap.models import (
    InitiativeDependency,
    InitiativeHurdle,
    InitiativeUnit,
    PolicyHurdle,
    PolicyUnit,
    VisionHurdle,
)
from apps.roadmap.panels import end_of_common_hurdle, end_of_hurdle
from apps.roadmap.selectors import indicators_of_vision, way_to_visions
from tests.factories import (
    HurdleFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    InitiativeFactory,
    MilestoneFactory,
    PlanItemFactory,
    PolicyFactory,
    PolicyVersionFactory,
    UnitFactory,
    VisionFactory,
    user_with,
)
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

CHANGED = declare_event("roadmap.test.changed", "直した")
TRICKY = "<b>𠮷田</b> =cmd|' /C calc'!A0 {{ 7|add:1 }}"


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def client(client_for: Any, secretary: Any) -> Any:
    """The secretariat's browser."""
    return client_for(secretary)


def numbers(client: Any, page: str, query: str = "") -> list[str]:
    """The numbers of the rows, read from the list's file for scripts."""
    response = client.get(f"/roadmap/{page}/?{query}&format=json" if query else f"/roadmap/{page}/?format=json")
    assert response.status_code == 200, query
    return [row["number"] for row in json.loads(b"".join(response))]


class TestVisions:
    def test_each_filter(self, client: Any) -> None:
        far = VisionFactory(number="V-1", area="窓口")
        near = VisionFactory(number="V-2", area="人材", horizon="three_years", statement="ｵﾝﾗｲﾝ")
        VisionHurdle.objects.create(vision=near, hurdle=HurdleFactory())
        VisionHurdle.objects.create(vision=far, hurdle=HurdleFactory(status="resolved"))
        for query, expected in {
            "": ["V-1", "V-2"],
            "horizon=ten_years": ["V-1"],
            "horizon=three_years": ["V-2"],
            f"area={quote('人材')}": ["V-2"],
            "hurdle_free=yes": ["V-1"],
            f"q={quote('オンライン')}": ["V-2"],
            f"q={quote('人材')}&horizon=ten_years": [],
            "sort=-number": ["V-2", "V-1"],
            "sort=-target_year": ["V-1", "V-2"],
        }.items():
            assert numbers(client, "visions", query) == expected, query

    def test_what_leads_to_a_three_year_vision_leads_to_the_ten_year_one_that_it_serves(self, client: Any) -> None:
        far, other = VisionFactory(number="V-1"), VisionFactory(number="V-4")
        near = VisionFactory(number="V-2", horizon="three_years", serves=far)
        gone = VisionFactory(number="V-3", serves=far, horizon="three_years", archived_at="2022-10-01T00:00+09:00")
        direct, by_way, through_gone = (InitiativeFactory(vision=vision) for vision in (far, near, gone))
        own, shared, lost = HurdleFactory(), HurdleFactory(), HurdleFactory()
        for vision, hurdle in ((far, own), (far, shared), (near, shared), (gone, lost)):
            VisionHurdle.objects.create(vision=vision, hurdle=hurdle)
        page = client.get(far.get_absolute_url()).context
        assert (list(page["initiatives"]), list(page["hurdles"])) == ([direct, by_way], [own, shared])
        page = client.get(near.get_absolute_url()).context
        assert (list(page["initiatives"]), list(page["hurdles"])) == ([by_way], [shared])
        rows = client.get("/roadmap/visions/?format=json&sort=number").json()
        assert [(row["initiatives"], row["hurdles"]) for row in rows] == [(2, 2), (1, 1), (0, 0)]
        assert numbers(client, "visions", "sort=-hurdles") == ["V-1", "V-2", "V-4"]
        assert numbers(client, "visions", "hurdle_free=yes") == [other.number]
        assert text_of(client.get("/roadmap/way/")).count(through_gone.get_absolute_url()) == 1

    def test_the_page(self, client: Any, secretary: Any) -> None:
        far = VisionFactory(number="V-1", statement="一行目\n二行目")
        near = VisionFactory(number="V-2", horizon="three_years", serves=far)
        initiative = InitiativeFactory(vision=near)
        page = text_of(client.get(near.get_absolute_url()))
        assert f'href="{far.get_absolute_url()}"' in page
        assert f'href="{initiative.get_absolute_url()}"' in page
        assert "令和7年度" in page
        page = text_of(client.get(far.get_absolute_url()))
        assert f'href="{near.get_absolute_url()}"' in page
        assert "一行目<br>二行目" in page
        assert client.get(f"/roadmap/visions/{far.uid}/").status_code == 200

    def test_indicators_of_its_own_and_of_its_initiatives(self, client: Any) -> None:
        vision = VisionFactory()
        initiative = InitiativeFactory(vision=vision)
        below = IndicatorFactory(initiative=initiative, baseline=None, name="取組の指標")
        own = IndicatorFactory(vision=vision, baseline="0", baseline_year=FiscalYear(2022), name="将来像の指標")
        IndicatorFactory(initiative=InitiativeFactory(), name="よその指標")
        IndicatorValueFactory(indicator=own, fiscal_year=FiscalYear(2024), target="1234.500", actual="0")
        IndicatorValueFactory(indicator=below, fiscal_year=FiscalYear(2023), target=None)
        table = indicators_of_vision(vision, type(initiative).objects.filter(vision=vision))
        assert [int(year) for year in table.years] == [2023, 2024]
        assert [line.indicator for line in table.lines] == [own, below]
        assert [[value is None for value in line.actuals] for line in table.lines] == [[True, False], [True, True]]
        page = text_of(client.get(vision.get_absolute_url())).split('id="indicator-table"')[1]
        _head, of_vision, of_initiative, *_rest = page.split("<tbody>")
        cells = of_vision
        assert "1,234.5<" in cells
        assert '<td class="num">0<small' in cells, "a measured zero"
        cells = of_initiative.split("</tbody>")[0]
        assert "取組の指標" in cells
        assert cells.count("－") == 5
        assert ">0<" not in cells, "what is missing is not zero"
        assert "よその指標" not in page


class TestPolicies:
    def test_each_filter(self, client: Any) -> None:
        unit = UnitFactory(code="0401")
        bound = PolicyFactory(number="P-1", status="in_force", kind="guideline", goal="書かない窓口")
        PolicyFactory(number="P-2", status="draft")
        PolicyFactory(number="P-3", status="withdrawn", target_date=date(2022, 10, 1))
        PolicyUnit.objects.create(policy=bound, unit=unit, adopted=True)
        PolicyUnit.objects.create(policy=bound, unit=UnitFactory())
        for query, expected in {
            "": ["P-1", "P-2", "P-3"],
            "kind=guideline": ["P-1"],
            "status=draft": ["P-2"],
            "status=decided_or_later": ["P-1"],
            "unit=0401": ["P-1"],
            f"q={quote('窓口')}": ["P-1"],
            "sort=-adopted": ["P-1", "P-2", "P-3"],
            "sort=target_date": ["P-3", "P-1", "P-2"],
        }.items():
            assert numbers(client, "policies", query) == expected, query
        row = json.loads(b"".join(client.get("/roadmap/policies/?kind=guideline&format=json")))[0]
        assert (row["bound"], row["adopted"]) == (2, 1)
        assert [row["adopted"] for row in client.get("/roadmap/policies/?status=draft&format=json").json()] == [None]

    def test_every_version_can_be_read_and_the_newest_stands_first(self, client: Any) -> None:
        policy = PolicyFactory(standard="押印を残す書類は公開する。")
        for number, day, words in ((1, date(2022, 5, 27), "五月の文"), (2, date(2022, 6, 3), "六月の文")):
            PolicyVersionFactory(policy=policy, version=number, date=day, text=words)
        response = client.get(policy.get_absolute_url())
        assert [version.version for version in response.context["versions"]] == [2, 1]
        page = text_of(response)
        assert page.index("六月の文") < page.index("五月の文")
        assert "令和4年6月3日" in page
        assert "押印を残す書類は公開する。" in page

    def test_which_units_have_adopted_it(self, client: Any) -> None:
        policy = PolicyFactory()
        for name, adopted in (("市民課", True), ("保育課", False), ("会計課", False)):
            PolicyUnit.objects.create(policy=policy, unit=UnitFactory(name=name), adopted=adopted)
        response = client.get(policy.get_absolute_url())
        assert (response.context["record"].adopted, response.context["record"].bound) == (1, 3)
        page = text_of(response)
        assert all(name in page for name in ("市民課", "保育課", "会計課"))
        states = {name: page.split(f"{name}</th>")[1].split("</tr>")[0] for name in ("市民課", "保育課", "会計課")}
        assert [name for name, row in states.items() if "採用済み" in row] == ["市民課"]
        assert [name for name, row in states.items() if "未採用" in row] == ["保育課", "会計課"]

    def test_late_rows_are_marked(self, client: Any) -> None:
        PolicyFactory(target_date=date(2022, 10, 13))
        PolicyFactory(target_date=date(2022, 10, 14))
        PolicyFactory(target_date=date(2022, 10, 13), status="achieved")
        assert text_of(client.get("/roadmap/policies/")).count('class="is-late"') == 1


class TestInitiatives:
    def test_each_filter(self, client: Any) -> None:
        unit, item, policy = UnitFactory(code="0202"), PlanItemFactory(code="6-1-2"), PolicyFactory(number="P-1")
        first = InitiativeFactory(
            number="R-1", area="窓口", lead_unit=unit, plan_item=item, policy=policy, ends_on=date(2023, 6, 30)
        )
        second = InitiativeFactory(
            number="R-2", area="人材", status="underway", starts_on=date(2022, 4, 1), ends_on=date(2022, 9, 30)
        )
        third = InitiativeFactory(number="R-3", area="", current_state="ＤＸの前", starts_on=date(2023, 6, 30))
        InitiativeDependency.objects.create(initiative=third, needs=first)
        InitiativeDependency.objects.create(initiative=first, needs=second)
        for query, expected in {
            "": ["R-1", "R-2", "R-3"],
            f"area={quote('人材')}": ["R-2"],
            "status=planned": ["R-1", "R-3"],
            "lead_unit=0202": ["R-1"],
            "plan_item=6-1-2": ["R-1"],
            "policy=P-1": ["R-1"],
            "late=yes": ["R-2"],
            "conflict=yes": ["R-3"],
            "q=dx": ["R-3"],
            "sort=ends_on": ["R-2", "R-1", "R-3"],
        }.items():
            assert numbers(client, "initiatives", query) == expected, query
        table = client.get("/roadmap/initiatives/?conflict=yes").context["table"]
        (title,) = [cell for cell in table.body[0]["cells"] if cell["kind"] == "subject"]
        assert title["sub"], "the list says in words that the dates do not fit"

    def test_an_item_of_the_same_code_in_two_plans_opens_the_list(self, client: Any) -> None:
        old, new = PlanItemFactory(code="1-1", plan__name="第5次"), PlanItemFactory(code="1-1", plan__name="第6次")
        InitiativeFactory(number="R-1", plan_item=old)
        InitiativeFactory(number="R-2", plan_item=new)
        assert numbers(client, "initiatives", "plan_item=1-1") == ["R-1", "R-2"]

    def test_the_page(self, client: Any) -> None:
        far = VisionFactory()
        near = VisionFactory(horizon="three_years", serves=far)
        policy, item = PolicyFactory(), PlanItemFactory()
        initiative = InitiativeFactory(vision=near, policy=policy, plan_item=item, current_state="紙で受けている。")
        InitiativeUnit.objects.create(initiative=initiative, unit=UnitFactory(name="協力する会計課"))
        MilestoneFactory(initiative=initiative, text="試行を始める")
        page = text_of(client.get(initiative.get_absolute_url()))
        for record in (far, near, policy):
            assert f'href="{record.get_absolute_url()}"' in page
        for words in (item.name, item.code, item.plan.name, "紙で受けている。", "協力する会計課", "試行を始める"):
            assert words in page
        assert "令和5年4月1日～令和6年3月31日" in page
        assert "notice--warn" not in page

    def test_the_warning_stands_on_both_pages(self, client: Any) -> None:
        needed = InitiativeFactory(title="例規の見直し", starts_on=date(2022, 10, 1), ends_on=date(2023, 6, 30))
        early = InitiativeFactory(title="契約の電子化", starts_on=date(2023, 1, 1))
        InitiativeDependency.objects.create(initiative=early, needs=needed)
        for one, other in ((early, needed), (needed, early)):
            page = text_of(client.get(one.get_absolute_url()))
            notice = page.split("notice--warn")[1].split("</div>")[0]
            assert other.title in notice
            assert "令和5年1月1日" in notice
            assert "令和5年6月30日" in notice
            assert page.count("chip--alert") == 1
        overview = text_of(client.get("/roadmap/way/"))
        assert "notice--warn" in overview
        assert f'href="{figures["roadmap.conflicts"].link(None)}"'.replace("&", "&amp;") in overview

    def test_late_rows_are_marked_in_words_too(self, client: Any) -> None:
        InitiativeFactory(starts_on=None, ends_on=date(2022, 10, 13))
        InitiativeFactory(starts_on=None, ends_on=date(2022, 10, 14))
        page = text_of(client.get("/roadmap/initiatives/"))
        assert page.count('class="is-late"') == 1
        assert page.count('class="table__sub"') == 1


class TestOverview:
    def test_the_way_by_area(self, secretary: Any) -> None:
        far = VisionFactory(number="V-1", area="窓口")
        near = VisionFactory(number="V-2", area="窓口", horizon="three_years", serves=far)
        other_near = VisionFactory(number="V-3", area="窓口", horizon="three_years", serves=far)
        alone = VisionFactory(number="V-4", area="人材")
        direct = VisionFactory(number="V-0", area="財務")
        second = InitiativeFactory(number="R-2", vision=near)
        first = InitiativeFactory(number="R-1", vision=near)
        under_far = InitiativeFactory(number="R-3", vision=direct)
        nowhere = InitiativeFactory(number="R-4", area="")
        rows = [
            (area, [(step.ten, step.three, step.initiative, step.ten_rows, step.three_rows) for step in steps])
            for area, steps in way_to_visions(secretary)
        ]
        assert rows == [
            ("財務", [(direct, None, under_far, 1, 1)]),
            (
                "窓口",
                [(far, near, first, 3, 2), (far, near, second, 0, 0), (far, other_near, None, 0, 1)],
            ),
            ("人材", [(alone, None, None, 1, 1)]),
            ("", [(None, None, nowhere, 1, 1)]),
        ]

    def test_the_page_shows_figures_and_links(self, client: Any) -> None:
        vision = VisionFactory()
        initiative = InitiativeFactory(vision=vision)
        MilestoneFactory(initiative=initiative, fiscal_year=FiscalYear(2022), quarter=1, text="過ぎた節目")
        response = client.get("/roadmap/way/")
        assert [stat["value"] for stat in response.context["stats"]] == [1, 0, 1, 0, 0]
        page = text_of(response)
        for url in (
            vision.get_absolute_url(),
            initiative.get_absolute_url(),
            "/roadmap/visions/",
            "/roadmap/policies/",
        ):
            assert f'href="{url}"' in page
        assert "R5.4.1" in page
        assert "過ぎた節目" in page
        assert "u-red" in page, "a milestone whose quarter is over"

    def test_an_empty_portal_says_what_to_do(self, client: Any) -> None:
        for name in ("", "way/"):
            page = text_of(client.get(f"/roadmap/{name}"))
            assert "empty__title" in page
            assert "<table" not in page
        for name in ("visions", "policies", "initiatives"):
            page = text_of(client.get(f"/roadmap/{name}/"))
            assert "empty__title" in page
            assert "<table" not in page


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("visions/?colour=red", "colour"),
        ("visions/?sort=statement", "statement"),
        ("policies/?format=pdf", "pdf"),
        ("initiatives/?<b>=1", "&lt;b&gt;"),
    ],
)
def test_what_a_list_does_not_know_is_refused_by_name(path: str, name: str, client: Any) -> None:
    response = client.get(f"/roadmap/{path}")
    assert response.status_code == 400
    assert f"「{name}」" in text_of(response)


@pytest.mark.parametrize(
    "path",
    [
        "visions/?horizon=soon",
        "visions/?area=知らない分野",
        "visions/?hurdle_free=no",
        "policies/?status=open",
        "policies/?unit=9999",
        "initiatives/?policy=P-9",
        "initiatives/?plan_item=0",
        "initiatives/?late=maybe",
    ],
)
def test_an_unknown_value_shows_no_rows(path: str, client: Any) -> None:
    # The filter of the initiatives names the visions that one may choose.
    VisionFactory(title="見えないはず" if path.startswith("visions") else "選べる将来像")
    PolicyFactory()
    InitiativeFactory(title="見えないはず")
    response = client.get(f"/roadmap/{path}")
    assert response.status_code == 400
    assert response.context["total"] == 0
    assert "field__error" in text_of(response)
    assert "見えないはず" not in text_of(response)


@pytest.mark.parametrize("page", ["visions", "policies", "initiatives"])
def test_an_unknown_address_is_of_nothing(page: str, client: Any) -> None:
    assert client.get(f"/roadmap/{page}/X-2022-9999/").status_code == 404
    assert client.get(f"/roadmap/{page}/00000000-0000-0000-0000-000000000000/").status_code == 404


class TestFigures:
    NAMES = ("visions", "policies", "policies_decided", "initiatives", "initiatives_late", "conflicts")

    @pytest.fixture(autouse=True)
    def rows(self) -> None:
        VisionFactory()
        for status in ("draft", "under_review", "decided", "in_force", "achieved", "withdrawn"):
            PolicyFactory(status=status)
        for status in InitiativeStatus:
            InitiativeFactory(status=status, starts_on=None, ends_on=date(2022, 10, 1))
        needed = InitiativeFactory(starts_on=None, ends_on=date(2023, 6, 30))
        InitiativeDependency.objects.create(initiative=InitiativeFactory(), needs=needed)

    @pytest.mark.parametrize(
        ("role", "expected"), [("secretariat", [1, 6, 3, 8, 4, 1]), ("viewer", [1, 3, 3, 8, 4, 1])]
    )
    def test_a_figure_opens_as_many_rows_as_it_counts(self, role: str, expected: list[int], client_for: Any) -> None:
        user = user_with(role)
        here, client = standpoint_today(user), client_for(user)
        found = [figures[f"roadmap.{name}"] for name in self.NAMES]
        assert [figure.count(here) for figure in found] == expected
        assert [client.get(figure.link(here)).context["total"] for figure in found] == expected
        assert [figure.records(here).count() for figure in found if figure.records] == expected

    def test_every_bar_opens_as_many_rows_as_it_says(self, client: Any, secretary: Any) -> None:
        rows = figures["roadmap.initiatives_by_status"].count(standpoint_today(secretary))
        assert sum(row["value"] for row in rows) == 8
        assert {str(row["label"]): row["value"] for row in rows}[str(InitiativeStatus.PLANNED.label)] == 3
        for row in rows:
            assert client.get(row["url"]).context["total"] == row["value"]


class TestPanels:
    @pytest.fixture
    def hurdle(self) -> Any:
        hurdle = HurdleFactory()
        hurdle.owning_unit = hurdle.reporting_unit
        hurdle.save()
        return hurdle

    def test_a_hurdle_shows_its_way_to_the_end(self, hurdle: Any, client_for: Any) -> None:
        secret, decided = PolicyFactory(status="draft", title="まだ案の方針"), PolicyFactory(title="決まった方針")
        initiative, vision = InitiativeFactory(), VisionFactory()
        for policy in (secret, decided):
            PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)
        InitiativeHurdle.objects.create(initiative=initiative, hurdle=hurdle)
        VisionHurdle.objects.create(vision=vision, hurdle=hurdle)
        secretary, officer = user_with("secretariat"), user_with("viewer")
        panel = end_of_hurdle(hurdle, secretary) or {}
        assert (panel["policies"], panel["initiatives"], panel["visions"]) == (
            [secret, decided],
            [initiative],
            [vision],
        )
        panel = end_of_hurdle(hurdle, officer) or {}
        assert panel["policies"] == [decided]
        response = client_for(officer).get(hurdle.get_absolute_url())
        page = text_of(response)
        assert "roadmap-end" in page
        assert f'href="{initiative.get_absolute_url()}"' in page
        assert "まだ案の方針" not in page
        assert len(ids_of(response)) == len(set(ids_of(response)))

    def test_a_hurdle_without_any_shows_no_panel(self, hurdle: Any, secretary: Any) -> None:
        assert end_of_hurdle(hurdle, secretary) is None

    @pytest.mark.parametrize(
        ("status", "offered"),
        [
            (
                "organizing",
                [
                    "roadmap/policies/new",
                    "roadmap/initiatives/new",
                    "roadmap/visions/hold-back",
                    "training/courses/new",
                ],
            ),
            ("resolved", ["roadmap/visions/hold-back"]),
            ("merged", []),
        ],
    )
    def test_from_a_hurdle_one_goes_on_to_what_clears_it_and_what_it_holds_back(
        self, status: str, offered: list[str]
    ) -> None:
        hurdle = HurdleFactory(status=status)
        addresses = [each.address(hurdle) for each in acts_for("hurdles:hurdle-detail", hurdle)]
        assert addresses == [f"/{page}/?hurdle={hurdle.number}" for page in offered]

    @pytest.mark.parametrize(("role", "is_offered"), [("secretariat", True), ("manager", False)])
    def test_these_acts_are_offered_to_those_who_may(
        self, role: str, is_offered: bool, hurdle: Any, client_for: Any
    ) -> None:
        menu = client_for(user_with(role, hurdle.reporting_unit)).get(hurdle.get_absolute_url()).context["menu"]
        offered = {act.url for act in menu["buttons"]} | {act.url for _name, acts in menu["groups"] for act in acts}
        addresses = {each.address(hurdle) for each in acts_for("hurdles:hurdle-detail", hurdle)}
        assert len(addresses) == 4
        assert offered & addresses == (addresses if is_offered else set())

    def test_a_draft_leads_nowhere_yet(self) -> None:
        assert acts_for("hurdles:hurdle-detail", HurdleFactory(status="draft", number=None)) == []

    def test_from_a_policy_and_a_vision_those_who_may_go_on_to_a_new_initiative(
        self, client: Any, client_for: Any
    ) -> None:
        for name, record in (("policy", PolicyFactory(status="decided")), ("vision", VisionFactory())):
            link = f'href="/roadmap/initiatives/new/?{name}={record.number}"'
            assert link in text_of(client.get(record.get_absolute_url()))
            assert link not in text_of(client_for(user_with("viewer")).get(record.get_absolute_url()))

    def test_a_common_hurdle_shows_what_clears_its_visible_members(self, hurdle: Any, secretary: Any) -> None:
        hidden, officer = HurdleFactory(), user_with("viewer")
        common = CommonHurdle.objects.create(title="押印", number="C-2022-0001")
        seen_by_all, seen_by_few = InitiativeFactory(), InitiativeFactory()
        for member, initiative in ((hurdle, seen_by_all), (hidden, seen_by_few)):
            CommonHurdleMember.objects.create(common_hurdle=common, hurdle=member)
            InitiativeHurdle.objects.create(initiative=initiative, hurdle=member)
        InitiativeHurdle.objects.create(initiative=seen_by_all, hurdle=hidden)
        assert (end_of_common_hurdle(common, secretary) or {})["initiatives"] == [seen_by_all, seen_by_few]
        assert (end_of_common_hurdle(common, officer) or {})["initiatives"] == [seen_by_all]


class TestTexts:
    @pytest.fixture
    def records(self) -> tuple[Any, Any, Any]:
        vision = VisionFactory(title=TRICKY, statement=TRICKY, area=TRICKY[:30])
        policy = PolicyFactory(title=TRICKY, goal=TRICKY, standard=TRICKY)
        PolicyVersionFactory(policy=policy, text=TRICKY)
        initiative = InitiativeFactory(title=TRICKY, current_state=TRICKY, vision=vision, policy=policy)
        MilestoneFactory(initiative=initiative, text=TRICKY)
        IndicatorFactory(initiative=initiative, name=TRICKY)
        return vision, policy, initiative

    def test_text_stays_text(self, records: Any, client: Any) -> None:
        urls = [record.get_absolute_url() for record in records]
        for url in (
            *urls,
            "/roadmap/",
            "/roadmap/way/",
            "/roadmap/visions/",
            "/roadmap/policies/",
            "/roadmap/initiatives/",
        ):
            page = text_of(client.get(url))
            assert "&lt;b&gt;𠮷田&lt;/b&gt; =cmd|" in page, url
            assert "<b>𠮷田" not in page, url
            assert "{{ 7|add:1 }}" in page, url

    def test_a_spreadsheet_runs_nothing(self, client: Any) -> None:
        PolicyFactory(title="=cmd|' /C calc'!A0", goal="+1")
        content = b"".join(client.get("/roadmap/policies/?format=csv")).decode("utf-8-sig")
        (row,) = list(csv.DictReader(io.StringIO(content, newline="")))
        assert {"'=cmd|' /C calc'!A0", "'+1"} <= set(row.values())

    def test_the_hit_is_marked_and_escaped(self, records: Any, client: Any) -> None:
        for page in ("visions", "policies", "initiatives"):
            assert "&lt;b&gt;<mark>𠮷田</mark>" in text_of(client.get(f"/roadmap/{page}/?q={quote('𠮷田')}"))


def test_the_history_says_who_did_what(client: Any, secretary: Any) -> None:
    with act(CHANGED, by=secretary, reason="本部会議の指示"):
        initiative = InitiativeFactory()
        MilestoneFactory(initiative=initiative, text="条例の改正")
    policy, vision = PolicyFactory(), VisionFactory()
    with act(CHANGED, by=secretary):
        PolicyVersionFactory(policy=policy, text="改めた文")
        vision.title = "新しい名"
        vision.save()
    (entry,) = client.get(initiative.get_absolute_url()).context["entries"]
    assert (entry.actor, entry.verb, entry.reason) == (secretary.name, "直した", "本部会議の指示")
    assert "条例の改正" in entry.changes[0].new
    assert "改めた文" in client.get(policy.get_absolute_url()).context["entries"][0].changes[0].new
    assert client.get(vision.get_absolute_url()).context["entries"][0].changes[0].new == "新しい名"


def a_whole_roadmap() -> tuple[Any, Any, Any]:
    """One record of each kind with everything around it."""
    far = VisionFactory()
    vision = VisionFactory(horizon="three_years", serves=far)
    policy = PolicyFactory()
    initiative = InitiativeFactory(vision=vision, policy=policy, plan_item=PlanItemFactory())
    needed = InitiativeFactory(ends_on=date(2023, 6, 30))
    InitiativeDependency.objects.create(initiative=initiative, needs=needed)
    hurdle = HurdleFactory(owning_unit=UnitFactory())
    VisionHurdle.objects.create(vision=vision, hurdle=hurdle)
    PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)
    InitiativeHurdle.objects.create(initiative=initiative, hurdle=hurdle)
    PolicyUnit.objects.create(policy=policy, unit=UnitFactory())
    PolicyVersionFactory(policy=policy)
    add_parts(vision, policy, initiative)
    return vision, policy, initiative


def add_parts(vision: Any, policy: Any, initiative: Any) -> None:
    """More of all that hangs on the three."""
    for n in range(2):
        hurdle = HurdleFactory(owning_unit=UnitFactory())
        VisionHurdle.objects.create(vision=vision, hurdle=hurdle)
        PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)
        InitiativeHurdle.objects.create(initiative=initiative, hurdle=hurdle)
        PolicyUnit.objects.create(policy=policy, unit=UnitFactory())
        InitiativeUnit.objects.create(initiative=initiative, unit=UnitFactory())
        PolicyVersionFactory(policy=policy)
        InitiativeFactory(vision=vision, policy=policy)
        InitiativeDependency.objects.create(initiative=initiative, needs=InitiativeFactory())
        InitiativeDependency.objects.create(initiative=InitiativeFactory(), needs=initiative)
        MilestoneFactory(initiative=initiative, quarter=n + 1)
        for indicator in (IndicatorFactory(initiative=initiative), IndicatorFactory(vision=vision)):
            IndicatorValueFactory(indicator=indicator)


def queries_of(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
        assert response.status_code == 200
        if response.streaming:
            b"".join(response)
    return len(queries)


LISTS = [
    "/roadmap/",
    "/roadmap/?group=theme&span=1y",
    "/roadmap/?group=vision&format=svg",
    "/roadmap/?group=policy&format=xlsx",
    "/roadmap/way/",
    "/roadmap/visions/",
    "/roadmap/policies/",
    "/roadmap/initiatives/",
    "/roadmap/visions/?format=csv",
    "/roadmap/policies/?format=xlsx",
    "/roadmap/initiatives/?format=json",
]


@pytest.mark.parametrize("role", ["secretariat", "viewer"])
def test_pages_ask_as_often_for_many_rows_as_for_few(role: str, client_for: Any) -> None:
    client, records = client_for(user_with(role)), a_whole_roadmap()
    urls = [*LISTS, *(record.get_absolute_url() for record in records)]
    few = {url: queries_of(client, url) for url in urls}
    for _each in range(3):
        a_whole_roadmap()
        add_parts(*records)
    assert {url: queries_of(client, url) for url in urls} == few
    assert max(few.values()) <= 55, few
