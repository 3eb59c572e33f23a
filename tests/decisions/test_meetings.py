"""Meetings and decisions: who reads them, what they link, and what a draft of minutes says of itself."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.registry import Standpoint, panels_for
from apps.decisions import figures
from apps.decisions.selectors import decisions_visible_to, directives_visible_to, meetings_visible_to
from apps.organization.choices import RoleKind
from tests.factories import (
    AgendaHurdleFactory,
    AgendaItemFactory,
    AgendaProposalFactory,
    AttendanceFactory,
    BodyFactory,
    DecisionFactory,
    DirectiveFactory,
    DirectiveUnitFactory,
    HurdleFactory,
    MeetingFactory,
    PolicyFactory,
    ProposalFactory,
    UserFactory,
    user_with,
)
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

LIST, DECISIONS = "/decisions/", "/decisions/list/"
ROLES = [role.value for role in RoleKind]
WRITTEN = declare_event("decisions.test.written", "書いた")


@pytest.fixture
def client(client_for: Any) -> Any:
    """The secretariat's browser."""
    return client_for(user_with("secretariat"))


def rows(client: Any, address: str, key: str) -> list[Any]:
    """One column of a list, in its order, read from its file for scripts."""
    response = client.get(f"{address}{'&' if '?' in address else '?'}format=json")
    assert response.status_code == 200, text_of(response)
    return [row[key] for row in response.json()]


@pytest.mark.parametrize("role", ROLES)
def test_whoever_holds_a_role_reads_everything(role: str, client_for: Any) -> None:
    user = user_with(role)
    client = client_for(user)
    meeting = MeetingFactory()
    directive, decision = DirectiveFactory(meeting=meeting), DecisionFactory(meeting=meeting)
    assert set(meetings_visible_to(user)) == {meeting}
    assert set(directives_visible_to(user)) == {directive}
    assert set(decisions_visible_to(user)) == {decision}
    for address in (
        LIST,
        DECISIONS,
        "/decisions/directives/",
        meeting.get_absolute_url(),
        directive.get_absolute_url(),
    ):
        assert client.get(address).status_code == 200, address


def test_without_a_role_nothing_is_read(client_for: Any) -> None:
    user = user_with()
    client = client_for(user)
    meeting = MeetingFactory()
    directive = DirectiveFactory()
    DecisionFactory()
    for visible in (meetings_visible_to, directives_visible_to, decisions_visible_to):
        assert not visible(user).exists()
    for address in (LIST, DECISIONS, "/decisions/directives/"):
        assert client.get(address).status_code == 403
    for record in (meeting, directive):
        assert client.get(record.get_absolute_url()).status_code == 404


def test_what_is_archived_or_unknown_does_not_exist(client: Any) -> None:
    archived = {"archived_at": "2022-10-01T00:00+09:00"}
    meeting, directive = MeetingFactory(**archived), DirectiveFactory(**archived)
    DecisionFactory(text="消えた決定", **archived)
    for address in (meeting.get_absolute_url(), directive.get_absolute_url(), "/decisions/meetings/M-2022-9999/"):
        assert client.get(address).status_code == 404
    assert rows(client, LIST, "name") == rows(client, DECISIONS, "text") == []


class TestMeetingList:
    def test_each_filter(self, client: Any) -> None:
        team = BodyFactory(key="TEAM", name="推進チーム")
        MeetingFactory(name="第1回本部会議", held_on="2022-06-03")
        MeetingFactory(name="第4回チーム会議", body=team, held_on="2022-09-16", place="第2会議室")
        MeetingFactory(name="昨年度の会議", held_on="2022-03-31")
        for query, expected in {
            "?body=TEAM": ["第4回チーム会議"],
            "?year=2022": ["第4回チーム会議", "第1回本部会議"],
            "?year=2021": ["昨年度の会議"],
            f"?q={quote('ほんぶ')}": [],
            f"?q={quote('ﾁｰﾑ')}": ["第4回チーム会議"],
            f"?q={quote('第２会議室')}": ["第4回チーム会議"],
            "": ["第4回チーム会議", "第1回本部会議", "昨年度の会議"],
            "?sort=held_on": ["昨年度の会議", "第1回本部会議", "第4回チーム会議"],
        }.items():
            assert rows(client, f"{LIST}{query}", "name") == expected, query

    @pytest.mark.parametrize("query", ["?colour=red", "?sort=place", "?format=pdf", "?year=1999", "?body=none"])
    def test_what_the_list_does_not_know_is_refused(self, query: str, client: Any) -> None:
        MeetingFactory(name="見えないはず")
        response = client.get(f"{LIST}{query}")
        assert response.status_code == 400
        assert "見えないはず" not in text_of(response)

    def test_counts_of_items_and_of_open_directives(self, client: Any) -> None:
        meeting = MeetingFactory()
        for status in ("issued", "started", "report_due", "completed", "withdrawn"):
            DirectiveFactory(meeting=meeting, status=status)
            AgendaItemFactory(meeting=meeting)
        DirectiveFactory(meeting=meeting, archived_at="2022-10-01T00:00+09:00")
        MeetingFactory(held_on="2022-05-01")
        assert rows(client, LIST, "agenda") == [5, 0]
        assert rows(client, LIST, "directives") == [3, 0]
        assert rows(client, f"{LIST}?sort=directives", "directives") == [0, 3]

    @pytest.mark.parametrize("kind", ["csv", "csv-cp932", "xlsx", "json"])
    def test_every_file_holds_every_row(self, kind: str, client: Any) -> None:
        for _each in range(23):
            MeetingFactory(name="=cmd|'/C calc'!A0")
        assert client.get(f"{LIST}?size=20").context["total"] == 23
        response = client.get(f"{LIST}?size=20&format={kind}")
        assert 'filename="meetings-20221014' in response["Content-Disposition"]
        if kind.startswith("csv"):
            text = b"".join(response).decode("cp932" if kind == "csv-cp932" else "utf-8-sig")
            assert text.count("'=cmd|'/C calc'!A0") == 23
        elif kind == "json":
            assert len(response.json()) == 23


