"""The parts of a hurdle on their small pages: added, changed, removed, one act each; no words are lost."""

from typing import Any

import pytest

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.permissions import Forbidden
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet
from apps.hurdles.models import CitizenEvidence, CityExample, Hurdle, LegalBasis
from apps.hurdles.services import (
    add_city_example,
    add_legal_basis,
    change_legal_basis,
    change_workload,
    remove_citizen_evidence,
)
from tests.factories import HurdleFactory, LegalBasisFactory, LegalLevelFactory, WorkloadFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

NASTY = "<script>alert(1)</script>髙𠮷\ufa19葛\U000e0100=cmd|'/C calc'!A0"
PARTS: dict[str, tuple[Any, str, dict[str, str]]] = {
    "bases": (LegalBasis, "legal_bases", {"name": f"要綱{NASTY}", "article": "第3条", "authority": "総務課"}),
    "examples": (CityExample, "city_examples", {"city": "よその市", "text": NASTY, "source": "https://a.example/"}),
    "evidence": (CitizenEvidence, "citizen_evidence", {"kind": "voice", "text": NASTY, "source": "窓口"}),
}


@pytest.fixture
def officer() -> Any:
    return user_with("promoter")


@pytest.mark.parametrize("path", PARTS)
def test_added_changed_and_removed_on_its_own_page(path: str, officer: Any, client_for: Any) -> None:
    model, related, words = PARTS[path]
    if path == "bases":
        words = words | {"level": str(LegalLevelFactory(name="慣行").pk)}
    hurdle, client = HurdleFactory(reporting_unit=officer.unit), client_for(officer)
    url = f"{hurdle.get_absolute_url()}{path}/"
    form = form_of(client.get(f"{url}add/"), "reason")
    for _click in range(2):
        page = text_of(client.post(f"{url}add/", form | words, follow=True))
    part = model.objects.get()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;髙𠮷\ufa19葛\U000e0100" in page
    assert "<script>alert" not in page
    form = form_of(client.get(f"{url}{part.pk}/"), "reason")
    assert {name: form[name] for name in words} == words
    client.post(f"{url}{part.pk}/", form | {"reason": "確かめた", next(iter(words)): words[next(iter(words))]})
    client.post(f"{url}{part.pk}/remove/", {"reason": "重複のため"})
    assert not model.objects.exists()
    entries = entries_of(hurdle, parts=[related])
    assert (entries[0].reason, len(entries[0].changes)) == ("重複のため", 1)
    assert [entry.verb[-4:] for entry in entries[:1]] == ["を除いた"]


@pytest.mark.parametrize("path", PARTS)
def test_whose_they_are(path: str, officer: Any, client_for: Any) -> None:
    url = f"{HurdleFactory(reporting_unit=officer.unit).get_absolute_url()}{path}/add/"
    assert client_for(user_with("promoter")).get(url).status_code == 404
    response = client_for(user_with("member")).get(url)
    assert response.status_code == 403
    assert "登録した課、所管課、事務局" in text_of(response)
    part = LegalBasisFactory()
    strange = f"{HurdleFactory(reporting_unit=officer.unit).get_absolute_url()}bases/{part.pk}/"
    assert client_for(officer).get(strange).status_code == 404


def test_services_refuse_and_keep(officer: Any) -> None:
    hurdle = HurdleFactory()
    with pytest.raises(Forbidden):
        add_city_example(hurdle=hurdle, values={"text": "例"}, by=officer)
    with pytest.raises(Forbidden):
        remove_citizen_evidence(part=CitizenEvidence(hurdle=hurdle, kind="voice", text="声"), by=officer)
    assert not CityExample.objects.exists()


def test_several_bases_keep_their_order() -> None:
    secretary, hurdle, level = user_with("secretariat"), HurdleFactory(), LegalLevelFactory()
    for name in ("法", "条例", "慣行"):
        add_legal_basis(hurdle=hurdle, values={"level": level, "name": name}, by=secretary)
    assert [basis.name for basis in hurdle.legal_bases.all()] == ["法", "条例", "慣行"]


