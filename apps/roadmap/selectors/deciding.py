"""Who may decide a policy: it follows from the highest rule that has to change for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from apps.core.history import event_model_of
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import CommonHurdle, Hurdle, LegalLevel
from apps.roadmap.choices import DecidingBody, PolicyStatus
from apps.roadmap.models import Policy, PolicyCommonHurdle, PolicyHurdle


@dataclass(frozen=True)
class Deciding:
    """The bodies of which each is enough, and the levels from which that follows; nothing where none is known.

    `is_own`: the policy itself says what it changes; otherwise the legal bases of its hurdles do.
    """

    bodies: tuple[DecidingBody, ...]
    levels: tuple[LegalLevel, ...]
    is_own: bool

    @property
    def body_names(self) -> str:
        return "、".join(str(body.label) for body in self.bodies)

    @property
    def level_names(self) -> str:
        return "、".join(str(level) for level in self.levels)


def deciding(policy: Policy) -> Deciding:
    """Who may decide this policy."""
    return deciding_by_policy([policy])[policy.pk]


def deciding_by_policy(policies: Iterable[Policy]) -> dict[int, Deciding]:
    """The same for many policies by their keys, in a constant number of queries."""
    given = list(policies)
    levels = LegalLevel.objects.in_bulk()
    of_hurdles = _levels_of_hurdles([policy.pk for policy in given if policy.legal_level_id is None])
    return {policy.pk: _deciding(policy, levels, of_hurdles.get(policy.pk, set())) for policy in given}


def _deciding(policy: Policy, levels: dict[int, LegalLevel], of_hurdles: set[int]) -> Deciding:
    is_own = policy.legal_level_id is not None
    keys = {policy.legal_level_id} if policy.legal_level_id is not None else of_hurdles
    rests_on = sorted((levels[key] for key in keys), key=lambda level: (level.order, level.pk))
    return Deciding(_enough_for_all(rests_on), tuple(rests_on), is_own)


def _enough_for_all(levels: Collection[LegalLevel]) -> tuple[DecidingBody, ...]:
    """The bodies that may decide on each of these levels."""
    if not levels:
        return ()
    return tuple(body for body in DecidingBody if all(body in level.decided_by for level in levels))


def _levels_of_hurdles(policies: Collection[int]) -> dict[int, set[int]]:
    """By policy: the levels of the bases of the hurdles that it resolves, by itself or with a common hurdle."""
    single = PolicyHurdle.objects.filter(policy__in=policies, hurdle__archived_at__isnull=True).order_by()
    shared = _standing_members(PolicyCommonHurdle.objects.filter(policy__in=policies)).order_by()
    rows = [
        *single.values_list("policy", "hurdle__legal_bases__level"),
        *shared.values_list("policy", "common_hurdle__member_links__hurdle__legal_bases__level"),
    ]
    found: dict[int, set[int]] = {}
    for policy, level in rows:
        if level is not None:
            found.setdefault(policy, set()).add(level)
    return found


def _standing_members(links: QuerySet[PolicyCommonHurdle]) -> QuerySet[PolicyCommonHurdle]:
    """Links whose common hurdle stands, with those members that are neither archived nor merged into another one."""
    member = "common_hurdle__member_links__hurdle"
    standing = ~Q(**{f"{member}__status": HurdleStatus.MERGED}) & Q(**{f"{member}__archived_at__isnull": True})
    return links.filter(standing, common_hurdle__archived_at__isnull=True)


def withdrawn_on(policy: Policy) -> date | None:
    """The day on which it was withdrawn last: what was decided before that counts no more."""
    events = event_model_of(Policy).objects.filter(pgh_obj_id=policy.pk, status=PolicyStatus.WITHDRAWN)
    day: date | None = events.order_by("-pgh_id").values_list("status_since", flat=True).first()
    return day


def resolved_hurdles(policy: Policy) -> QuerySet[Hurdle]:
    """All hurdles that a policy resolves, whoever asks: by itself, and as members of a common hurdle; each once."""
    common = CommonHurdle.objects.filter(policy_links__policy=policy, archived_at__isnull=True).order_by()
    hurdles = Hurdle.objects.filter(archived_at__isnull=True).filter(
        Q(pk__in=policy.hurdle_links.order_by().values("hurdle"))
        | Q(pk__in=Hurdle.objects.filter(common_hurdles__in=common).exclude(status=HurdleStatus.MERGED).values("pk"))
    )
    return hurdles.order_by("number", "pk")
