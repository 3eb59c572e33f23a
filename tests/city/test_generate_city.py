"""A synthetic city: what is generated is whole, keeps every rule of the database, and is the same from one seed."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.db.models import Count, F, Max, Q
from django.test import Client
from django.urls import get_resolver

from apps.city.services.generating import GenerationReport, NotGenerated, Size, generate_city
from apps.city.services.generating.lives import STEPS
from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of, event_model_of
from apps.core.models import NumberSeries, Searched
from apps.core.models.number import next_number
from apps.core.registry import events
from apps.hurdles.choices import HurdleStatus, OwnerAnswer
from apps.hurdles.models import (
    CommonHurdle,
    Endorsement,
    Hurdle,
    HurdleMerge,
    OwnerView,
    Resolution,
    SolvedCase,
    TargetMove,
)
from apps.organization.models import Role, Unit, User
from apps.training.models import Enrolment, Session, SkillRecord
from tests.city.demo_city import AS_OF, tables
from tests.city.whole_database import STRUCTURE, rows_of

SIZE = Size.of(hurdles=600, units=30, users=120)
OPENING = """
    SELECT count(*) FROM hurdles_hurdle h WHERE opened_on IS DISTINCT FROM CASE
        WHEN owning_unit_id IS NULL THEN NULL
        WHEN owning_unit_id = reporting_unit_id THEN reported_on
        ELSE (SELECT min(greatest(asked_on, least(coalesce(answered_on, due_on + 1), due_on + 1)))
              FROM hurdles_ownerview WHERE hurdle_id = h.id AND unit_id = h.owning_unit_id)
    END
"""
FOREIGN_KEYS = """
    SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, f.attname, c.convalidated
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
    WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
