"""Reads of activities and reflections; every list starts at what the person may see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Model, OuterRef, Prefetch, QuerySet
from django.db.models.expressions import Combinable

from apps.budget.selectors import visible_to as visible_proposals
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import event_model_of
from apps.petitions.selectors import visible_to as visible_petitions
from apps.reviews.models import (
    Activity,
    Reflection,
    ReflectionCourse,
    ReflectionInitiative,
    ReflectionPetition,
    ReflectionPolicy,
    ReflectionProposal,
)
from apps.roadmap.selectors import initiatives_visible_to, policies_visible_to
from apps.training.selectors import courses_visible_to


@dataclass(frozen=True)
class AnswerKind:
    """A kind of record that can answer a reflection: `names` and `name` are the fields on both sides of the link."""

    names: str
    name: str
    link: type[Model]
    visible_to: Callable[[Any], QuerySet[Any]]

    @property
    def model(self) -> type[Model]:
        target: Any = self.link._meta.get_field(self.name).related_model
        return target

    @property
    def history_part(self) -> str:
        return f"{self.name}_links"

    @property
    def seen(self) -> str:
        """Where the records that the person may see are put."""
        return f"seen_{self.names}"


# In the order in which they are shown: what was decided, what is done, who learns, what it costs, what is asked.
ANSWER_KINDS = (
    AnswerKind("policies", "policy", ReflectionPolicy, policies_visible_to),
    AnswerKind("initiatives", "initiative", ReflectionInitiative, initiatives_visible_to),
    AnswerKind("courses", "course", ReflectionCourse, courses_visible_to),
    AnswerKind("proposals", "proposal", ReflectionProposal, visible_proposals),
    AnswerKind("petitions", "petition", ReflectionPetition, visible_petitions),
)


@dataclass(frozen=True)
class Answers:
    """The records of one kind that answer a reflection, as far as the person may see."""

    kind: AnswerKind
    records: list[Any]

    @property
    def label(self) -> str:
        return str(self.kind.model._meta.verbose_name)


def activities_visible_to(user: Any) -> QuerySet[Activity]:
    """All activities, for whoever holds a role."""
    activities = Activity.objects.filter(archived_at__isnull=True)
    return activities if user.role_kinds else activities.none()


def reflections_visible_to(user: Any) -> QuerySet[Any]:
    """All reflections, for whoever holds a role; `is_answered` is the same for everybody.

    It says that something answers, also where that is hidden from the person; it never says what.
    """
    reflections = Reflection.objects.filter(archived_at__isnull=True)
    answered: Combinable = reduce(or_, (_is_answered_by(kind) for kind in ANSWER_KINDS))
    return reflections.annotate(is_answered=answered) if user.role_kinds else reflections.none()


def _is_answered_by(kind: AnswerKind) -> Any:
    present = {f"{kind.name}__archived_at__isnull": True}
    return Exists(kind.link._default_manager.filter(reflection=OuterRef("pk"), **present))


def reflection_list(user: Any) -> QuerySet[Any]:
    """Visible reflections with what answers them, one query for each kind."""
    answers = (Prefetch(kind.names, queryset=kind.visible_to(user), to_attr=kind.seen) for kind in ANSWER_KINDS)
    return reflections_visible_to(user).select_related("theme").prefetch_related(*answers)


def answers_of(reflection: Any) -> list[Answers]:
    """What answers a reflection by kind, from the prefetched rows; kinds without any are left out."""
    found = (Answers(kind, getattr(reflection, kind.seen)) for kind in ANSWER_KINDS)
    return [answers for answers in found if answers.records]


def of_year(reflections: QuerySet[Any], fiscal_year: FiscalYear) -> QuerySet[Any]:
    return reflections.filter(fiscal_year=fiscal_year)


def activities_of(fiscal_year: FiscalYear, user: Any) -> QuerySet[Activity]:
    """What was done in a year, in the order in which it was entered."""
    return activities_visible_to(user).filter(fiscal_year=fiscal_year).order_by("pk")


def fiscal_years() -> list[FiscalYear]:
    """The years to choose from, newest first: those with activities or reflections, and the one just over."""
    last = FiscalYear.of(clock.today()).previous
    return sorted({last, *_years_of(Activity), *_years_of(Reflection)}, reverse=True)


def latest_year() -> FiscalYear:
    """The newest year with activities or reflections; the one just over where there is none yet."""
    known = {*_years_of(Activity), *_years_of(Reflection)}
    return max(known, default=FiscalYear.of(clock.today()).previous)


def _years_of(model: type[Activity] | type[Reflection]) -> QuerySet[Any, FiscalYear]:
    rows = model.objects.filter(archived_at__isnull=True).order_by()
    return rows.values_list("fiscal_year", flat=True).distinct()


def told_parts(reflection: Reflection, user: Any) -> Iterator[str]:
    """The links whose history the person may read: a history names every record that was ever linked."""
    for kind in ANSWER_KINDS:
        links = event_model_of(kind.link).objects.filter(reflection_id=reflection.pk)
        ever = set(links.values_list(f"{kind.name}_id", flat=True))
        if kind.visible_to(user).filter(pk__in=ever).count() == len(ever):
            yield kind.history_part


def reflections_of_policy(policy: Any, user: Any) -> QuerySet[Any]:
    """The reflections that a policy answers, the newest year first."""
    return reflections_visible_to(user).filter(policies=policy).select_related("theme")


def reflections_of_initiative(initiative: Any, user: Any) -> QuerySet[Any]:
    """The reflections that an initiative answers, the newest year first."""
    return reflections_visible_to(user).filter(initiatives=initiative).select_related("theme")
