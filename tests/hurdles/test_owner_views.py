"""The owning section's view: asked with a date, answered with a reason, told to the reporter. Silence is no bar."""

from datetime import date
from typing import Any

import pytest

from apps.core.history import entries_of
from apps.core.models import Notice
from apps.core.permissions import Forbidden, permitted
from apps.core.transitions import Unmet, WrongState
from apps.core.waiting import tasks_of
from apps.hurdles.models import OwnerView
from apps.hurdles.selectors import visible_to
from apps.hurdles.services import answer_owner_view, ask_owner_view
from apps.organization.choices import RoleKind
from tests.factories import HurdleFactory, OwnerViewFactory, UnitFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

TODAY, YESTERDAY = date(2022, 10, 14), date(2022, 10, 13)
ROLES = [role.value for role in RoleKind]


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


class TestAsking:
    def test_the_unit_becomes_the_owner_sees_the_hurdle_and_is_told(self, secretary: Any) -> None:
        owner, bystander = user_with("promoter"), user_with("viewer")
        hurdle = HurdleFactory(title="押印の廃止")
        assert not visible_to(owner).exists()
        view = ask_owner_view(hurdle=hurdle, unit=owner.unit, by=secretary)
        assert (view.asked_on, view.due_on, view.answer) == (TODAY, date(2022, 10, 28), "")
        hurdle.refresh_from_db()
        assert hurdle.owning_unit == owner.unit
        assert visible_to(owner).get() == hurdle
        assert not visible_to(bystander).exists()
        notice = Notice.objects.get()
        assert notice.person == owner
        assert notice.text == (
            f"{owner.unit.name}に、{hurdle.number}「押印の廃止」への見解を令和4年10月28日までに求めています。"
        )
        entry = entries_of(hurdle, parts=["owner_views"])[0]
        assert entry.verb == "所管課に見解を求めた"
        assert {change.label for change in entry.changes} >= {"所管課"}

    @pytest.mark.parametrize("role", ROLES)
    def test_only_the_secretariat_asks(self, role: str) -> None:
        hurdle, unit, user = HurdleFactory(), UnitFactory(), user_with(role)
        if role == "secretariat":
            assert ask_owner_view(hurdle=hurdle, unit=unit, by=user).unit == unit
            return
        with pytest.raises(Forbidden, match="見解を求めるのは事務局です"):
            ask_owner_view(hurdle=hurdle, unit=unit, by=user)
        assert not OwnerView.objects.exists()

    def test_the_reporting_unit_is_not_asked(self, secretary: Any) -> None:
        hurdle = HurdleFactory()
        with pytest.raises(Unmet, match="見解は求めません"):
            ask_owner_view(hurdle=hurdle, unit=hurdle.reporting_unit, by=secretary)

    @pytest.mark.parametrize("status", ["draft", "resolved", "deferred", "merged"])
    def test_no_draft_and_nothing_that_has_ended(self, status: str, secretary: Any) -> None:
        with pytest.raises(Unmet, match="見解を求められません"):
            ask_owner_view(hurdle=HurdleFactory(status=status), unit=UnitFactory(), by=secretary)

    @pytest.mark.parametrize(
        ("earlier", "refusal"),
        [
            ({"due_on": TODAY}, "期限がまだ過ぎていません"),
            ({"due_on": YESTERDAY}, None),
            ({"answer": "difficult", "due_on": TODAY}, None),
            ({"asked_on": TODAY, "due_on": TODAY, "answer": "difficult", "answered_on": TODAY}, "今日すでに"),
        ],
    )
    def test_again_only_when_the_date_has_passed_or_an_answer_has_come(
        self, earlier: dict[str, Any], refusal: str | None, secretary: Any
    ) -> None:
        first = OwnerViewFactory(**earlier)
        if refusal:
            with pytest.raises(Unmet, match=refusal):
                ask_owner_view(hurdle=first.hurdle, unit=first.unit, by=secretary)
        else:
            ask_owner_view(hurdle=first.hurdle, unit=first.unit, by=secretary)
        assert OwnerView.objects.count() == (1 if refusal else 2)

    def test_a_date_that_has_passed_is_refused(self, secretary: Any) -> None:
        with pytest.raises(Unmet, match="今日より前"):
            ask_owner_view(hurdle=HurdleFactory(), unit=UnitFactory(), due_on=YESTERDAY, by=secretary)


