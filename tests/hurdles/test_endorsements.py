"""Ours too: whose it may be, once a section, completed and taken back, and who is told."""

from datetime import date
from typing import Any

import pytest

from apps.core.history import entries_of
from apps.core.models import Notice, Watch
from apps.core.permissions import Forbidden, permitted
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet
from apps.hurdles.models import Endorsement
from apps.hurdles.services import change_endorsement, endorse_hurdle, withdraw_endorsement
from apps.organization.choices import RoleKind
from tests.factories import EndorsementFactory, HurdleFactory, OwnerViewFactory, UserFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

READERS = {"auditor", "administrator"}


def an_open_hurdle(**fields: Any) -> Any:
    return OwnerViewFactory(answer="possible", **{f"hurdle__{name}": value for name, value in fields.items()}).hurdle


class TestRights:
    @pytest.mark.parametrize("role", [role.value for role in RoleKind])
    def test_all_who_work_say_it_for_their_own_section(self, role: str) -> None:
        hurdle, user = an_open_hurdle(), user_with(role)
        own = HurdleFactory(reporting_unit=user.unit)
        assert permitted(user, "hurdles.endorse_hurdle", hurdle) is (role not in READERS)
        with pytest.raises(Forbidden, match="登録した課を除く"):
            endorse_hurdle(hurdle=own, example="", by=user)
        if role in READERS:
            with pytest.raises(Forbidden):
                endorse_hurdle(hurdle=hurdle, example="", by=user)
        else:
            assert endorse_hurdle(hurdle=hurdle, example="", by=user).unit == user.unit
        assert Endorsement.objects.count() == (role not in READERS)

    @pytest.mark.parametrize("role", [role.value for role in RoleKind])
    def test_the_section_and_the_secretariat_change_it(self, role: str) -> None:
        user = user_with(role)
        own, other = EndorsementFactory(unit=user.unit), EndorsementFactory()
        for verb in ("change", "withdraw"):
            name = f"hurdles.{verb}_endorsement"
            assert permitted(user, name, own) is (role not in READERS)
            assert permitted(user, name, other) is (role == "secretariat")

    def test_without_a_unit_nobody_says_it(self) -> None:
        user = UserFactory(unit=None)
        user.roles.create(kind="viewer", valid_from=date(2022, 4, 1))
        with pytest.raises(Forbidden):
            endorse_hurdle(hurdle=an_open_hurdle(), example="", by=user)

    @pytest.mark.parametrize("status", ["draft", "merged"])
    def test_a_draft_and_a_merged_one_take_none(self, status: str) -> None:
        with pytest.raises(Unmet, match="下書きと統合済み"):
            endorse_hurdle(hurdle=HurdleFactory(status=status), example="", by=user_with("secretariat"))


class TestServices:
    def test_a_second_click_keeps_the_first_words(self) -> None:
        hurdle, officer = an_open_hurdle(), user_with("viewer")
        first = endorse_hurdle(hurdle=hurdle, example="最初の例", hours_lost=10, yen_lost=None, by=officer)
        colleague = user_with("promoter", unit=officer.unit)
        again = endorse_hurdle(hurdle=hurdle, example="次の例", by=colleague)
        assert again == first
        assert (again.example, again.hours_lost, again.endorsed_by) == ("最初の例", 10, officer)
        assert again.endorsed_on == date(2022, 10, 14)

    def test_the_history_has_one_entry_an_act(self) -> None:
        hurdle, officer = an_open_hurdle(), user_with("viewer", name="窓口 花子")
        voice = endorse_hurdle(hurdle=hurdle, example="例", by=officer)
        values = {"example": "直した例", "hours_lost": 60, "yen_lost": 1000}
        change_endorsement(endorsement=voice, seen=seen_as(voice), values=values, by=officer)
        withdraw_endorsement(endorsement=voice, by=officer)
        entries = entries_of(hurdle, parts=["endorsements"])[:3]
        assert [entry.verb for entry in entries] == [
            "「うちの課も」を取り消した", "「うちの課も」を直した", "「うちの課も」に加えた",
        ]  # fmt: skip
        assert not Endorsement.objects.exists()
        assert "直した例" in entries[0].changes[0].old

    def test_watchers_and_the_reporter_are_told_the_section_and_no_name(self) -> None:
        reporter, watcher = user_with("viewer"), user_with("viewer")
        hurdle = an_open_hurdle(reporting_unit=reporter.unit, reporter=reporter, title="請求書への押印")
        for person in (watcher, reporter):
            Watch.objects.create(
                kind="hurdles.hurdle", record=hurdle.uid, person=person, since="2022-10-01T00:00+09:00"
            )
        officer = user_with("viewer", name="窓口 花子")
        endorse_hurdle(hurdle=hurdle, example="例", by=officer)
        notices = list(Notice.objects.all())
        assert {notice.person for notice in notices} == {reporter, watcher}
        assert len(notices) == 2
        for notice in notices:
            assert notice.text == (
                f"{officer.unit.name}が、{hurdle.number}「請求書への押印」に「うちの課も」を加えました。"
            )
        endorse_hurdle(hurdle=hurdle, example="例", by=officer)
        assert Notice.objects.count() == 2


