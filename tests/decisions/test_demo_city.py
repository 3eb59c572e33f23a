"""The meetings and directives of the demo city, as they stand on 14 October 2022."""

from typing import Any

import pytest

from apps.core.registry import standpoint_today
from apps.decisions import figures
from apps.decisions.models import Directive, Meeting
from tests.city.demo_city import person
from tests.pages import text_of

pytestmark = pytest.mark.usefixtures("demo_city")


def test_the_figures_of_the_city() -> None:
    """Of six directives one is completed; DIR-2022-01 was due on 30 September."""
    here = standpoint_today(person("u021"))
    assert figures.MEETINGS.count(here) == 3
    assert figures.DIRECTIVES_OPEN.count(here) == 5
    assert figures.DIRECTIVES_LATE.count(here) == 1
    assert [late.source_key for late in figures.late(here)] == ["DIR-2022-01"]
    assert [row["value"] for row in figures.DIRECTIVES_BY_STATUS.count(here)] == [1, 4, 1]


def test_the_late_one_says_by_how_many_days() -> None:
    assert Directive.objects.get(source_key="DIR-2022-01").days_over == 14


@pytest.mark.parametrize(("key", "draft"), [("MTG-2022-01", False), ("MTG-2022-02", False), ("MTG-2022-03", True)])
def test_the_minutes_of_the_last_meeting_are_a_draft(key: str, draft: bool, client_for: Any) -> None:
    meeting = Meeting.objects.get(source_key=key)
    page = text_of(client_for(person("u021")).get(meeting.get_absolute_url()))
    assert meeting.has_draft_minutes is draft
    assert ("notice--warn" in page) is draft


def test_an_officer_reads_the_agenda_but_not_the_proposals(client_for: Any) -> None:
    meeting = Meeting.objects.get(source_key="MTG-2022-03")
    officer, secretary = (
        text_of(client_for(person(number)).get(meeting.get_absolute_url())) for number in ("u021", "u006")
    )
    assert all("令和5年度予算要求に向けた重点案件" in page for page in (officer, secretary))
    assert ("スマート窓口導入事業" in officer, "スマート窓口導入事業" in secretary) == (False, True)
    assert "33,320" not in secretary
