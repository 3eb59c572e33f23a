"""Hurdles from the day they were logged to their present state, with all that belongs to them."""

from collections import deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from apps.city.services.generating import sides, words
from apps.city.services.generating.lives import (
    STEPS,
    VERBS,
    days_of_reports,
    draw_days,
    draw_state,
    reported_on,
)
from apps.city.services.generating.organisation import Organisation, Section
from apps.city.services.generating.people import People
from apps.city.services.generating.texts import HurdleTexts, any_of, draw_texts, frequent
from apps.city.services.generating.writing import Act, Person, Story, Writer
from apps.core.fiscal import FiscalYear
from apps.hurdles.choices import HurdleStatus as State
from apps.hurdles.choices import Scope
from apps.hurdles.models import Category, Hurdle, HurdleMerge, LegalLevel, Theme

SCOPES = (Scope.OWN, Scope.CROSS, Scope.CITYWIDE)
SHARE_OF_DRAFTS = 0.015
OFFICE_OPENS = 31_500  # 8:45
STEP_OF_THE_DAY = 1_500


@dataclass
class Lists:
    """The rows of the lists, by what words.py calls them."""

    categories: dict[str, int] = field(default_factory=lambda: dict(Category.objects.values_list("code", "pk")))
    themes: dict[str, int] = field(default_factory=lambda: dict(Theme.objects.values_list("name", "pk")))
    levels: dict[str, int] = field(default_factory=lambda: dict(LegalLevel.objects.values_list("code", "pk")))


@dataclass
class Life:
    """One hurdle while it is written: its texts, who reported it and who owns it, and the hour of its next act."""

    writer: Writer
    texts: HurdleTexts
    section: Section
    owner: Section
    reporter: Person
    secretary: Person
    uid: str
    steps: int = 0
    story: Story = field(init=False)
    opened_on: date | None = None

    def act(self, event: str, day: date, by: Person | None, reason: str = "") -> Act:
        """The next act of this hurdle: on one day each comes after the one before."""
        second = OFFICE_OPENS + self.steps * STEP_OF_THE_DAY + int(1_200 * self.writer.chance.random())
        self.steps += 1
        return self.writer.act(event, day, min(second, 86_000), by, reason)

    @property
    def pk(self) -> int:
        return self.story.pk