class TestPages:
    def test_one_click_on_the_page_then_completed_then_taken_back(self, client_for: Any) -> None:
        hurdle, officer = an_open_hurdle(hours_lost=100), user_with("viewer", name="窓口 花子")
        client = client_for(officer)
        url = hurdle.get_absolute_url()
        response = client.post(f"{url}endorse/", follow=True)
        voice = Endorsement.objects.get()
        page = text_of(response)
        assert "「うちの課も」に加えました。" in page
        change = f"{url}endorsements/{voice.pk}/"
        assert change in page
        form = form_of(client.get(change), "example")
        sent = form | {"example": "毎月<b>差し戻す</b>", "hours_lost": "１,２００", "yen_lost": "5,000"}
        page = text_of(client.post(change, sent, follow=True))
        voice.refresh_from_db()
        assert (voice.example, voice.hours_lost, voice.yen_lost) == ("毎月<b>差し戻す</b>", 1200, 5000)
        assert "合わせて 1,300時間／年" in page
        assert "毎月&lt;b&gt;差し戻す&lt;/b&gt;" in page
        page = text_of(client.post(f"{change}withdraw/", follow=True))
        assert "「うちの課も」を取り消しました。" in page
        assert not Endorsement.objects.exists()

    def test_with_words_from_the_start(self, client_for: Any) -> None:
        hurdle, officer = an_open_hurdle(), user_with("viewer")
        client, url = client_for(officer), f"{hurdle.get_absolute_url()}endorse/"
        form = form_of(client.get(url), "example")
        client.post(url, form | {"example": "うちの例", "hours_lost": "30"})
        voice = Endorsement.objects.get()
        assert (voice.example, voice.hours_lost) == ("うちの例", 30)
        refused = client.post(url, form | {"example": "う" * 10_001})
        assert refused.status_code == 422
        assert "う" * 10_001 in text_of(refused)

    def test_the_name_is_for_the_own_section_and_the_secretariat(self, client_for: Any) -> None:
        hurdle, officer = an_open_hurdle(), user_with("viewer", name="窓口 花子")
        endorse_hurdle(hurdle=hurdle, example="例", by=officer)
        url = hurdle.get_absolute_url()
        for person in (user_with("viewer", unit=officer.unit), user_with("secretariat"), officer):
            assert "窓口 花子" in text_of(client_for(person).get(url)), person
        for role in ("viewer", "member", "manager", "headquarters", "auditor", "administrator"):
            page = text_of(client_for(user_with(role)).get(url))
            assert officer.unit.name in page
            assert "窓口 花子" not in page, role

    def test_who_may_not_is_told_who_may_and_who_does_not_see_is_told_nothing(self, client_for: Any) -> None:
        voice = EndorsementFactory(hurdle=an_open_hurdle())
        url = f"{voice.hurdle.get_absolute_url()}endorsements/{voice.pk}/"
        for tail in ("", "withdraw/"):
            response = client_for(user_with("promoter")).post(f"{url}{tail}")
            assert response.status_code == 403
            assert "その課の職員と事務局です" in text_of(response)
        hidden = EndorsementFactory(hurdle__title="見えない")
        for path in (f"endorsements/{hidden.pk}/", f"endorsements/{voice.pk}/", "endorse/"):
            address = f"{hidden.hurdle.get_absolute_url()}{path}"
            assert client_for(user_with("promoter")).post(address).status_code == 404
        assert (
            client_for(user_with("secretariat"))
            .post(f"{hidden.hurdle.get_absolute_url()}endorsements/{voice.pk}/")
            .status_code
            == 404
        )
        assert Endorsement.objects.count() == 2


class TestTwoColleagues:
    """Both have the form open: the second one sees both texts, and nobody's words are written over."""

    def test_both_texts_are_shown_and_saving_again_is_a_choice(self, client_for: Any) -> None:
        hurdle, officer = an_open_hurdle(), user_with("viewer")
        voice = EndorsementFactory(hurdle=hurdle, unit=officer.unit, example="元の例", hours_lost=5, yen_lost=None)
        url = f"{hurdle.get_absolute_url()}endorsements/{voice.pk}/"
        first, second = client_for(officer), client_for(user_with("promoter", unit=officer.unit))
        shown = [form_of(each.get(url), "example") for each in (first, second)]
        assert first.post(url, shown[0] | {"example": "甲の例"}).status_code == 302
        refused = second.post(url, shown[1] | {"example": "乙の例<b>", "hours_lost": "7"})
        assert refused.status_code == 409
        page = text_of(refused)
        for words in ("甲の例", "乙の例&lt;b&gt;", 'value="7"'):
            assert words in page
        voice.refresh_from_db()
        assert (voice.example, voice.hours_lost) == ("甲の例", 5)
        assert second.post(url, form_of(refused, "example")).status_code == 302
        voice.refresh_from_db()
        assert (voice.example, voice.hours_lost) == ("乙の例<b>", 7)

    def test_the_same_form_twice_is_one_act(self, client_for: Any) -> None:
        hurdle, officer = an_open_hurdle(), user_with("viewer")
        voice = EndorsementFactory(hurdle=hurdle, unit=officer.unit, example="元の例")
        url, client = f"{hurdle.get_absolute_url()}endorsements/{voice.pk}/", client_for(officer)
        sent = form_of(client.get(url), "example") | {"example": "新しい例"}
        assert [client.post(url, sent).status_code for _click in range(2)] == [302, 302]
        verbs = [entry.verb for entry in entries_of(hurdle, parts=["endorsements"])]
        assert verbs.count("「うちの課も」を直した") == 1

    def test_what_was_taken_back_is_not_changed(self) -> None:
        officer = user_with("viewer")
        voice = EndorsementFactory(hurdle=an_open_hurdle(), unit=officer.unit, example="元の例")
        seen = seen_as(voice)
        Endorsement.objects.all().delete()
        with pytest.raises(Unmet, match="取り消され"):
            change_endorsement(endorsement=voice, seen=seen, values={"example": "新"}, by=officer)
        kept = EndorsementFactory(unit=officer.unit, example="元の例")
        with pytest.raises(StalePart):
            change_endorsement(endorsement=kept, seen="", values={"example": "新"}, by=officer)
        assert Endorsement.objects.get().example == "元の例"
