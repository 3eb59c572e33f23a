"""The pages of a hurdle, a common hurdle and a solved case ask the database as often for many parts as for few."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.core.models import Attachment, Comment, Watch
from apps.core.record_kinds import kind_of
from apps.hurdles.models import ProgressUpdate, Resolution, TargetMove
from apps.hurdles.services import defer_hurdle, resume_hurdle
from tests.factories import (
    CommonHurdleFactory,
    EndorsementFactory,
    HurdleFactory,
    LegalBasisFactory,
    SolvedCaseFactory,
    UnitFactory,
    UserFactory,
    user_with,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY
FEW, MANY = 3, 30


def about(record: Any) -> dict[str, Any]:
    return {"kind": kind_of(record).name, "record": record.uid}


def comment(record: Any, place: int) -> None:
    Comment.objects.create(**about(record), author=UserFactory(), text=f"確認{place}", said_at=clock.now())


def attach(record: Any, place: int) -> None:
    said = {"content_type": "text/plain", "size": 3, "sha256": f"{place:064d}"}
    Attachment.objects.create(
        **about(record), name=f"表{place}.txt", added_by=UserFactory(), added_at=clock.now(), **said
    )


def watch(record: Any, _place: int) -> None:
    Watch.objects.create(**about(record), person=UserFactory(), since=clock.now())


def progress(hurdle: Any, place: int) -> None:
    day = TODAY - timedelta(days=place)
    said = {"happened_on": day, "health": "on_track", "text": f"進んだ{place}"}
    ProgressUpdate.objects.create(hurdle=hurdle, written_by=UserFactory(), **said)


def move(hurdle: Any, place: int) -> None:
    new = TODAY + timedelta(days=place + 1)
    dates = {"old_date": TODAY + timedelta(days=place), "new_date": new, "asked_on": TODAY}
    TargetMove.objects.create(hurdle=hurdle, reason="審査が延びた。", asked_by=UserFactory(), **dates)


def endorse(hurdle: Any, _place: int) -> None:
    EndorsementFactory(hurdle=hurdle, endorsed_by=UserFactory())


def base(hurdle: Any, _place: int) -> None:
    LegalBasisFactory(hurdle=hurdle)


def resolve(hurdle: Any, _place: int) -> None:
    people = {"proposed_by": UserFactory(), "decided_by": UserFactory()}
    days = {"proposed_on": TODAY, "decided_on": TODAY}
    Resolution.objects.create(
        hurdle=hurdle, evidence="様式がない。", confirmed=False, answer="まだ残る。", **people, **days
    )


def go_on(hurdle: Any, place: int) -> None:
    """Two entries of the history, by different people."""
    (defer_hurdle if hurdle.status != "deferred" else resume_hurdle)(
        hurdle=hurdle, reason=f"方針を待つ{place}", by=user_with("secretariat")
    )


def member(common: Any, _place: int) -> None:
    common.member_links.create(hurdle=HurdleFactory(owning_unit=UnitFactory()))


def adopt(case: Any, _place: int) -> None:
    case.adoption_links.create(unit=UnitFactory(), adopted_on=TODAY, hours_saved=5)


OF_A_HURDLE = (comment, attach, watch, progress, move, endorse, base, resolve, go_on)
PARTS: list[tuple[Any, Callable[[Any, int], None]]] = [
    *((HurdleFactory, part) for part in OF_A_HURDLE),
    *((CommonHurdleFactory, part) for part in (member, comment, attach, watch)),
    *((SolvedCaseFactory, part) for part in (adopt, comment, attach, watch)),
]


def queries_of(client: Any, record: Any) -> int:
    client.get(record.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(record.get_absolute_url()).status_code == 200
    return len(queries)


@pytest.mark.parametrize("role", ["secretariat", "member"])
@pytest.mark.parametrize(("factory", "part"), PARTS, ids=lambda each: getattr(each, "__name__", ""))
def test_as_often_for_thirty_as_for_three(factory: Any, part: Any, role: str, client_for: Any) -> None:
    client, record = client_for(user_with(role)), factory()
    if factory is HurdleFactory:
        record = factory(owning_unit=UnitFactory(), reporter=UserFactory(), status="organizing")
    for place in range(FEW):
        part(record, place)
    # One of the two states of a hurdle that comes and goes offers more acts; three and twenty-nine end in the same.
    few = queries_of(client, record)
    for place in range(FEW, MANY - 1 if part is go_on else MANY):
        part(record, place)
    assert queries_of(client, record) == few


def test_the_story_tells_dates_states_and_progress(client_for: Any) -> None:
    secretary = user_with("secretariat")
    hurdle = HurdleFactory(owning_unit=UnitFactory(), status="organizing")
    dates = {"asked_by": secretary, "asked_on": date(2022, 7, 1)}
    TargetMove.objects.create(hurdle=hurdle, new_date=date(2022, 12, 28), **dates)
    move = {**dates, "asked_on": date(2022, 9, 1), "old_date": date(2022, 12, 28), "new_date": date(2023, 3, 31)}
    TargetMove.objects.create(hurdle=hurdle, reason="公募要領が2月に示される。", **move)
    TargetMove.objects.create(hurdle=hurdle, reason="まだ待つ。", state="waiting", **move)
    ProgressUpdate.objects.create(
        hurdle=hurdle, happened_on=date(2022, 10, 3), health="on_track", text="審査に出した。"
    )
    defer_hurdle(hurdle=hurdle, reason="国の方針を待つ。", by=secretary)
    page = client_for(secretary).get(hurdle.get_absolute_url())
    assert [(told.day, str(told.what), told.text, told.is_key) for told in page.context["story"]] == [
        (TODAY, "見送り", "国の方針を待つ。", True),
        (date(2022, 10, 3), "進捗", "審査に出した。", False),
        (date(2022, 9, 1), "期限 令和4年12月28日→令和5年3月31日", "公募要領が2月に示される。", False),
        (date(2022, 7, 1), "期限 令和4年12月28日（当初の約束）", "", False),
        (date(2021, 6, 1), "報告", "", False),
    ]


def test_the_head_has_three_buttons_and_a_menu_of_groups(client_for: Any) -> None:
    hurdle = HurdleFactory(owning_unit=UnitFactory(), status="policy_set")
    menu = client_for(user_with("secretariat")).get(hurdle.get_absolute_url()).context["menu"]
    looks = [(str(act.label), act.look) for act in menu["buttons"]]
    assert looks == [("進捗を書く", "primary"), ("次にすることを決める", "second"), ("期限を決める", "second")]
    assert [(str(name), [str(act.label) for act in acts]) for name, acts in menu["groups"]] == [
        (
            "進める",
            [
                "解消を申し出る",
                "直す",
                "対応を始める",
                "方針を作成する",
                "このための取組を加える",
                "妨げている将来像を選ぶ",
                "解消に役立つ研修を追加する",
            ],
        ),
        ("見解", ["所管課に見解を求める"]),
        ("統合・見送り", ["見送る", "別のハードルに統合する", "全庁的ハードルを作成する"]),
    ]
    assert menu["others"] == []


def test_who_may_nothing_reads_who_may(client_for: Any) -> None:
    unit = UnitFactory()
    hurdle = HurdleFactory(reporting_unit=unit, owning_unit=unit, status="submitted")
    page = client_for(user_with("auditor")).get(hurdle.get_absolute_url())
    menu = page.context["menu"]
    assert (menu["buttons"], menu["groups"]) == ([], [])
    others = {str(label): str(who) for label, who in menu["others"]}
    assert others["別のハードルに統合する"] == "統合できるのは事務局です。"
    assert others["見送る"] == "見送れるのは事務局です。"
    words = text_of(page)
    assert "まだ検討していません" in words
    assert ">直す<" not in words
