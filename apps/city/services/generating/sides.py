"""What stands beside a hurdle: its parts, the voices of sections, promised dates, progress, resolution, talk."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from apps.city.services.generating import words
from apps.city.services.generating.lives import VERBS
from apps.city.services.generating.texts import any_of, frequent, key_of
from apps.city.services.generating.writing import Act
from apps.core.models import Comment, Watch
from apps.hurdles.choices import Health, HurdleStatus, MoveState, OwnerAnswer
from apps.hurdles.models import (
    AffectedUnit,
    CitizenEvidence,
    CityExample,
    Endorsement,
    HurdleTheme,
    HurdleWorkload,
    LegalBasis,
    OwnerView,
    ProgressUpdate,
    Resolution,
    SolvedCase,
    SolvedCaseAdoption,
    TargetMove,
)
from apps.organization.choices import RoleKind

if TYPE_CHECKING:
    from apps.city.services.generating.hurdles import HurdleWriter, Life

KIND = "hurdles.hurdle"
REASON_OF_DEFERRAL = "費用に比べて効果が小さく、次期の更改に合わせて検討する。"
DAYS_TO_ANSWER = 14
HEALTH = (Health.ON_TRACK, Health.ON_TRACK, Health.ON_TRACK, Health.DELAYED, Health.STALLED)


def write_parts(city: "HurdleWriter", life: "Life", act: Act, everywhere: bool) -> None:
    """Legal basis, themes, affected units, measured tasks."""
    chance, problem, add = city.chance, life.texts.problem, city.writer.add
    basis = {"name": problem.basis, "article": problem.article, "verified": chance.random() < 0.5, "order": 1}
    add(LegalBasis, act, hurdle_id=life.pk, level_id=city.lists.levels[problem.level], **basis)
    if chance.random() < 0.2:
        custom = city.lists.levels["custom"]
        add(LegalBasis, act, hurdle_id=life.pk, level_id=custom, name="長年の慣行", order=2)
    add(HurdleTheme, act, hurdle_id=life.pk, theme_id=city.lists.themes[problem.theme])
    if not everywhere:
        touched = {any_of(chance, city.made.sections).pk for _each in range(int(4 * chance.random() ** 2))}
        for unit in sorted(touched):
            add(AffectedUnit, act, hurdle_id=life.pk, unit_id=unit)
    _write_evidence(city, life, act)
    if chance.random() < 0.1:
        add(HurdleWorkload, act, hurdle_id=life.pk, entry_id=any_of(chance, city.made.tasks[life.section.pk]))


def _write_evidence(city: "HurdleWriter", life: "Life", act: Act) -> None:
    """Some sections know how another city does it, or what citizens say."""
    chance, add = city.chance, city.writer.add
    if chance.random() < 0.08:
        text, source = any_of(chance, words.CITY_EXAMPLES)
        add(CityExample, act, hurdle_id=life.pk, city=any_of(chance, words.OTHER_CITIES), text=text, source=source)
    if chance.random() < 0.08:
        kind, text = any_of(chance, words.CITIZEN_EVIDENCE)
        add(CitizenEvidence, act, hurdle_id=life.pk, kind=kind, text=text)


def ask_owner(city: "HurdleWriter", life: "Life", on: date) -> None:
    """The owning section is asked with a date; it answers, mostly in time, or stays silent."""
    chance, unit = city.chance, life.story["owning_unit_id"]
    if chance.random() < 0.15:
        return
    act, due = life.act("hurdles.owner_view.asked", on, life.secretary), on + timedelta(days=DAYS_TO_ANSWER)
    view = city.writer.begin(OwnerView, act, hurdle_id=life.pk, unit_id=unit, asked_on=on, due_on=due)
    answered = on + timedelta(days=1 + int(20 * chance.random() ** 1.5))
    if chance.random() < 0.85 and answered <= city.today and life.owner.people:
        answer = any_of(chance, (OwnerAnswer.POSSIBLE, OwnerAnswer.CONDITIONAL, OwnerAnswer.DIFFICULT))
        told = life.act("hurdles.owner_view.answered", answered, any_of(chance, life.owner.people))
        reason = any_of(chance, words.REASONS[answer.value])
        view.change(told, answered_on=answered, answer=answer, reason=reason)
    view.end()
    if life.owner is not life.section:
        after = due + timedelta(days=1)
        life.opened_on = max(on, min(view["answered_on"] or after, after))


def endorse(city: "HurdleWriter", life: "Life", on: date) -> None:
    """Most hurdles are one section's, some are everybody's."""
    chance, said = city.chance, {life.section.pk}
    for _each in range(int(6 * chance.random() ** 5)):
        section = any_of(chance, city.staffed)
        day = on + timedelta(days=int(40 * chance.random()))
        if section.pk in said or day > city.today:
            continue
        said.add(section.pk)
        person = any_of(chance, section.people)
        act = life.act("hurdles.hurdle.endorsed", day, person)
        city.writer.add(
            Endorsement, act, hurdle_id=life.pk, unit_id=section.on(day, city.renamed_on), endorsed_on=day,
            endorsed_by_id=person.pk, example=any_of(chance, words.EXAMPLES), hours_lost=10 * int(30 * chance.random()),
        )  # fmt: skip


def talk(city: "HurdleWriter", life: "Life", on: date) -> None:
    """Comments, and who wants to be told."""
    chance = city.chance
    about: dict[str, Any] = {"kind": KIND, "record": life.uid}
    if chance.random() < 0.15:
        act = life.act("core.comment.added", on, life.secretary)
        text = any_of(chance, words.COMMENTS)
        author = life.secretary.pk
        city.writer.add(Comment, act, **about, uid=city.writer.uid(), author_id=author, text=text, said_at=act.at)
    if chance.random() < 0.2:
        since = f"{on.isoformat()}T17:00:00+09:00"
        city.writer.add(Watch, Act(on, since, None), **about, person_id=life.reporter.pk, since=since)


def promise(city: "HurdleWriter", life: "Life", on: date) -> None:
    """With the policy comes a date."""
    target = on + timedelta(days=60 + int(400 * city.chance.random()))
    act = life.act("hurdles.hurdle.target_promised", on, life.secretary)
    _move(city, life, act, None, target, "")
    city.step(life, act, target_date=target, first_target_date=target)


def _move(city: "HurdleWriter", life: "Life", act: Act, old: date | None, new: date, reason: str) -> None:
    city.writer.add(
        TargetMove, act, hurdle_id=life.pk, old_date=old, new_date=new, reason=reason, state=MoveState.AGREED,
        asked_by_id=life.reporter.pk, asked_on=act.day, decided_by_id=life.secretary.pk, decided_on=act.day,
    )  # fmt: skip


def progress(city: "HurdleWriter", life: "Life", on: date) -> None:
    """What has moved, how it goes, what comes next; now and then the date slips."""
    chance = city.chance
    health = frequent(chance, HEALTH, 1.0)
    act = life.act("hurdles.hurdle.progressed", on, life.reporter)
    text = any_of(chance, words.PROGRESS)
    city.writer.add(
        ProgressUpdate, act, hurdle_id=life.pk, happened_on=on, health=health, text=text, written_by_id=life.reporter.pk
    )
    city.step(life, act, health=health, progressed_on=on)
    if chance.random() < 0.5:
        act = life.act("hurdles.hurdle.next_action_planned", on, life.secretary)
        action, by = any_of(chance, words.NEXT_ACTIONS), on + timedelta(days=30)
        post = {"next_action_unit_id": life.story["owning_unit_id"], "next_action_role": RoleKind.MANAGER}
        city.step(life, act, next_action=action, next_action_on=by, **post)
    if chance.random() < 0.25:
        old, reason = life.story["target_date"], any_of(chance, words.SLIPS)
        new = old + timedelta(days=90)
        act = life.act("hurdles.hurdle.target_moved", on, life.secretary, reason)
        _move(city, life, act, old, new, reason)
        city.step(life, act, target_date=new)


def resolve(city: "HurdleWriter", life: "Life", on: date) -> None:
    """One person says it with evidence, a second one confirms; many resolved hurdles become a solved case."""
    evidence = any_of(city.chance, words.EVIDENCE)
    act = life.act("hurdles.hurdle.resolution_proposed", on, life.reporter)
    said = city.writer.begin(
        Resolution, act, hurdle_id=life.pk, evidence=evidence, proposed_by_id=life.reporter.pk, proposed_on=on
    )
    second = life.secretary if life.secretary != life.reporter else None
    second = second or next((person for person in city.people.secretariat if person != life.reporter), None)
    if second:
        act = life.act(VERBS[HurdleStatus.RESOLVED], on, second)
        again = on + timedelta(days=365)
        said.change(act, decided_by_id=second.pk, decided_on=on, confirmed=True, ask_again_on=again)
        city.step(life, act, status=HurdleStatus.RESOLVED)
    said.end()
    if second and city.chance.random() < 0.3:
        _solved_case(city, life, on)


def _solved_case(city: "HurdleWriter", life: "Life", on: date) -> None:
    chance = city.chance
    what, effect = any_of(chance, words.CASES), any_of(chance, words.EFFECTS)
    act = life.act("hurdles.solved_case.recorded", on, life.reporter)
    case = city.writer.add(
        SolvedCase, act, uid=city.writer.uid(), hurdle_id=life.pk, unit_id=life.section.pk, what=what, effect=effect,
        hours_saved=(life.story["hours_lost"] or 0) // 2 or None, solved_on=on, created_at=act.at, updated_at=act.at,
        search_key="\n".join((life.story["search_key"].split("\n")[1], key_of(what), key_of(effect))),
    )  # fmt: skip
    adopting = {any_of(chance, city.staffed).pk for _each in range(int(5 * chance.random() ** 3))}
    for unit in sorted(adopting - {life.section.pk}):
        day = min(city.today, on + timedelta(days=20))
        act = life.act("hurdles.solved_case.adopted", day, life.secretary)
        city.writer.add(SolvedCaseAdoption, act, case_id=case, unit_id=unit, adopted_on=day)
