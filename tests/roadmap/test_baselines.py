"""Baselines: frozen for ever, compared with today and with one another; the day is 14 October 2022."""

import io
from datetime import date
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.permissions import Forbidden
from apps.core.registry import figures, standpoint_today
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.roadmap.models import Baseline, BaselineInitiative, Initiative, InitiativeMove, Milestone
from apps.roadmap.selectors import baseline_list, default_baseline, entries_of_baseline
from apps.roadmap.selectors.comparing import Quarter, compare, plan_of, plan_of_today
from apps.roadmap.services.baselines import archive_baseline, freeze_baseline
from apps.roadmap.services.rescheduling import reschedule_initiative
from tests.factories import InitiativeFactory, MilestoneFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

REASON = "国の仕様書の公表が遅れたため。"
CHANGED = declare_event("roadmap.test.changed", "直した")


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


def frozen(by: Any, name: str = "六月", day: date | None = None) -> Baseline:
    baseline = freeze_baseline(uid=uuid4(), name=name, by=by)
    if day:
        Baseline.objects.filter(pk=baseline.pk).update(frozen_on=day)
    return Baseline.objects.get(pk=baseline.pk)


def test_the_newest_that_is_not_archived_is_the_usual_one(secretary: Any) -> None:
    assert default_baseline() is None
    InitiativeFactory()
    old, new = frozen(secretary, "六月", date(2022, 6, 10)), frozen(secretary, "九月", date(2022, 9, 30))
    assert default_baseline() == new
    with pytest.raises(Unmet):
        archive_baseline(baseline=new, reason=" ", by=secretary)
    archive_baseline(baseline=new, reason="試しに作ったもの。", by=secretary)
    assert default_baseline() == old
    assert list(baseline_list(secretary)) == [old]
    assert frozen(secretary, "九月"), "the name of an archived one is free again"