"""


@pytest.fixture(scope="module")
def report(
    structure: list[tuple[Any, ...]], django_db_setup: None, django_db_blocker: Any
) -> Iterator[GenerationReport]:
    get_resolver().url_patterns  # noqa: B018 whoever serves pages has loaded the services and their events
    with django_db_blocker.unblock(), transaction.atomic():
        yield generate_city(size=SIZE, seed=7, today=AS_OF, password="only-for-this-test")
        transaction.set_rollback(True)


@pytest.fixture
def city(report: GenerationReport, db: None) -> GenerationReport:
    return report


def test_everything_is_there(city: GenerationReport) -> None:
    assert Hurdle.objects.count() == 600
    assert Unit.objects.on(AS_OF).filter(kind="section").count() == 30
    assert User.objects.count() == 120
    assert set(Hurdle.objects.values_list("status", flat=True)) == set(HurdleStatus)
    assert set(OwnerView.objects.values_list("answer", flat=True)) == {"", *OwnerAnswer}
    assert OwnerView.objects.filter(answer="", due_on__gte=AS_OF).exists()
    assert OwnerView.objects.filter(answer="", due_on__lt=AS_OF).exists()
    for model in (Endorsement, TargetMove, Resolution, SolvedCase, HurdleMerge, CommonHurdle):
        assert model._default_manager.exists(), model
    assert TargetMove.objects.filter(old_date__isnull=False).exists()
    assert sum(city.rows.values()) == sum(city.rows[name] for name in city.rows)


def test_the_database_is_as_it_was_built(city: GenerationReport, structure: list[tuple[Any, ...]]) -> None:
    """Every constraint, index and trigger is back, and in force."""
    assert rows_of(STRUCTURE) == structure


def test_every_foreign_key_leads_somewhere(city: GenerationReport) -> None:
    connection.check_constraints()
    for table, column, target, key, validated in rows_of(FOREIGN_KEYS):
        lost = f'SELECT count(*) FROM {table} r LEFT JOIN {target} t ON t."{key}" = r."{column}"'  # noqa: S608
        assert validated, table
        assert rows_of(f'{lost} WHERE r."{column}" IS NOT NULL AND t."{key}" IS NULL') == [(0,)], (table, column)


def test_no_history_points_nowhere(city: GenerationReport) -> None:
    """What the history names has no foreign key; each context is there, and each of them is used."""
    contexts = set(apps.get_model("pghistory", "Context").objects.values_list("pk", flat=True))
    used: set[Any] = set()
    for model in _tracked():
        event_model = event_model_of(model)
        objects = set(model._base_manager.values_list("pk", flat=True))
        found = list(event_model._default_manager.values_list("pgh_obj_id", "pgh_context_id", "pgh_label"))
        assert {pk for pk, _context, _label in found} == objects, model
        assert sum(label == "insert" for _pk, _context, label in found) == len(objects), model
        used |= {context for _pk, context, _label in found}
    assert used == contexts


def _tracked() -> list[type[models.Model]]:
    names = {f"{model.__name__}Event" for model in tables()}
    return [model for model in tables() if f"{model.__name__}Event" in names & {each.__name__ for each in tables()}]


def test_the_last_event_of_each_record_is_its_present_row(city: GenerationReport) -> None:
    for model in _tracked():
        event_model = event_model_of(model)
        names = [field.attname for field in event_model._meta.concrete_fields if not field.name.startswith("pgh_")]
        last = event_model._default_manager.values("pgh_obj_id").annotate(last=Max("pgh_id")).values("last")
        told = set(map(repr, event_model._default_manager.filter(pgh_id__in=last).values_list(*names)))
        assert told == set(map(repr, model._base_manager.values_list(*names))), model


def test_columns_that_triggers_and_code_compute_are_right(city: GenerationReport) -> None:
    assert rows_of(OPENING) == [(0,)]
    for model in tables():
        if issubclass(model, Searched):
            rows = model._base_manager.all()
            assert {row.pk: row.search_key for row in rows} == {row.pk: row.make_search_key() for row in rows}


def test_models_find_nothing_wrong_with_a_sample(city: GenerationReport) -> None:
    for model in tables():
        for row in model._base_manager.order_by("?")[:15]:
            if not model.__name__.endswith("Event"):
                row.full_clean(exclude=["password"], validate_unique=False)


def test_numbers_follow_the_days_and_the_series_goes_on(city: GenerationReport) -> None:
    numbers = Hurdle.objects.exclude(number=None).order_by("id").values_list("number", "reported_on")
    for number, day in numbers:
        assert number.startswith(f"H-{FiscalYear.of(day).year}-")
    by_year = Hurdle.objects.exclude(number=None).values("reported_on__year").annotate(count=Count("pk"))
    assert len(by_year) >= 5
    for series in NumberSeries.objects.filter(prefix="H"):
        assert Hurdle.objects.filter(number=str(series)).exists()
    year = FiscalYear.of(AS_OF)
    assert not Hurdle.objects.filter(number=next_number("H", year)).exists()
    assert not CommonHurdle.objects.filter(number=next_number("C", year)).exists()
    assert Hurdle.objects.filter(status=HurdleStatus.DRAFT, number__isnull=False).count() == 0


def test_people_are_in_rolls_in_proportion(city: GenerationReport) -> None:
    """No session has more seats than places, and who waits has none."""
    sessions = Session.objects.all()
    assert {session.state for session in sessions} == {"held", "open"}
    assert all(session.keeps_roll and session.enrolments.count() <= 35 for session in sessions)
    assert 2 * 120 < Enrolment.objects.count() < 3 * 120
    taken = Q(enrolments__state="enrolled")
    open_ones = sessions.filter(state="open").annotate(seats=Count("enrolments", filter=taken))
    assert set(open_ones.values_list("seats", flat=True)) == {30}
    assert set(Enrolment.objects.filter(session__state="open").values_list("state", flat=True)) == {
        "enrolled",
        "waiting",
    }
    completed = Enrolment.objects.filter(state="completed")
    assert 0 < SkillRecord.objects.count() < completed.count()
    assert not completed.filter(session__date__gt=AS_OF).exists()
    assert not SkillRecord.objects.exclude(enrolment__in=completed).exists()


def test_the_next_record_gets_the_next_id(city: GenerationReport) -> None:
    last = Unit.objects.aggregate(last=Max("pk"))["last"]
    assert Unit.objects.create(code="new", name="新設課", kind="section").pk == last + 1


@pytest.mark.parametrize("state", list(STEPS))
def test_the_history_tells_a_life(city: GenerationReport, state: HurdleStatus) -> None:
    """Logged first, each step in its order and at its own time, by somebody of the city."""
    hurdle = Hurdle.objects.filter(status=state).order_by("pk").last()
    assert hurdle
    entries = entries_of(hurdle, parts=("legal_bases", "owner_views"))[::-1]
    assert entries[0].verb == str(events["hurdles.hurdle.logged"].label)
    assert entries[1].verb == str(events["hurdles.hurdle.submitted"].label)
    assert [entry.at for entry in entries] == sorted({entry.at for entry in entries})
    assert entries[-1].at.date() <= AS_OF
    states = event_model_of(Hurdle).objects.filter(pgh_obj=hurdle).order_by("pgh_id").values_list("status", flat=True)
    assert list(dict.fromkeys(states)) == ["draft", "submitted", *STEPS[state]]
    assert all(entry.actor and entry.actor_id for entry in entries)


def test_every_event_has_words(city: GenerationReport) -> None:
    names = apps.get_model("pghistory", "Context").objects.values_list("metadata__event", flat=True)
    assert {name for name in names if name not in events} == set()


def test_promises_keep_their_first_date(city: GenerationReport) -> None:
    moved = Hurdle.objects.filter(target_date__gt=F("first_target_date"))
    assert moved.exists()
    for hurdle in moved[:20]:
        moves = list(hurdle.target_moves.order_by("pk"))
        assert (moves[0].old_date, moves[0].new_date) == (None, hurdle.first_target_date)
        assert moves[-1].new_date == hurdle.target_date
        assert all(move.reason for move in moves[1:])


def test_merged_ones_lead_to_a_living_one(city: GenerationReport) -> None:
    merged = Hurdle.objects.filter(status=HurdleStatus.MERGED)
    assert merged.count() == HurdleMerge.objects.count() > 0
    assert not merged.filter(Q(merged_into=None) | Q(merged_into__status__in=("merged", "draft"))).exists()


def test_a_second_person_resolves(city: GenerationReport) -> None:
    resolved = Hurdle.objects.filter(status=HurdleStatus.RESOLVED)
    assert resolved.filter(resolutions__confirmed=True).count() == resolved.count()
    assert not Resolution.objects.filter(decided_by=F("proposed_by")).exists()


def test_renamed_sections_keep_their_old_records(city: GenerationReport) -> None:
    old = Unit.objects.filter(valid_to=date(2022, 3, 31))
    assert old.count() == 4
    for unit in old:
        assert list(unit.successors.all()) == [unit.main_successor]
        assert unit.main_successor
        assert unit.main_successor.code == unit.code
    assert Hurdle.objects.filter(reporting_unit__in=old).exists()
    assert not Hurdle.objects.filter(reporting_unit__in=old, reported_on__gte=date(2022, 4, 1)).exists()
    assert not Role.objects.on(AS_OF).filter(unit__in=old).exists()


def test_rare_characters_occur(city: GenerationReport) -> None:
    assert User.objects.filter(name__contains="髙").exists()
    assert User.objects.filter(name__contains="𠮷").exists()


def test_who_is_shown_can_sign_in_and_read(city: GenerationReport, client_for: Callable[[Any], Client]) -> None:
    number = next(number for number, _name, _position, roles in city.people if "secretariat" in roles)
    user = User.objects.get(employee_number=number)
    assert user.check_password("only-for-this-test")
    assert User.objects.values("password").distinct().count() == 1
    hurdle = Hurdle.objects.filter(status=HurdleStatus.RESOLVED).first()
    assert hurdle
    client = client_for(user)
    assert client.get("/hurdles/").status_code == 200
    assert client.get(hurdle.get_absolute_url()).status_code == 200


def test_a_second_city_is_refused(city: GenerationReport) -> None:
    with pytest.raises(NotGenerated, match="すでに市のデータがあります"):
        generate_city(size=SIZE, seed=1, today=AS_OF)
    with pytest.raises(CommandError, match="空のデータベース"):
        call_command("generate_city", hurdles=10)