class TestMeetingPage:
    def test_who_was_there(self, client: Any) -> None:
        meeting = MeetingFactory(chair=UserFactory(name="座長 太郎"))
        AttendanceFactory(meeting=meeting, name="", user=UserFactory(name="髙橋 <b>"))
        AttendanceFactory(meeting=meeting, name="外部 専門家")
        AttendanceFactory(meeting=meeting, name="消防総務課長", presence="proxy", stands_in_for="消防長")
        AttendanceFactory(meeting=meeting, name="危機管理部長", presence="absent")
        response = client.get(meeting.get_absolute_url())
        attendance = response.context["attendance"]
        assert {key: [str(row) for row in found] for key, found in attendance.items()} == {
            "present": ["髙橋 <b>", "外部 専門家"],
            "proxy": ["消防総務課長"],
            "absent": ["危機管理部長"],
        }
        page = text_of(response)
        for words in ("座長 太郎", "髙橋 &lt;b&gt;、外部 専門家", "消防長", "危機管理部長"):
            assert words in page

    def test_the_agenda_with_what_was_decided(self, client: Any) -> None:
        meeting = MeetingFactory()
        second = AgendaItemFactory(meeting=meeting, order=2, title="後の議題")
        first = AgendaItemFactory(
            meeting=meeting, order=1, title="<b>𠮷</b>", outcome="approved_with_changes", material_number="資料3"
        )
        DecisionFactory(
            meeting=meeting, item=first, text="令和5年4月に\n<i>廃止する</i>", policy=PolicyFactory(title="押印の方針")
        )
        DecisionFactory(meeting=meeting, text="議題の外で決めたこと")
        response = client.get(meeting.get_absolute_url())
        assert response.context["agenda"] == [first, second]
        page = text_of(response)
        for words in (
            "&lt;b&gt;𠮷&lt;/b&gt;",
            "資料3",
            "&lt;i&gt;廃止する&lt;/i&gt;",
            "押印の方針",
            "議題の外で決めたこと",
        ):
            assert words in page
        assert page.index("廃止する") < page.index("後の議題")
        assert "chip--green chip--full" in page

    @pytest.mark.parametrize(
        ("held_on", "status", "draft", "chip"),
        [
            ("2022-10-14", "draft", True, "orange half"),
            ("2022-10-12", "confirmed", False, "green full"),
            ("2022-10-15", "draft", False, "plain"),
        ],
    )
    def test_a_draft_of_minutes_says_so(self, held_on: str, status: str, draft: bool, chip: str, client: Any) -> None:
        meeting = MeetingFactory(held_on=held_on, minutes_status=status)
        response = client.get(meeting.get_absolute_url())
        assert response.context["minutes"]["chip"] == chip
        assert ("notice--warn" in text_of(response)) is draft
        assert ("令和4年6月17日" in text_of(response)) is (status == "confirmed")

    def test_hidden_records_are_not_named_and_amounts_never(self, client_for: Any) -> None:
        officer = user_with("promoter")
        item = AgendaItemFactory()
        AgendaHurdleFactory(item=item, hurdle__title="見えないハードル")
        AgendaHurdleFactory(item=item, hurdle=HurdleFactory(title="自課のハードル", reporting_unit=officer.unit))
        AgendaProposalFactory(item=item, proposal__name="見えない事業")
        own = ProposalFactory(name="自課の事業", requesting_unit=officer.unit, request_k=76_543)
        AgendaProposalFactory(item=item, proposal=own)
        DecisionFactory(
            meeting=item.meeting, item=item, text="決めたこと", policy=PolicyFactory(status="draft", title="案の方針")
        )
        hidden = ("見えないハードル", "見えない事業", "案の方針")
        for user, sees in ((officer, False), (user_with("member"), True)):
            page = text_of(client_for(user).get(item.meeting.get_absolute_url()))
            assert [words in page for words in hidden] == [sees] * 3
            assert all(words in page for words in ("自課のハードル", "自課の事業", "決めたこと"))
            assert "76,543" not in page

    def test_the_history_names_no_hidden_policy(self, client_for: Any) -> None:
        meeting = MeetingFactory()
        with act(WRITTEN, by="test"):
            item = AgendaItemFactory(meeting=meeting, title="書いた議題")
            decision = DecisionFactory(
                meeting=meeting, item=item, policy=PolicyFactory(status="draft", title="案の方針")
            )
        with act(WRITTEN, by="test"):
            decision.policy = None
            decision.save()
        for role, sees in (("promoter", False), ("member", True)):
            response = client_for(user_with(role)).get(meeting.get_absolute_url())
            assert ("案の方針" in text_of(response)) is sees
            told = [change.new for entry in response.context["entries"] for change in entry.changes]
            assert any("書いた議題" in words for words in told)

    def test_ids_are_unique(self, client: Any) -> None:
        meeting = MeetingFactory()
        DecisionFactory(meeting=meeting, text="議題の外")
        DirectiveFactory(meeting=meeting)
        ids = ids_of(client.get(meeting.get_absolute_url()))
        assert len(ids) == len(set(ids))

    def test_queries_do_not_grow(self, client: Any) -> None:
        meeting = MeetingFactory()
        counts = []
        for more in (1, 8):
            for _each in range(more):
                fill(meeting)
            client.get(meeting.get_absolute_url())
            with CaptureQueriesContext(connection) as queries:
                client.get(meeting.get_absolute_url())
            counts.append(len(queries))
        assert counts[0] == counts[1], counts
        assert counts[0] <= 35, counts


