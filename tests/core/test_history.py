"""The history names who did what and why, field by field, and cannot be rewritten."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.core.history import act, declare_event, entries_of, event_model_of
from apps.core.models import Comment
from apps.core.services import save_version
from apps.core.talk import TALK
from apps.hurdles.models import AffectedUnit, Hurdle
from apps.hurdles.selectors.history import HISTORY_PARTS
from tests.factories import CategoryFactory, HurdleFactory, LegalBasisFactory, UnitFactory, user_with

pytestmark = pytest.mark.django_db

TRIED = declare_event("tests.history.tried", "試した")


def changes(entry: Any) -> list[tuple[str, str, str]]:
    return [(change.label, change.old, change.new) for change in entry.changes]


def outside(sql: str, *values: Any) -> None:
    """Somebody with a database console."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_entry_names_actor_verb_and_reason_and_each_field() -> None:
    user = user_with("secretariat", name="髙𠮷 \ufa19")
    hurdle = HurdleFactory(title="元の件名", category=CategoryFactory(name="法令"), severity=2)
    with act(TRIED, by=user, reason="課からの電話"):
        save_version(
            hurdle,
            version=1,
            changes={
                "title": "新しい件名",
                "category": CategoryFactory(name="慣行"),
                "severity": 5,
                "target_date": date(2023, 3, 31),
                "affects_all_units": True,
                "status": "organizing",
            },
        )
    entry = entries_of(hurdle)[0]
    assert (entry.actor, entry.verb, entry.reason) == ("髙𠮷 \ufa19", "試した", "課からの電話")
    assert sorted(changes(entry)) == sorted(
        [
            ("件名", "元の件名", "新しい件名"),
            ("分類", "法令", "慣行"),
            ("重大さ", "2", "5（重大）"),
            ("期限", "", "令和5年3月31日"),
            ("全所属に影響する", "いいえ", "はい"),
            ("状態", "受付", "整理中"),
        ]
    )


def test_what_the_machine_keeps_for_itself_is_not_told() -> None:
    hurdle = HurdleFactory()
    with act(TRIED, by=user_with("viewer")):
        save_version(hurdle, version=1, changes={"search_key": "鍵"})
    assert [change for entry in entries_of(hurdle) for change in entry.changes] == []


def test_a_machine_is_named() -> None:
    """In words, where somebody has declared them; its name is what the history keeps."""
    with act(TRIED, by="load_city"):
        hurdle = HurdleFactory()
    with act(TRIED, by="load_nothing"):
        other = HurdleFactory()
    for record, actor in ((hurdle, "データの読込み"), (other, "load_nothing")):
        assert (entries_of(record)[0].actor, entries_of(record)[0].verb) == (actor, "試した")
    kept = event_model_of(Hurdle).objects.get(pgh_obj_id=hurdle.pk).pgh_context.metadata
    assert kept["machine"] == "load_city"


def test_an_actor_keeps_the_name_of_that_day() -> None:
    user = user_with("viewer", name="旧姓 花子")
    with act(TRIED, by=user):
        hurdle = HurdleFactory()
    user.name = "新姓 花子"
    user.save()
    assert entries_of(hurdle)[0].actor == "旧姓 花子"


def test_parts_are_told_when_they_come_change_and_go() -> None:
    user, unit = user_with("viewer"), UnitFactory(name="市民課")
    hurdle = HurdleFactory()
    with act(TRIED, by=user):
        basis = LegalBasisFactory(hurdle=hurdle, name="文書規程", article="第3条", level__name="規則")
        AffectedUnit.objects.create(hurdle=hurdle, unit=unit)
    with act(TRIED, by=user):
        basis.article = "第4条"
        basis.save()
        hurdle.affected_unit_links.all().delete()
    parts = ("legal_bases", "affected_unit_links")
    last, first = (changes(entry) for entry in entries_of(hurdle, parts=parts)[:2])
    assert sorted(last) == [("影響を受ける所属", "市民課", ""), ("条項", "第3条", "第4条")]
    assert [(label, old) for label, old, _new in sorted(first)] == [("影響を受ける所属", ""), ("根拠", "")]
    assert sorted(first)[0][2] == "市民課"
    assert "文書規程 第3条" in sorted(first)[1][2]


def test_a_part_that_belonged_to_another_record_is_not_told_here() -> None:
    with act(TRIED, by="load_city"):
        mine, other = HurdleFactory(), HurdleFactory()
        LegalBasisFactory(hurdle=other)
    assert [changes(entry) for entry in entries_of(mine, parts=("legal_bases",))] == [[]]


