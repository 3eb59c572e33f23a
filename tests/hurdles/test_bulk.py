"""One change of many hurdles: the preview, what is refused, one act in the history, all or nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.history import entries_of
from apps.core.services import save_version
from apps.hurdles.models import Hurdle
from apps.hurdles.services import bulk
from tests.factories import CategoryFactory, HurdleFactory, ThemeFactory, UnitFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

BULK = "/hurdles/bulk/"
PARTS = ("theme_links",)


@pytest.fixture
def person() -> Any:
    return user_with("secretariat")


@pytest.fixture
def client(client_for: Any, person: Any) -> Any:
    return client_for(person)


def rows(*hurdles: Any) -> list[str]:
    return [f"{hurdle.uid}:{hurdle.version}" for hurdle in hurdles]


def sent(verb: str, value: Any, *hurdles: Any, **more: str) -> dict[str, Any]:
    return {
        "verb": verb,
        "value": value,
        "reason": "四半期の見直し",
        "row": rows(*hurdles),
        "query": "status=open",
        **more,
    }


def test_the_three_steps(client: Any, person: Any) -> None:
    unit = UnitFactory(name="市民課")
    one, two = HurdleFactory(title="甲"), HurdleFactory(title="乙", owning_unit=UnitFactory(name="会計課"))
    chosen = client.post(BULK, {"verb": "owning_unit", "row": [str(one.uid), str(two.uid)], "query": "status=open"})
    form = form_of(chosen, "value") if "value" in str(form_of(chosen, "reason")) else form_of(chosen, "reason")
    assert form["row"] == rows(one, two)
    preview = client.post(BULK, form | {"value": unit.pk, "reason": "組織の見直し", "preview": "1"})
    page = text_of(preview)
    assert "<b>2</b>件を変更します。" in page
    assert "会計課" in page
    assert page.count("<b>市民課</b>") == 2
    assert Hurdle.objects.filter(owning_unit=unit).count() == 0, "a preview writes nothing"
    done = client.post(BULK, form_of(preview, "reason") | {"confirm": "1"}, follow=True)
    assert done.redirect_chain == [("/hurdles/?status=open", 302)]
    assert "2件を変更しました。" in text_of(done)
    for hurdle in (one, two):
        entry = entries_of(hurdle, parts=PARTS)[0]
        assert (entry.actor, entry.verb, entry.reason) == (person.name, "一括変更", "組織の見直し")
        assert [(change.label, change.new) for change in entry.changes] == [("所管課", "市民課")]
    assert list(Hurdle.objects.values_list("version", flat=True)) == [2, 2]


@pytest.mark.parametrize("verb", ["category", "severity", "add_theme", "remove_theme"])
def test_each_verb(verb: str, client: Any) -> None:
    theme = ThemeFactory(name="窓口")
    values = {
        "category": CategoryFactory(name="慣行").pk,
        "severity": 4,
        "add_theme": theme.pk,
        "remove_theme": theme.pk,
    }
    one, two = HurdleFactory(), HurdleFactory()
    if verb == "remove_theme":
        for hurdle in (one, two):
            hurdle.theme_links.create(theme=theme)
    client.post(BULK, sent(verb, values[verb], one, two, confirm="1"))
    for hurdle in Hurdle.objects.all():
        assert hurdle.version == 2
        now = {
            "category": hurdle.category and hurdle.category.name == "慣行",
            "severity": hurdle.severity == 4,
            "add_theme": list(hurdle.themes.all()) == [theme],
            "remove_theme": not hurdle.themes.exists(),
        }
        assert now[verb]
        assert len(entries_of(hurdle, parts=PARTS)[0].changes) == 1


def test_what_one_may_not_change_is_left_out_and_said(client_for: Any) -> None:
    promoter = user_with("promoter")
    own = HurdleFactory(title="自課", reporting_unit=promoter.unit)
    closed = HurdleFactory(title="済んだもの", reporting_unit=promoter.unit, status="resolved")
    seen = HurdleFactory(title="他課", owning_unit=UnitFactory(), reported_on="2022-06-01")
    Hurdle.objects.filter(pk=seen.pk).update(owning_unit=seen.reporting_unit)
    hidden = HurdleFactory(title="見えないもの")
    client = client_for(promoter)
    page = text_of(client.post(BULK, sent("severity", 3, own, closed, seen, hidden, preview="1")))
    assert "<b>1</b>件を変更します。" in page
    assert page.count("登録した課、所管課、事務局") >= 2 or page.count("事務局") >= 2
    assert "見えないもの" not in page
    client.post(BULK, sent("severity", 3, own, closed, seen, hidden, confirm="1"))
    assert list(Hurdle.objects.filter(severity=3)) == [own]


def test_nothing_is_written_where_one_was_overtaken(client: Any) -> None:
    one, two = HurdleFactory(title="甲"), HurdleFactory(title="乙")
    stale = sent("severity", 5, one, two, confirm="1")
    save_version(two, version=1, changes={"severity": 2})
    answer = client.post(BULK, stale)
    assert answer.status_code == 409
    assert "ほかの職員が先に変更しました。" in text_of(answer)
    assert not Hurdle.objects.filter(severity=5).exists()
    again = client.post(BULK, form_of(answer, "reason") | {"preview": "1"})
    assert "<b>2</b>件を変更します。" in text_of(again)
    client.post(BULK, form_of(again, "reason") | {"confirm": "1"})
    assert Hurdle.objects.filter(severity=5).count() == 2


def test_a_second_click_makes_no_second_act(client: Any) -> None:
    hurdle = HurdleFactory()
    twice = sent("severity", 5, hurdle, confirm="1")
    client.post(BULK, twice)
    answer = client.post(BULK, twice, follow=True)
    assert "すべて、すでにその値です。" in text_of(answer)
    assert Hurdle.objects.get().version == 2
    assert [entry.verb for entry in entries_of(hurdle)].count("一括変更") == 1


def test_all_rows_of_the_search(client: Any) -> None:
    for severity in (1, 1, 5):
        HurdleFactory(severity=severity)
    chosen = client.post(BULK, {"verb": "severity", "every": "1", "query": "severity_min=2"})
    assert len(chosen.context["versions"]) == 1
    everything = client.post(BULK, {"verb": "severity", "every": "1", "query": ""})
    assert len(everything.context["versions"]) == 3


def test_more_than_the_limit_is_refused(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_HURDLES", 2)
    hurdles = [HurdleFactory() for _each in range(3)]
    for more in ({"every": "1"}, {"row": rows(*hurdles)}):
        answer = client.post(BULK, {"verb": "severity", "query": "status=open", **more}, follow=True)
        assert answer.redirect_chain == [("/hurdles/?status=open", 302)]
        assert "2件まで" in text_of(answer)


def test_bundling_leads_to_the_page_that_bundles(client: Any, client_for: Any) -> None:
    one, two = HurdleFactory(number="H-2021-9002"), HurdleFactory(number="H-2021-9001")
    answer = client.post(BULK, {"verb": "bundle", "row": rows(one, two, HurdleFactory(status="draft"))})
    assert answer["Location"] == "/hurdles/common/new/?hurdle=H-2021-9001&hurdle=H-2021-9002"
    assert 'value="bundle"' in text_of(client.get("/hurdles/"))
    assert 'value="bundle"' not in text_of(client_for(user_with("promoter")).get("/hurdles/"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"verb": "severity"}, "先にハードルを選択してください。"),
        ({"verb": "severity", "row": ["nonsense", "1:2"]}, "先にハードルを選択してください。"),
    ],
)
def test_what_makes_no_sense(data: Any, words: str, client: Any) -> None:
    assert words in text_of(client.post(BULK, data, follow=True))


def test_an_unknown_verb_and_a_missing_reason(client: Any) -> None:
    hurdle = HurdleFactory()
    assert "変更する項目" in text_of(client.post(BULK, {"verb": "x", "row": rows(hurdle)}, follow=True))
    answer = client.post(BULK, sent("severity", 5, hurdle, confirm="1") | {"reason": " "})
    assert answer.status_code == 422
    assert Hurdle.objects.get().severity is None


def test_who_may(client_for: Any) -> None:
    auditor = client_for(user_with("auditor"))
    hurdle = HurdleFactory()
    assert auditor.post(BULK, sent("severity", 5, hurdle, confirm="1")).status_code == 403
    assert 'name="row"' not in text_of(auditor.get("/hurdles/"))
    assert 'name="row"' in text_of(client_for(user_with("secretariat")).get("/hurdles/"))


def test_the_preview_and_the_act_ask_a_constant_number_of_times(client: Any) -> None:
    counts = []
    for number, severity in ((3, 2), (30, 3)):
        hurdles = [HurdleFactory(owning_unit=UnitFactory()) for _each in range(number)]
        for step in ("preview", "confirm"):
            with CaptureQueriesContext(connection) as queries:
                client.post(BULK, sent("severity", severity, *hurdles, **{step: "1"}))
            counts.append(len(queries))
    assert counts[:2] == counts[2:], counts