def fill(meeting: Any) -> None:
    """One more of everything that belongs to a meeting."""
    item = AgendaItemFactory(meeting=meeting, presenter_unit=UserFactory().unit, outcome="approved")
    AgendaHurdleFactory(item=item)
    AgendaProposalFactory(item=item)
    DecisionFactory(meeting=meeting, item=item, policy=PolicyFactory())
    DecisionFactory(meeting=meeting, policy=PolicyFactory())
    AttendanceFactory(meeting=meeting, user=UserFactory(), name="")
    DirectiveUnitFactory(directive=DirectiveFactory(meeting=meeting))


class TestDecisionList:
    def test_each_filter(self, client: Any) -> None:
        team = MeetingFactory(name="チーム会議", body=BodyFactory(key="TEAM", name="推進チーム"))
        item = AgendaItemFactory(meeting=team, title="将来像の共通項")
        DecisionFactory(text="十二項目に整理する", meeting=team, item=item, decided_on="2022-09-16")
        DecisionFactory(text="押印を廃止する", meeting=MeetingFactory(), decided_on="2022-06-03")
        DecisionFactory(text="慣行をやめる", approval_number="情戦第41号", decided_on="2022-03-31")
        for query, expected in {
            "": ["十二項目に整理する", "押印を廃止する", "慣行をやめる"],
            "?sort=decided_on": ["慣行をやめる", "押印を廃止する", "十二項目に整理する"],
            "?body=TEAM": ["十二項目に整理する"],
            "?body=null": ["慣行をやめる"],
            "?year=2021": ["慣行をやめる"],
            f"?q={quote('押 印')}": ["押印を廃止する"],
            f"?q={quote('ｷｮｳﾂｳ')}": [],
            f"?q={quote('共通項 整理')}": ["十二項目に整理する"],
            f"?q={quote('第４１号')}": ["慣行をやめる"],
            f"?q={quote('チーム会議')}&year=2022": ["十二項目に整理する"],
        }.items():
            assert rows(client, f"{DECISIONS}{query}", "text") == expected, query
        assert rows(client, DECISIONS, "decided_by")[::2] == ["チーム会議", "情戦第41号"]

    @pytest.mark.parametrize("query", ["?colour=red", "?sort=text", "?format=pdf", "?year=1999", "?body=none"])
    def test_what_the_list_does_not_know_is_refused(self, query: str, client: Any) -> None:
        assert client.get(f"{DECISIONS}{query}").status_code == 400

    def test_text_is_literal_and_a_hidden_policy_is_not_named(self, client_for: Any) -> None:
        DecisionFactory(text="<b>𠮷</b>", policy=PolicyFactory(status="draft", title="案の方針"))
        DecisionFactory(text="=cmd|x", policy=PolicyFactory(title="決まった方針"))
        officer, member = client_for(user_with("promoter")), client_for(user_with("member"))
        page = text_of(officer.get(DECISIONS))
        assert "&lt;b&gt;𠮷&lt;/b&gt;" in page
        assert ("案の方針" in page, "決まった方針" in page) == (False, True)
        assert "案の方針" in text_of(member.get(DECISIONS))
        assert "案の方針" not in b"".join(officer.get(f"{DECISIONS}?format=csv")).decode()
        assert "'=cmd|x" in b"".join(officer.get(f"{DECISIONS}?format=csv")).decode()