class HurdleWriter:
    """Writes hurdles in the order of their numbers."""

    def __init__(self, writer: Writer, made: Organisation, people: People) -> None:
        self.writer, self.made, self.people = writer, made, people
        self.chance, self.today, self.lists = writer.chance, writer.today, Lists()
        self.renamed_on = FiscalYear.of(self.today).start
        self.staffed = [section for section in made.sections if section.people]
        # A duplicate is merged into one of those that came shortly before it.
        self.recent: deque[tuple[int, str]] = deque(maxlen=200)
        self.bundles: Any = None

    def write(self, count: int) -> None:
        """All hurdles: those of the years, then the drafts of the last weeks; the series go on after them."""
        drafts = int(count * SHARE_OF_DRAFTS)
        for year, _first, share in days_of_reports(count - drafts, self.today):
            self.writer.each(range(share), partial(self._one_of, year, share))
            self.writer.series("H", year, share)
        self.writer.each(range(drafts), lambda _place: self._draft())

    def _one_of(self, year: FiscalYear, count: int, place: int) -> None:
        """A hurdle that got its number, and what became of it."""
        day = reported_on(year, place, count, self.today)
        life = self._log(day - timedelta(days=int(5 * self.chance.random() ** 2)), day)
        number = f"H-{year.year}-{place + 1:04d}"
        key = f"h{year.year}{place + 1:04d}{life.story['search_key']}"
        act = life.act(VERBS[State.SUBMITTED], day, life.reporter)
        changes = {"number": number, "reported_on": day, "search_key": key, "status": State.SUBMITTED}
        self.step(life, act, **changes)
        state = draw_state(self.chance, (self.today - day).days)
        if state == State.MERGED and not self._survivor(life):
            state = State.DEFERRED
        self._lead(life, state, day)
        if state not in {State.MERGED, State.SUBMITTED, State.RETURNED}:
            self.recent.append((life.pk, life.texts.problem.title))
        self._end(life)

    def _draft(self) -> None:
        """Begun in the last weeks and not yet sent."""
        day = self.today - timedelta(days=int(40 * self.chance.random()))
        self._end(self._log(day, day))

    def _log(self, day: date, reported: date) -> Life:
        texts, key = draw_texts(self.chance)
        section = frequent(self.chance, self.staffed, 1.2)
        owner = section if self.chance.random() < 0.35 else self.made.lead(texts.problem.category)
        reporter, secretary = any_of(self.chance, section.people), any_of(self.chance, self.people.secretariat)
        life = Life(self.writer, texts, section, owner, reporter, secretary, self.writer.uid())
        act = life.act("hurdles.hurdle.logged", day, reporter)
        hours = 10 * int(1 + 300 * self.chance.random() ** 4) if self.chance.random() < 0.8 else None
        life.story = self.writer.begin(
            Hurdle, act, uid=life.uid, title=texts.title, obstacle=texts.obstacle, current_practice=texts.practice,
            desired_state=texts.desired, countermeasure=texts.countermeasure, search_key=f"\n{key}", hours_lost=hours,
            reporting_unit_id=section.on(reported, self.renamed_on), reporter_id=reporter.pk,
            created_at=act.at, updated_at=act.at,
        )  # fmt: skip
        return life

    def step(self, life: Life, act: Act, **changes: Any) -> None:
        """One saved change of the hurdle itself; a state says since when it is."""
        if "status" in changes:
            changes["status_since"] = act.day
        changes["version"], changes["updated_at"] = life.story["version"] + 1, act.at
        life.story.change(act, **changes)

    def _end(self, life: Life) -> None:
        life.story.set(opened_on=life.opened_on)
        life.story.end()

    def _lead(self, life: Life, state: State, day: date) -> None:
        """Step by step to its state."""
        steps = STEPS[state]
        for step, on in zip(steps, draw_days(self.chance, day, len(steps), self.today), strict=True):
            if step == State.RESOLVED:
                sides.resolve(self, life, on)
            else:
                reason = any_of(self.chance, words.QUESTIONS) if step == State.RETURNED else ""
                reason = sides.REASON_OF_DEFERRAL if step == State.DEFERRED else reason
                act = life.act(VERBS[step], on, life.secretary, reason)
                self.step(life, act, status=step, **self._what_comes_with(life, step, act, reason))
            self._after(life, step, on)

    def _what_comes_with(self, life: Life, step: State, act: Act, reason: str) -> dict[str, Any]:
        """The fields that a step fills."""
        if step == State.ORGANIZING:
            return self._complete(life, act)
        if step == State.RETURNED:
            return {"question": reason, "status_reason": reason}
        if step == State.MERGED:
            return self._merge(life, act)
        return {"status_reason": reason}

    def _complete(self, life: Life, act: Act) -> dict[str, Any]:
        """The secretariat completes it with the section, and the rows that belong to it come with it."""
        problem, chance = life.texts.problem, self.chance
        everywhere = chance.random() < 0.06
        national = problem.level in {"law", "notice"}
        own = life.owner is life.section
        scope = Scope.NATIONAL if national else Scope.CITYWIDE if everywhere else SCOPES[0] if own else SCOPES[1]
        sides.write_parts(self, life, act, everywhere)
        if own:
            life.opened_on = life.story["reported_on"]
        return {
            "category_id": self.lists.categories[problem.category],
            "owning_unit_id": life.owner.on(act.day, self.renamed_on) if not own else life.story["reporting_unit_id"],
            "scope": scope,
            "severity": 1 + int(5 * chance.random() ** 0.9),
            "reach": "全庁" if everywhere else "",
            "affects_all_units": everywhere,
            "simplification": life.texts.simplification,
            "yen_lost": (life.story["hours_lost"] or 0) * 2_500 or None,
            "citizens_affected": 100 * int(120 * chance.random() ** 3) if problem.category == "MADO" else None,
        }

    def _survivor(self, life: Life) -> int | None:
        return next((pk for pk, title in reversed(self.recent) if title == life.texts.problem.title), None)

    def _merge(self, life: Life, act: Act) -> dict[str, Any]:
        survivor = self._survivor(life)
        self.writer.add(
            HurdleMerge, act, duplicate_id=life.pk, survivor_id=survivor, merged_by_id=life.secretary.pk,
            merged_at=act.at, status_before=life.story["status"],
        )  # fmt: skip
        return {"merged_into_id": survivor}

    def _after(self, life: Life, step: State, on: date) -> None:
        """What people say and do between this step and the next one."""
        if step == State.ORGANIZING:
            sides.ask_owner(self, life, on)
            sides.endorse(self, life, on)
            sides.talk(self, life, on)
            if self.bundles:
                self.bundles.offer(life, on)
        if step == State.POLICY_SET:
            sides.promise(self, life, on)
        if step in {State.IN_PROGRESS, State.PARTLY_RESOLVED}:
            sides.progress(self, life, on)
