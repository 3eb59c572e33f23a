"""Indicators: what is typed is what is kept, what was not measured is missing, who may, and the picture."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.fiscal import FiscalYear
from apps.core.permissions import Forbidden
from apps.core.registry import figures, standpoint_today
from apps.core.transitions import Unmet
from apps.core.waiting import tasks_of
from apps.organization.choices import RoleKind
from apps.roadmap.forms.numbers import DecimalBox
from apps.roadmap.models import Indicator, IndicatorValue, InitiativeUnit
from apps.roadmap.selectors.charts import chart_of, plain
from apps.roadmap.selectors.indicators import indicators_of_initiative, reached
from apps.roadmap.services.indicators import (
    Actual,
    StaleIndicator,
    add_indicator,
    change_indicator,
    record_actuals,
    remove_indicator,
    seen_as,
)
from tests.factories import (
    IndicatorFactory,
    IndicatorValueFactory,
    InitiativeFactory,
    UnitFactory,
    VisionFactory,
    user_with,
)
from tests.pages import ids_of, text_of

R3, R4, R5 = FiscalYear(2021), FiscalYear(2022), FiscalYear(2023)
ROLES = [role.value for role in RoleKind]
decimals = st.decimals(min_value=-(10**11), max_value=10**11, places=3, allow_nan=False, allow_infinity=False)


class TestNumbers:
    @given(decimals)
    @settings(max_examples=60)
    def test_what_is_shown_is_read_as_the_same(self, value: Decimal) -> None:
        box = DecimalBox()
        assert box.clean(box.prepare_value(value)) == value
        assert box.clean(plain(value)) == value

    def test_as_people_type_them(self) -> None:
        box = DecimalBox(required=False)
        for text, value in {
            "1,234.5": "1234.5",
            "1,234,567": "1234567",
            "１２３４．５０": "1234.50",
            "△3": "-3",
            "▲０．１２５": "-0.125",
            "−0.5": "-0.5",
            " 0 ": "0",
        }.items():
            assert str(box.clean(text)) == value, text
        assert box.clean("") is None
        for text in ("八割", "1e3", "NaN", "1.2.3", "0.1234", "1000000000000", "80%", "38,5", "1,2345", ",5", "1,,234"):
            with pytest.raises(ValidationError):
                box.clean(text)


@pytest.mark.django_db
@given(decimals)
@settings(max_examples=15)
def test_a_decimal_comes_back_from_the_database_as_typed(value: Decimal) -> None:
    with transaction.atomic():
        owner = VisionFactory()
        values = {"name": "割合", "unit": "%", "baseline": value, "baseline_year": R3, "source": ""}
        indicator = add_indicator(owner=owner, values=values, targets={R5: value}, by=user_with("member"))
        record_actuals(
            indicator=indicator, seen=seen_as(indicator), actuals={R4: Actual(value)}, by=user_with("member")
        )
        kept = Indicator.objects.get(pk=indicator.pk)
        year = {each.fiscal_year: each for each in kept.values.all()}
        assert [kept.baseline, year[R5].target, year[R4].actual] == [value] * 3
        assert {plain(each) for each in (kept.baseline, year[R5].target, year[R4].actual) if each is not None} == {
            plain(value)
        }
        transaction.set_rollback(True)


@pytest.mark.django_db
class TestWriting:
    def test_an_indicator_with_its_targets_in_one_act(self, client_for: Any) -> None:
        vision, client = VisionFactory(), client_for(user_with("member", name="推進 花子"))
        url = f"{vision.get_absolute_url()}indicators/add/"
        years = [row.label for row in client.get(url).context["form"].grid]
        assert years == [FiscalYear(year) for year in range(2022, 2033)], "until the year of the vision"
        form = {
            "name": "髙い山の𠮷田さん",
            "unit": "人",
            "baseline": "△１，２３４．５",
            "baseline_year": "R3",
            "target_2022": "20",
            "target_2031": "80.125",
            "other_year": "令和20年度",
            "target_other": "100",
            "source": "住民基本台帳",
        }
        assert client.post(url, form).status_code == 302
        assert client.post(url, form).status_code == 302
        indicator = vision.indicators.get()
        assert (indicator.name, plain(indicator.baseline), indicator.baseline_year) == (
            "髙い山の𠮷田さん",
            "△1,234.5",
            R3,
        )
        kept = {int(value.fiscal_year): (plain(value.target), value.actual) for value in indicator.values.all()}
        assert kept == {2022: ("20", None), 2031: ("80.125", None), 2038: ("100", None)}
        entry = client.get(vision.get_absolute_url()).context["entries"][0]
        assert (entry.verb, entry.actor) == ("指標を加えた", "推進 花子")
        assert "髙い山の𠮷田さん 令和13年度 80.125" in [change.new for change in entry.changes]

    def test_what_is_wrong_is_said_beside_the_box(self, client_for: Any) -> None:
        vision, client = VisionFactory(), client_for(user_with("member"))
        url = f"{vision.get_absolute_url()}indicators/add/"
        form = {"name": "", "target_2023": "八割", "target_other": "3", "baseline": "1.2345", "baseline_year": "八年"}
        response = client.post(url, form)
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {
            "name",
            "target_2023",
            "other_year",
            "baseline",
            "baseline_year",
        }
        assert 'value="八割"' in text_of(response)
        again = client.post(url, {"name": "x", "other_year": "R5", "target_other": "3"})
        assert set(again.context["form"].errors) == {"other_year"}
        assert not vision.indicators.exists()

    def test_targets_change_and_the_actuals_stay(self) -> None:
        indicator, by = IndicatorFactory(vision=VisionFactory(), name="割合"), user_with("secretariat")
        IndicatorValueFactory(indicator=indicator, fiscal_year=R4, target=10, actual=9)
        IndicatorValueFactory(indicator=indicator, fiscal_year=R5, target=20)
        seen = seen_as(indicator)
        change_indicator(
            indicator=indicator,
            seen=seen,
            values={"name": "比率"},
            targets={R4: None, R5: None},
            by=by,
            reason="見直し",
        )
        assert list(indicator.values.values_list("fiscal_year", "target", "actual")) == [(R4, None, 9)]
        with pytest.raises(StaleIndicator):
            change_indicator(indicator=indicator, seen=seen, values={"name": "x"}, targets={}, by=by)

    def test_two_people_lose_nothing(self, client_for: Any) -> None:
        indicator = IndicatorFactory(vision=VisionFactory())
        IndicatorValueFactory(indicator=indicator, fiscal_year=R4, target=10)
        client, url = client_for(user_with("member")), f"{indicator.owner.get_absolute_url()}indicators/{indicator.pk}/"
        seen = client.get(f"{url}actuals/").context["form"]["seen"].value()
        record_actuals(indicator=indicator, seen=seen, actuals={R4: Actual(Decimal(7))}, by=user_with("secretariat"))
        response = client.post(f"{url}actuals/", {"seen": seen, "actual_2022": "8"})
        assert response.status_code == 409
        assert "ほかの人が" in text_of(response)
        assert 'value="8"' in text_of(response)
        assert indicator.values.get().actual == 7
        now = response.context["form"]["seen"].value()
        assert client.post(f"{url}actuals/", {"seen": now, "actual_2022": "8"}).status_code == 302
        assert indicator.values.get().actual == 8

    def test_an_actual_is_missing_or_measured_and_never_of_a_year_to_come(self, client_for: Any) -> None:
        indicator, by = IndicatorFactory(vision=VisionFactory(), name="割合"), user_with("secretariat")
        IndicatorValueFactory(indicator=indicator, fiscal_year=R5, target=20)
        wrong = (
            ({R5: Actual(Decimal(1))}, "令和5年度はまだ始まっていない"),
            ({R4: Actual(None, date(2022, 5, 1))}, "実績がありません"),
            ({R4: Actual(Decimal(1), date(2022, 10, 15))}, "先の日付"),
        )
        for actuals, words in wrong:
            with pytest.raises(Unmet, match=words):
                record_actuals(indicator=indicator, seen=seen_as(indicator), actuals=actuals, by=by)
        client, url = client_for(by), f"{indicator.owner.get_absolute_url()}indicators/{indicator.pk}/actuals/"
        page = client.get(url)
        assert [row.label for row in page.context["form"].grid] == [R3, R4]
        seen = page.context["form"]["seen"].value()
        response = client.post(url, {"seen": seen, "other_year": "R5", "actual_other": "3"})
        assert response.status_code == 422
        assert "令和5年度はまだ始まっていないため" in text_of(response)
        form = {"seen": seen, "actual_2021": "0", "measured_2021": "R4.3.31", "note_2022": "コロナで測れない"}
        assert client.post(url, form).status_code == 302
        kept = {int(each.fiscal_year): (each.actual, each.measured_on, each.note) for each in indicator.values.all()}
        assert kept == {
            2021: (Decimal(0), date(2022, 3, 31), ""),
            2022: (None, None, "コロナで測れない"),
            2023: (None, None, ""),
        }
        record_actuals(indicator=indicator, seen=seen_as(indicator), actuals={R3: Actual(None)}, by=by)
        assert not indicator.values.filter(fiscal_year=R3).exists(), "an emptied year is missing again"

    def test_the_history_says_which_year_of_which_indicator(self, client_for: Any) -> None:
        indicator, by = IndicatorFactory(vision=VisionFactory(), name="電子請求の割合"), user_with("secretariat")
        for value in ("3", "3.5"):
            record_actuals(indicator=indicator, seen=seen_as(indicator), actuals={R4: Actual(Decimal(value))}, by=by)
        remove_indicator(indicator=indicator, reason="別の指標に替える", by=by)
        entries = client_for(by).get(indicator.owner.get_absolute_url()).context["entries"]
        told = [(entry.verb, [(each.label, each.old, each.new) for each in entry.changes]) for entry in entries]
        assert ("実績の記録", [("実績（電子請求の割合 令和4年度）", "3", "3.5")]) in told
        assert told[0][0] == "指標を削除した"
        assert ("年度の値", "電子請求の割合 令和4年度 3.5", "") in told[0][1]
        assert entries[0].reason == "別の指標に替える"

    def test_the_database_keeps_the_rule_too(self) -> None:
        indicator = IndicatorFactory(vision=VisionFactory())
        with pytest.raises(IntegrityError), transaction.atomic():
            IndicatorValueFactory(indicator=indicator, actual=None, measured_on=date(2022, 5, 1))

    @pytest.mark.parametrize("role", ROLES)
    def test_who_may_write_and_record(self, role: str, client_for: Any) -> None:
        user, unit = user_with(role), UnitFactory()
        led, stranger = InitiativeFactory(lead_unit=user.unit), InitiativeFactory()
        helped = InitiativeFactory(lead_unit=unit)
        InitiativeUnit.objects.create(initiative=helped, unit=user.unit)
        client, drafts = client_for(user), role in {"member", "secretariat"}
        works = role not in {"auditor", "administrator"}
        for initiative, edits, records in (
            (led, drafts or works, drafts or works),
            (helped, drafts, drafts or works),
            (stranger, drafts, drafts),
        ):
            indicator = IndicatorFactory(initiative=initiative)
            here = f"{initiative.get_absolute_url()}indicators/"
            for url, allowed in (
                (f"{here}add/", edits),
                (f"{here}{indicator.pk}/", edits),
                (f"{here}{indicator.pk}/remove/", edits),
                (f"{here}{indicator.pk}/actuals/", records),
            ):
                assert client.get(url).status_code == (200 if allowed else 403), (initiative, url)
            other = IndicatorFactory(vision=VisionFactory())
            assert client.get(f"{here}{other.pk}/").status_code in {404}, "of another record"
            if not records:
                with pytest.raises(Forbidden):
                    record_actuals(indicator=indicator, seen=seen_as(indicator), actuals={}, by=user)


class TestPicture:
    class Cell:
        def __init__(self, year: int, target: Any = None, actual: Any = None) -> None:
            self.year = FiscalYear(year)
            self.target = None if target is None else Decimal(str(target))
            self.actual = None if actual is None else Decimal(str(actual))
            self.is_missing = target is not None and actual is None and year <= 2022

    def indicator(self, **fields: Any) -> Any:
        return Indicator(name="割合", unit="%", **fields)

    def test_bars_where_measured_points_where_wanted_and_words_where_not_measured(self) -> None:
        cells = [self.Cell(2020, 10, 8), self.Cell(2021, 20), self.Cell(2022, 30, 0), self.Cell(2024, 40)]
        chart = chart_of(self.indicator(baseline=Decimal("5.5"), baseline_year=FiscalYear(2019)), cells)
        assert chart
        assert [(bar.kind, bar.title) for bar in chart.bars] == [("baseline", "5.5"), ("actual", "8"), ("actual", "0")]
        assert [point.text for point in chart.points] == ["10", "20", "30", "40"]
        assert len(chart.missing) == 1
        assert [year.text for year in chart.years] == ["R6", "R5", "R4", "R3", "R2", "H31"]
        assert chart.actuals == [("R2", "8"), ("R3", ""), ("R4", "0")]
        assert chart.bars[2].height == 0
        assert [tick.text for tick in chart.ticks] == ["0", "10", "20", "30", "40"]

    def test_less_than_nothing_hangs_below_the_zero(self) -> None:
        chart = chart_of(self.indicator(), [self.Cell(2021, -3, "-1.5"), self.Cell(2022, 2)])
        assert chart
        assert chart.bars[0].y == chart.zero
        assert [tick.text for tick in chart.ticks][:2] == ["△4", "△2"]
        assert "△1.5" in [label.text for label in chart.labels]

    def test_without_anything_there_is_no_picture(self) -> None:
        assert chart_of(self.indicator(baseline=Decimal(3)), []) is None
        assert chart_of(self.indicator(), [self.Cell(2021)]) is None

    @given(st.lists(st.tuples(st.integers(2015, 2034), decimals, decimals | st.none()), min_size=1, max_size=12))
    @settings(max_examples=40)
    def test_everything_lies_within_the_frame_and_no_words_cover_others(self, rows: Any) -> None:
        cells = [self.Cell(year, target, actual) for year, target, actual in {row[0]: row for row in rows}.values()]
        chart = chart_of(self.indicator(), sorted(cells, key=lambda cell: cell.year))
        assert chart
        for mark in [*chart.points, *chart.ticks]:
            assert 0 <= mark.y <= chart.height
        for bar in chart.bars:
            assert bar.x >= 0
            assert bar.x + bar.width <= chart.width
            assert bar.y >= -0.1
            assert bar.y + bar.height <= chart.height
        assert len(chart.points) == len(cells)
        places = [(label.x, label.y) for label in chart.labels]
        assert len(places) == len(set(places))

    def test_met_is_from_below_or_from_above(self) -> None:
        for baseline, target, actual, met in (
            (0, 20, 20, True),
            (0, 20, 19, False),
            (None, 20, 25, True),
            (38, 30, 29, True),
            (38, 30, 31, False),
            (0, 20, None, None),
            (0, None, 3, None),
        ):
            values = [None if each is None else Decimal(each) for each in (baseline, target, actual)]
            assert reached(*values) is met, values

    @pytest.mark.django_db
    def test_the_page_shows_picture_and_table(self, client_for: Any) -> None:
        indicator = IndicatorFactory(
            initiative=InitiativeFactory(), name="<b>𠮷田</b>", baseline_year=R3, baseline="38.500"
        )
        IndicatorValueFactory(indicator=indicator, fiscal_year=R4, target="50.250")
        IndicatorValueFactory(indicator=indicator, fiscal_year=R5, target="-3")
        response = client_for(user_with("viewer")).get(indicator.owner.get_absolute_url())
        page = text_of(response)
        svg = page.split('<svg viewBox="0 0 400')[1].split("</svg>")[0]
        assert "&lt;b&gt;𠮷田&lt;/b&gt;" in svg
        assert "基準値 R3 38.5%。目標 R4 50.25%、R5 △3%。実績 R4 未測定。" in svg
        assert re.search(r">\s*未測定</text>", svg)
        assert "style=" not in svg
        table = page.split('id="indicator-table"')[1].split("</table>")[0]
        assert table.count("未測定") == 1
        assert "△3" in table
        assert len(ids_of(response)) == len(set(ids_of(response)))


@pytest.mark.django_db
class TestUnmeasured:
    def test_it_waits_for_who_answers_and_of_a_vision_for_the_secretariat(self) -> None:
        promoter, manager, viewer, secretary = map(user_with, ("promoter", "manager", "viewer", "secretariat"))
        open_post = IndicatorFactory(initiative=InitiativeFactory(lead_unit=promoter.unit), name="推進員の指標")
        named = InitiativeFactory(lead_unit=manager.unit, lead_role="manager")
        seen = InitiativeFactory(lead_unit=viewer.unit)
        gone = InitiativeFactory(lead_unit=promoter.unit, status="cancelled")
        of_vision = IndicatorFactory(vision=VisionFactory(), name="将来像の指標")
        for indicator in (
            open_post,
            of_vision,
            IndicatorFactory(initiative=named, name="所属長の指標"),
            IndicatorFactory(initiative=seen, name="担う人のいない指標"),
            IndicatorFactory(initiative=gone),
        ):
            IndicatorValueFactory(indicator=indicator, fiscal_year=R3, target=5)
            IndicatorValueFactory(indicator=indicator, fiscal_year=R4, target=6)  # its last day is 31 March 2023

        def waiting(user: Any) -> list[tuple[str, Any]]:
            return [(task.title, task.since) for task in tasks_of(user) if "/actuals/" in task.url]

        assert waiting(promoter) == [("実績を記録する：推進員の指標", date(2022, 3, 31))]
        assert waiting(manager) == [("実績を記録する：所属長の指標", date(2022, 3, 31))]
        assert waiting(viewer) == []
        nobody = ("実績を記録する：担う人のいない指標", date(2022, 3, 31))
        assert sorted(waiting(secretary)) == [("実績を記録する：将来像の指標", date(2022, 3, 31)), nobody]
        record_actuals(indicator=of_vision, seen=seen_as(of_vision), actuals={R3: Actual(Decimal(0))}, by=secretary)
        assert waiting(secretary) == [nobody], "a measured zero is measured"

    def test_figure_list_and_filters(self, client_for: Any) -> None:
        user = user_with("viewer")
        client, here = client_for(user), standpoint_today(user)
        met, missed, lazy = (VisionFactory(number=f"V-{n}", title=f"将来像{n}") for n in (1, 2, 3))
        VisionFactory(number="V-4")
        for vision, target, actual in ((met, 10, 10), (missed, 10, 9), (lazy, 10, None)):
            under = IndicatorFactory(initiative=InitiativeFactory(vision=vision), baseline=0)
            IndicatorValueFactory(indicator=under, fiscal_year=R3, target=target, actual=actual)
        downwards = IndicatorFactory(vision=met, baseline=50, name="待ち時間")
        IndicatorValueFactory(indicator=downwards, fiscal_year=R3, target=30, actual=29)

        def found(path: str) -> list[Any]:
            return [row["number"] for row in client.get(f"/roadmap/visions/?{path}&format=json&sort=number").json()]

        assert found("achievement=met") == ["V-1"]
        assert found("achievement=missed") == ["V-2"]
        assert found("achievement=unmeasured") == ["V-3"]
        rows = client.get("/roadmap/visions/?format=json&sort=number&columns=number,title,achievement").json()
        assert [row["achievement"] for row in rows] == ["2件中2件", "1件中0件", "1件中0件", None]
        figure = figures["roadmap.indicators_not_measured"]
        assert figure.count(here) == client.get(figure.link(here)).context["total"] == 1
        assert client.get("/roadmap/indicators/?met=yes").context["total"] == 2
        assert client.get("/roadmap/indicators/?met=no").context["total"] == 1
        assert client.get("/roadmap/indicators/?of=vision").context["total"] == 1
        assert client.get("/roadmap/indicators/?q=待ち").context["total"] == 1
        assert client.get("/roadmap/indicators/?q=将来像2").context["total"] == 0, (
            "of the initiative, not of its vision"
        )
        assert client.get("/roadmap/indicators/?x=1").status_code == 400

    def test_the_list_and_my_work_ask_as_often_for_many_as_for_few(self, client_for: Any) -> None:
        user = user_with("promoter")
        client = client_for(user)

        def asked() -> list[int]:
            counts = []
            for url in ("/roadmap/indicators/", "/roadmap/indicators/?format=xlsx", "/", "/roadmap/visions/"):
                client.get(url)
                with CaptureQueriesContext(connection) as queries:
                    response = client.get(url)
                    assert response.status_code == 200
                    if response.streaming:
                        b"".join(response)
                counts.append(len(queries))
            return counts

        def more(count: int) -> None:
            for _n in range(count):
                vision = VisionFactory()
                for indicator in (
                    IndicatorFactory(initiative=InitiativeFactory(lead_unit=user.unit, vision=vision)),
                    IndicatorFactory(vision=vision),
                ):
                    IndicatorValueFactory(indicator=indicator, fiscal_year=R3, target=5)

        more(3)
        few = asked()
        more(30)
        assert asked() == few


@pytest.mark.django_db
def test_missing_is_not_zero_in_the_table() -> None:
    indicator = IndicatorFactory(initiative=InitiativeFactory())
    IndicatorValue.objects.create(indicator=indicator, fiscal_year=R4, target=3, actual=0)
    IndicatorValue.objects.create(indicator=indicator, fiscal_year=R3, target=3)
    (line,) = indicators_of_initiative(indicator.owner).lines
    assert line.actuals == [None, Decimal(0)]
    assert [cell.is_missing for cell in line.cells] == [True, False]