class TestAnswering:
    @pytest.mark.parametrize("role", ROLES)
    @pytest.mark.parametrize("place", ["asked", "other"])
    def test_who_speaks_for_the_unit(self, role: str, place: str) -> None:
        view = OwnerViewFactory(due_on=TODAY)
        user = user_with(role, unit=view.unit) if place == "asked" else user_with(role)
        speaks = role == "secretariat" or (place == "asked" and role in {"promoter", "manager", "member"})
        assert permitted(user, "hurdles.answer_owner_view", view) is speaks
        if speaks:
            answer_owner_view(view=view, answer="possible", reason="", by=user)
        else:
            with pytest.raises(Forbidden, match="推進員、所属長、推進チーム員"):
                answer_owner_view(view=view, answer="possible", reason="", by=user)
        view.refresh_from_db()
        assert (view.answer, view.answered_on) == (("possible", TODAY) if speaks else ("", None))

    def test_all_staff_see_it_and_the_reporter_is_told(self) -> None:
        reporter, owner, anyone = user_with("viewer"), user_with("manager"), user_with("viewer")
        hurdle = HurdleFactory(
            reporting_unit=reporter.unit, reporter=reporter, owning_unit=owner.unit, title="押印の廃止"
        )
        view = OwnerViewFactory(hurdle=hurdle, due_on=TODAY)
        assert not visible_to(anyone).exists()
        answer_owner_view(view=view, answer="conditional", reason="条例の改正が要る。", by=owner)
        assert visible_to(anyone).get() == hurdle
        notice = Notice.objects.get()
        assert notice.person == reporter
        assert notice.text == f"{owner.unit.name}が、{hurdle.number}「押印の廃止」に見解を答えました：条件付。"
        entry = entries_of(hurdle, parts=["owner_views"])[0]
        assert (entry.verb, entry.reason) == ("所管課の見解", "条例の改正が要る。")

    @pytest.mark.parametrize("answer", ["conditional", "difficult"])
    @pytest.mark.parametrize("reason", ["", " \u3000\n"])
    def test_a_condition_and_a_difficulty_need_a_reason(self, answer: str, reason: str, secretary: Any) -> None:
        view = OwnerViewFactory(due_on=TODAY)
        with pytest.raises(Unmet, match="理由が要ります"):
            answer_owner_view(view=view, answer=answer, reason=reason, by=secretary)

    def test_once_and_late_is_better_than_never(self, secretary: Any) -> None:
        view = OwnerViewFactory(due_on=YESTERDAY)
        answer_owner_view(view=view, answer="possible", reason="", by=secretary)
        with pytest.raises(WrongState, match="回答済み"):
            answer_owner_view(view=view, answer="difficult", reason="理由", by=secretary)
        view.refresh_from_db()
        assert (view.answer, view.answered_on) == ("possible", TODAY)


class TestPages:
    def test_from_the_question_to_the_answer(self, secretary: Any, client_for: Any) -> None:
        reporter, owner = user_with("viewer"), user_with("promoter")
        hurdle = HurdleFactory(reporting_unit=reporter.unit, reporter=reporter, owning_unit=owner.unit)
        url, desk = hurdle.get_absolute_url(), client_for(secretary)
        assert f'{url}view/ask/"' in text_of(desk.get(url))
        form = form_of(desk.get(f"{url}view/ask/"), "due_on")
        assert (form["owning_unit"], form["due_on"]) == (str(owner.unit.pk), "令和4年10月28日")
        page = text_of(desk.post(f"{url}view/ask/", form, follow=True))
        assert f"{owner.unit.name}に見解を求めました。" in page
        assert desk.post(f"{url}view/ask/", form).status_code == 422, "a second click asks nothing twice"
        client = client_for(owner)
        (task,) = tasks_of(owner)
        assert (task.due, task.url, task.is_late) == (date(2022, 10, 28), f"{url}view/answer/", False)
        form = form_of(client.get(task.url), "reason")
        refused = client.post(task.url, form | {"answer": "difficult", "reason": " "})
        assert refused.status_code == 422
        assert "理由が要ります" in text_of(refused)
        nasty = "<script>alert(1)</script>髙𠮷\ufa19=cmd|'/C calc'!A0"
        page = text_of(client.post(task.url, form | {"answer": "difficult", "reason": nasty}, follow=True))
        assert "&lt;script&gt;alert(1)&lt;/script&gt;髙𠮷\ufa19" in page
        assert "<script>alert" not in page
        assert "困難" in text_of(client_for(user_with("viewer")).get(url))
        owner_again = type(owner).objects.get(pk=owner.pk)
        assert tasks_of(owner_again) == []

    def test_nothing_to_answer_is_404_and_others_are_told_who_may(self, client_for: Any) -> None:
        hurdle = HurdleFactory()
        assert client_for(user_with("secretariat")).get(f"{hurdle.get_absolute_url()}view/answer/").status_code == 404
        view = OwnerViewFactory(due_on=YESTERDAY)
        for page in ("answer", "ask"):
            response = client_for(user_with("viewer")).get(f"{view.hurdle.get_absolute_url()}view/{page}/")
            assert response.status_code == 403
            assert "事務局" in text_of(response)