def test_what_somebody_else_has_saved_is_not_written_over(client_for: Any) -> None:
    basis = LegalBasisFactory(name="元の根拠")
    client = client_for(user_with("secretariat"))
    url = f"{basis.hurdle.get_absolute_url()}bases/{basis.pk}/"
    form = form_of(client.get(url), "reason")
    LegalBasis.objects.filter(pk=basis.pk).update(name="先に保存した根拠")
    response = client.post(url, form | {"name": "後から書いた根拠"})
    page = text_of(response)
    assert response.status_code == 409
    assert "先に保存した根拠" in page
    assert 'value="後から書いた根拠"' in page
    with pytest.raises(StalePart):
        change_legal_basis(part=basis, seen=form["seen"], values={"name": "x"}, by=user_with("secretariat"))
    again = form_of(response, "reason")
    assert client.post(url, again).status_code == 302
    basis.refresh_from_db()
    assert basis.name == "後から書いた根拠"
    assert seen_as(basis) != form["seen"]


def test_the_route_that_follows_is_shown(client_for: Any) -> None:
    client = client_for(user_with("secretariat"))
    custom = LegalBasisFactory(level__route="internal_decision", level__name="慣行")
    law = LegalBasisFactory(level__route="policy_request", level__name="法律")
    assert "市だけで変えられます" in text_of(client.get(custom.hurdle.get_absolute_url()))
    page = text_of(client.get(law.hurdle.get_absolute_url()))
    assert "市だけで変えられます" not in page
    assert "国へ" in page


class TestWorkload:
    def test_the_tasks_of_the_latest_year_and_their_sum_as_loss(self, officer: Any, client_for: Any) -> None:
        hurdle = HurdleFactory(reporting_unit=officer.unit, hours_lost=5)
        old = WorkloadFactory(unit=officer.unit, fiscal_year=FiscalYear(2020), task="昔の業務", hours=9)
        first, second = (WorkloadFactory(unit=officer.unit, task=f"業務{n}", hours=1000 * n) for n in (1, 2))
        hurdle.workload_links.create(entry=old)
        client, url = client_for(officer), f"{hurdle.get_absolute_url()}workload/"
        page = text_of(client.get(url))
        assert "業務2：2,000時間" in page
        assert "昔の業務：" not in page
        client.post(url, {"entries": [first.pk, second.pk], "takes_hours": "on", "reason": "調査による"})
        hurdle.refresh_from_db()
        assert (hurdle.hours_lost, hurdle.version) == (3000, 2)
        assert {link.entry for link in hurdle.workload_links.all()} == {old, first, second}
        client.post(url, {"entries": [second.pk]})
        hurdle.refresh_from_db()
        assert hurdle.hours_lost == 3000
        assert {link.entry for link in hurdle.workload_links.all()} == {old, second}

    def test_no_tasks_are_no_loss(self, officer: Any) -> None:
        hurdle = HurdleFactory(reporting_unit=officer.unit, hours_lost=5)
        with pytest.raises(Unmet, match="業務を選んでください"):
            change_workload(hurdle=hurdle, entries=[], takes_hours=True, by=officer)
        hurdle.refresh_from_db()
        assert hurdle.hours_lost == 5


class TestForms:
    def test_a_new_hurdle_takes_the_first_of_each(self, officer: Any, client_for: Any) -> None:
        client = client_for(officer)
        level = LegalLevelFactory()
        sent = form_of(client.get("/hurdles/new/"), "title") | {
            "title": "件名", "obstacle": "妨げ", "basis_level": level.pk, "basis_name": "要綱",
            "example_city": "よその市", "example_text": "やめた。", "evidence_kind": "survey",
            "evidence_text": "7割が困る。", "submit": "1",
        }  # fmt: skip
        assert client.post("/hurdles/new/", sent).status_code == 302
        hurdle = Hurdle.objects.get()
        assert [(each.city, each.text) for each in hurdle.city_examples.all()] == [("よその市", "やめた。")]
        assert [(each.kind, each.text) for each in hurdle.citizen_evidence.all()] == [("survey", "7割が困る。")]
        assert [each.name for each in hurdle.legal_bases.all()] == ["要綱"]
        page = text_of(client.get(f"{hurdle.get_absolute_url()}edit/"))
        assert 'name="basis_name"' not in page
        assert 'name="evidence_text"' not in page
        assert len(entries_of(hurdle, parts=["legal_bases", "city_examples", "citizen_evidence"])) == 2

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [({"example_city": "よその市"}, "example_text"), ({"evidence_text": "声"}, "evidence_kind"),
         ({"evidence_kind": "voice"}, "evidence_text")],
    )  # fmt: skip
    def test_half_a_part_is_asked_for(self, typed: dict[str, str], wrong: str, officer: Any, client_for: Any) -> None:
        response = client_for(officer).post(
            "/hurdles/new/", {"title": "件名", "obstacle": "妨げ", "submit": "1", **typed}
        )
        assert response.status_code == 422
        assert f'id="id_{wrong}_error"' in text_of(response)