def test_it_holds_the_plan_as_it_stands_and_never_changes(secretary: Any) -> None:
    initiative = InitiativeFactory(title="𠮷野地区の窓口")
    milestone = MilestoneFactory(initiative=initiative, fiscal_year=FiscalYear(2023), quarter=4, text="髙島支所で開始")
    InitiativeFactory(archived_at="2022-10-01T00:00+09:00")
    baseline = frozen(secretary)
    (entry,) = entries_of_baseline(baseline).values()
    assert (entry.title, entry.lead_unit, entry.status, entry.starts_on, entry.ends_on) == (
        "𠮷野地区の窓口", initiative.lead_unit.name, "planned", date(2023, 4, 1), date(2024, 3, 31),
    )  # fmt: skip
    assert entry.milestones == [
        {"fiscal_year": 2023, "quarter": 4, "text": milestone.text, "state": "planned"}
    ]  # fmt: skip
    assert (baseline.frozen_on, baseline.frozen_by) == (date(2022, 10, 14), secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        BaselineInitiative.objects.filter(pk=entry.pk).update(ends_on=date(2025, 3, 31))
    entry.title = "別の件名"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    entry.refresh_from_db()
    assert (entry.title, entry.ends_on) == ("𠮷野地区の窓口", date(2024, 3, 31))


def test_what_is_refused(secretary: Any) -> None:
    with pytest.raises(Unmet):
        freeze_baseline(uid=uuid4(), name="何もない", by=secretary)
    InitiativeFactory()
    frozen(secretary)
    with pytest.raises(Unmet):
        frozen(secretary)
    for role in ("member", "headquarters", "viewer"):
        with pytest.raises(Forbidden):
            freeze_baseline(uid=uuid4(), name="七月", by=user_with(role))
    assert Baseline.objects.count() == 1


@pytest.fixture
def since_june(secretary: Any) -> Baseline:
    """A baseline, and what became of its initiatives: moved, moved with milestones, cancelled, archived, as it was."""
    rows = {
        name: InitiativeFactory(number=f"R-{n}", title=name)
        for n, name in enumerate(("遅れ", "前倒し", "中止", "保管", "そのまま"))
    }
    MilestoneFactory(initiative=rows["遅れ"], text="開始", fiscal_year=FiscalYear(2023), quarter=4)
    baseline = frozen(secretary, "六月", date(2022, 6, 10))
    reschedule_initiative(
        initiative=rows["遅れ"], starts_on=date(2023, 4, 1), ends_on=date(2024, 6, 30), reason=REASON, by=secretary
    )
    with act(CHANGED, by=secretary):
        Initiative.objects.filter(title="前倒し").update(ends_on=date(2024, 2, 29))
        Initiative.objects.filter(title="中止").update(status="cancelled", status_reason="国の事業に統合。")
    with act(CHANGED, by=secretary, reason="二重に登録。"):
        save_version(rows["保管"], version=1, changes={"archived_at": "2022-10-01T00:00+09:00"})
    InitiativeFactory(number="R-9", title="新しい")
    InitiativeMove.objects.create(
        initiative=rows["前倒し"], new_ends_on=date(2024, 2, 29), reason="基準より前のこと", moved_on=date(2022, 5, 1)
    )
    return baseline


def test_compared_with_today(since_june: Baseline) -> None:
    found = compare(plan_of(since_june), plan_of_today())
    late, early = found.moved
    assert late.end_slip
    assert (late.new.title, late.start_slip, late.end_slip.words) == ("遅れ", None, "3か月遅れ")
    (mile,) = late.milestones
    assert (mile.old, mile.new) == (Quarter(FiscalYear(2023), 4), Quarter(FiscalYear(2024), 1))
    assert [move.reason for move in late.reasons] == [REASON]
    assert early.end_slip
    assert (early.end_slip.words, early.reasons) == ("1か月前倒し", [])
    assert [held.title for held in found.added] == ["新しい"]
    assert [(gone.held.title, gone.cancelled, gone.reason) for gone in found.removed] == [
        ("中止", True, "国の事業に統合。"), ("保管", False, "二重に登録。"),
    ]  # fmt: skip
    assert found.unchanged == 1


def test_compared_with_another_one_the_older_stands_first(
    since_june: Baseline, secretary: Any, client_for: Any
) -> None:
    october = frozen(secretary, "十月")
    client = client_for(secretary)
    for one, other in ((since_june, october), (october, since_june)):
        found = client.get(f"{one.get_absolute_url()}?with={other.address}").context["comparison"]
        assert (found.old.baseline, found.new.baseline) == (since_june, october)
        assert (len(found.moved), len(found.added), len(found.removed), found.unchanged) == (2, 1, 2, 1)
    found = client.get(october.get_absolute_url()).context["comparison"]
    assert (found.moved, found.added, found.removed, found.unchanged) == ([], [], [], 5)
    assert client.get(f"{october.get_absolute_url()}?with={uuid4()}").status_code == 404


def test_what_slipped_is_a_figure_that_opens_its_list(since_june: Baseline, secretary: Any, client_for: Any) -> None:
    figure, here, client = figures["roadmap.initiatives_slipped"], standpoint_today(secretary), client_for(secretary)
    assert figure.count(here) == client.get(figure.link(here)).context["total"] == 1
    assert [(row.held, row.slipped) for row in baseline_list(secretary)] == [(5, 1)]
    Initiative.objects.filter(title="遅れ").update(status="cancelled")
    assert figure.count(here) == 0


def test_the_pages(since_june: Baseline, secretary: Any, client_for: Any) -> None:
    client, reader = client_for(secretary), client_for(user_with("viewer"))
    assert "六月" in text_of(reader.get("/roadmap/baselines/"))
    page = text_of(reader.get(since_june.get_absolute_url()))
    for words in ("3か月遅れ", "1か月前倒し", REASON, "国の事業に統合。", "二重に登録。", "R6.3.31"):
        assert words in page, words
    for url in ("/roadmap/baselines/freeze/", f"{since_june.get_absolute_url()}archive/"):
        assert reader.get(url).status_code == 403
    form = {**form_of(client.get("/roadmap/baselines/freeze/"), "name"), "name": "十月の計画"}
    for _click in range(2):
        response = client.post("/roadmap/baselines/freeze/", form)
        assert response["Location"] == Baseline.objects.get(name="十月の計画").get_absolute_url()
    assert Baseline.objects.count() == 2
    response = client.post("/roadmap/baselines/freeze/", {"uid": uuid4(), "name": "六月"})
    assert response.status_code == 422
    assert client.post(f"{since_june.get_absolute_url()}archive/", {"reason": "使わない。"}).status_code == 302
    assert client.get(since_june.get_absolute_url()).status_code == 404


def test_the_comparison_as_a_workbook(since_june: Baseline, client_for: Any) -> None:
    response = client_for(user_with("viewer")).get(f"{since_june.get_absolute_url()}?format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[1]).startswith("R-")]
    assert [row[2] for row in rows] == ["遅れ", "前倒し", "新しい", "中止", "保管"]
    assert rows[0][9:] == ("3か月遅れ", "開始 R5 第4四半期 → R6 第1四半期", REASON)


@pytest.mark.parametrize("page", ["/roadmap/baselines/", "detail"])
def test_a_page_asks_as_often_for_thirty_rows_as_for_three(page: str, secretary: Any, client_for: Any) -> None:
    client, counts = client_for(secretary), []
    for number in (3, 30):
        made = [InitiativeFactory() for _n in range(number)]
        Milestone.objects.bulk_create(
            Milestone(initiative=each, fiscal_year=FiscalYear(2023), quarter=1, text="節目") for each in made
        )
        baseline = frozen(secretary, f"計画{number}")
        for each in made:
            Initiative.objects.filter(pk=each.pk).update(ends_on=date(2024, 6, 30))
            InitiativeMove.objects.create(initiative=each, reason=REASON, moved_on=date(2022, 10, 14))
        url = baseline.get_absolute_url() if page == "detail" else page
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