def test_what_waits() -> None:
    secretary, owner = user_with("secretariat"), user_with("member")
    silent = OwnerViewFactory(due_on=YESTERDAY, hurdle__owning_unit=owner.unit, hurdle__title="静かな件")
    OwnerViewFactory(due_on=TODAY, hurdle__title="待っている件")
    OwnerViewFactory(due_on=YESTERDAY, answer="possible", hurdle__title="答えた件")
    OwnerViewFactory(due_on=YESTERDAY, hurdle__status="resolved", hurdle__title="終わった件")
    moved = OwnerViewFactory(due_on=YESTERDAY, hurdle__title="所管が移った件").hurdle
    moved.owning_unit = UnitFactory()
    moved.save()
    titles = [task.title for task in tasks_of(secretary) if "view" in task.url]
    assert titles == ["回答なし：静かな件"]
    assert [(task.title, task.is_late) for task in tasks_of(owner)] == [("見解を答える：静かな件", True)]
    assert silent.answer == ""
    assert tasks_of(user_with("viewer", unit=owner.unit)) == []


class TestNobodyWaitsUnseen:
    def test_what_was_taken_up_waits_for_the_secretariat_until_the_owner_is_asked(self, secretary: Any) -> None:
        owner, unit = user_with("promoter"), UnitFactory()
        hurdle = HurdleFactory(status="organizing", owning_unit=owner.unit, title="押印の廃止")
        HurdleFactory(status="organizing", title="所管課が未定")
        HurdleFactory(status="submitted", owning_unit=owner.unit)
        HurdleFactory(status="organizing", reporting_unit=unit, owning_unit=unit)
        assert unasked(secretary) == ["所管課に見解を求める：所管課が未定", "所管課に見解を求める：押印の廃止"]
        assert unasked(owner) == []
        ask_owner_view(hurdle=hurdle, unit=owner.unit, by=secretary)
        assert unasked(secretary) == ["所管課に見解を求める：所管課が未定"]

    def test_the_owner_reads_where_it_answers_what_the_secretariat_wants_to_know(
        self, secretary: Any, client_for: Any
    ) -> None:
        owner = user_with("promoter")
        hurdle = HurdleFactory(status="organizing")
        ask_owner_view(hurdle=hurdle, unit=owner.unit, by=secretary, reason="規則との関係を教えてください。")
        page = text_of(client_for(owner).get(f"{hurdle.get_absolute_url()}view/answer/"))
        assert "<dt>事務局から</dt><dd>規則との関係を教えてください。</dd>" in page

    def test_the_secretariat_hears_the_answer(self, secretary: Any) -> None:
        owner = user_with("promoter")
        hurdle = HurdleFactory(status="organizing", title="押印の廃止")
        view = ask_owner_view(hurdle=hurdle, unit=owner.unit, by=secretary)
        answer_owner_view(view=view, answer="possible", reason="", by=owner)
        assert secretary.notices.get().text == (
            f"{owner.unit.name}が、{hurdle.number}「押印の廃止」に見解を答えました：対応可。"
        )

    def test_asking_and_answering_come_first_in_the_head_while_they_wait(self, secretary: Any, client_for: Any) -> None:
        owner = user_with("promoter")
        hurdle = HurdleFactory(status="organizing", owning_unit=owner.unit)
        assert first_button(client_for(secretary), hurdle) == "所管課に見解を求める"
        assert text_of(client_for(secretary).get(hurdle.get_absolute_url())).count("view/ask/") == 1, (
            "one button for it"
        )
        ask_owner_view(hurdle=hurdle, unit=owner.unit, by=secretary)
        assert first_button(client_for(owner), hurdle) == "見解を答える"
        assert first_button(client_for(secretary), hurdle) == "進捗を書く"
        page = client_for(secretary).get(hurdle.get_absolute_url())
        assert page.context["sight"]["who"] == "登録した課、所管課、推進チーム、本部、事務局"
        assert "所管課に代わって見解を入力する" in text_of(page)


def unasked(user: Any) -> list[str]:
    return sorted(task.title for task in tasks_of(user) if task.title.startswith("所管課に見解を求める"))


def first_button(client: Any, hurdle: Any) -> str:
    return str(client.get(hurdle.get_absolute_url()).context["menu"]["buttons"][0].label)