def test_an_act_that_fails_leaves_nothing() -> None:
    hurdle = HurdleFactory()

    def fail() -> None:
        with act(TRIED, by="load_city"):
            Hurdle.objects.filter(pk=hurdle.pk).update(title="途中")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert Hurdle.objects.get().title == hurdle.title
    assert len(entries_of(hurdle)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_the_portal_is_seen_as_such() -> None:
    with act(TRIED, by=user_with("viewer")):
        hurdle = HurdleFactory(title="元の件名")
    outside("UPDATE hurdles_hurdle SET title = %s WHERE id = %s", "書き換えた件名", hurdle.pk)
    last, first = entries_of(hurdle)
    assert (last.actor, last.verb, last.reason) == ("ポータルの外", "", "")
    assert changes(last) == [("件名", "元の件名", "書き換えた件名")]
    assert first.verb == "試した"


def tables_read(hurdle: Any) -> list[str]:
    """From which tables of events the history of a hurdle is read, one query each, after one that looks into all."""
    with CaptureQueriesContext(connection) as queries:
        entries_of(hurdle, parts=HISTORY_PARTS, attached=TALK)
    asked = [query["sql"] for query in queries if "pgh_context" in query["sql"] or "EXISTS" in query["sql"]]
    looks = [sql for sql in asked if "EXISTS" in sql]
    assert [look.count("EXISTS") for look in looks] == [len(HISTORY_PARTS) + len(TALK)]
    return [sql.split(' FROM "')[1].split('"')[0] for sql in asked if sql not in looks]


def test_empty_parts_are_not_read() -> None:
    hurdle, other = HurdleFactory(), LegalBasisFactory().hurdle
    AffectedUnit.objects.create(hurdle=other, unit=UnitFactory())
    assert tables_read(hurdle) == ["hurdles_hurdleevent"]
    LegalBasisFactory(hurdle=hurdle)
    said = {"author": user_with("viewer"), "text": "確認した。", "said_at": clock.now()}
    Comment.objects.create(kind="hurdles.hurdle", record=hurdle.uid, **said)
    assert tables_read(hurdle) == ["hurdles_hurdleevent", "core_commentevent", "hurdles_legalbasisevent"]
    hurdle.legal_bases.all().delete()  # which is told as well
    assert tables_read(hurdle) == ["hurdles_hurdleevent", "core_commentevent", "hurdles_legalbasisevent"]


@pytest.mark.django_db(transaction=True)
def test_two_changes_outside_the_portal_are_two_entries() -> None:
    with act(TRIED, by="load_city"):
        hurdle = HurdleFactory(title="一")
    outside("UPDATE hurdles_hurdle SET title = '二' WHERE id = %s", hurdle.pk)
    with act(TRIED, by="load_city"):
        Hurdle.objects.filter(pk=hurdle.pk).update(title="三")
    outside("UPDATE hurdles_hurdle SET title = '四' WHERE id = %s", hurdle.pk)
    assert [[new for _label, _old, new in changes(entry)] for entry in entries_of(hurdle)] == [
        ["四"],
        ["三"],
        ["二"],
        [],
    ]


@pytest.mark.django_db(transaction=True)
def test_an_outside_change_after_an_act_is_not_put_on_the_actor() -> None:
    """The context of an act must not stay on the connection that the next request uses."""
    with act(TRIED, by=user_with("viewer", name="無実の人")):
        hurdle = HurdleFactory()
    Hurdle.objects.filter(pk=hurdle.pk).update(title="だれが？")
    assert entries_of(hurdle)[0].actor == "ポータルの外"


def tracked() -> list[Any]:
    return [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model") and model.pgh_tracked_model]


@pytest.mark.parametrize("verb", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
def test_the_event_tables_are_append_only(verb: str) -> None:
    basis = LegalBasisFactory()
    AffectedUnit.objects.create(hurdle=basis.hurdle, unit=UnitFactory())
    user_with("viewer")
    names = ["Hurdle", "LegalBasis", "AffectedUnit"]
    models = [apps.get_model("hurdles", name) for name in names]
    models += [apps.get_model("organization", name) for name in ("User", "Role", "Unit")]
    for model in models:
        table = event_model_of(model)._meta.db_table
        assert event_model_of(model).objects.exists(), table
        with pytest.raises(DatabaseError, match=r"append|Cannot"), transaction.atomic():
            outside(verb.format(table))


def test_every_event_table_has_the_two_guards() -> None:
    for model in tracked():
        triggers = {trigger.name for trigger in model._meta.triggers}
        assert any("append_only" in name for name in triggers), model


def test_passwords_are_never_in_the_history() -> None:
    fields = {field.name for field in event_model_of(apps.get_model("organization", "User"))._meta.get_fields()}
    assert fields.isdisjoint({"password", "last_login"})