def test_queries_of_the_lists_do_not_grow(client: Any) -> None:
    counts = []
    for more in (2, 30):
        for _each in range(more):
            fill(MeetingFactory())
        client.get(LIST)
        for address in (
            f"{LIST}?size=100",
            f"{LIST}?format=json",
            f"{DECISIONS}?size=100&q=案",
            f"{DECISIONS}?format=csv",
        ):
            with CaptureQueriesContext(connection) as queries:
                b"".join(client.get(address))
            counts.append(len(queries))
    assert counts[:4] == counts[4:], counts
    assert max(counts) <= 13, counts


def test_the_figure_counts_the_meetings_of_its_list(client_for: Any) -> None:
    user = user_with("viewer")
    for day in ("2022-04-01", "2023-03-31", "2022-03-31", "2023-04-01"):
        MeetingFactory(held_on=day)
    here = Standpoint(user, FiscalYear(2022))
    assert figures.MEETINGS.count(here) == figures.MEETINGS.records(here).count() == 2
    assert client_for(user).get(figures.MEETINGS.link(here)).context["total"] == 2


def test_a_year_without_meetings_counts_none(client_for: Any) -> None:
    user = user_with("viewer")
    here = Standpoint(user, FiscalYear(2022))
    page = client_for(user).get(figures.MEETINGS.link(here))
    assert (page.status_code, page.context["total"], figures.MEETINGS.count(here)) == (200, 0, 0)


class TestPanels:
    def shown(self, page: str, record: Any, user: Any, key: str) -> list[Any]:
        return [row for panel in panels_for(page, record, user) for row in panel.get(key, [])]

    def test_a_hurdle_shows_its_meetings_and_directives(self, client_for: Any) -> None:
        user = user_with("promoter")
        hurdle = HurdleFactory(reporting_unit=user.unit)
        older = AgendaHurdleFactory(hurdle=hurdle, item__title="古い議題", item__meeting__held_on="2022-06-03").item
        newer = AgendaHurdleFactory(hurdle=hurdle, item__title="新しい議題", item__meeting__held_on="2022-10-12").item
        AgendaHurdleFactory(hurdle=hurdle, item__meeting__archived_at="2022-10-01T00:00+09:00")
        AgendaHurdleFactory()
        directive = DirectiveFactory(text="急ぐこと。", due_on="2022-09-30")
        directive.hurdle_links.create(hurdle=hurdle)
        assert self.shown("hurdles:hurdle-detail", hurdle, user, "items") == [newer, older]
        assert self.shown("hurdles:hurdle-detail", hurdle, user, "directives") == [directive]
        response = client_for(user).get(hurdle.get_absolute_url())
        page = text_of(response)
        assert page.index("新しい議題") < page.index("古い議題")
        assert all(words in page for words in ("急ぐこと。", 'class="is-late"', "14"))
        ids = ids_of(response)
        assert len(ids) == len(set(ids))

    def test_a_hurdle_that_nobody_spoke_of_shows_nothing(self, client: Any) -> None:
        assert "decisions-items" not in text_of(client.get(HurdleFactory().get_absolute_url()))

    def test_a_proposal_shows_its_agenda_items(self, client: Any) -> None:
        link = AgendaProposalFactory(item__title="重点案件")
        DecisionFactory(meeting=link.item.meeting, item=link.item, text="特別枠の対象とする。")
        page = text_of(client.get(link.proposal.get_absolute_url()))
        assert "重点案件" in page
        assert "特別枠の対象とする。" in page

    def test_a_policy_shows_by_what_it_was_decided(self, client: Any) -> None:
        decided = PolicyFactory(title="押印の方針", number="P-2022-0001")
        meeting = MeetingFactory(name="第1回本部会議")
        by_meeting = DecisionFactory(meeting=meeting, policy=decided, decided_on="2022-06-03")
        by_approval = DecisionFactory(approval_number="情戦第7号", policy=decided, decided_on="2022-07-01")
        DecisionFactory(policy=PolicyFactory(title="ほか"))
        user = user_with("viewer")
        assert self.shown("roadmap:policy-detail", decided, user, "decisions") == [by_approval, by_meeting]
        page = text_of(client.get(decided.get_absolute_url()))
        assert "第1回本部会議" in page
        assert "情戦第7号" in page
