"""What one may choose for a policy, which units it binds, and what is still open under it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.core import clock
from apps.hurdles.choices import CLOSED
from apps.hurdles.models import CommonHurdle, Hurdle
from apps.hurdles.selectors import common_hurdles as visible_common_hurdles
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.organization.models import Role, Unit, User
from apps.organization.permissions import is_secretariat
from apps.organization.selectors import sections_today
from apps.organization.selectors.lineage import units_now, units_rolled_up_to
from apps.roadmap.choices import NOT_LINKED, PolicyStatus
from apps.roadmap.models import Initiative, Policy, PolicyUnit
from apps.roadmap.permissions import SPEAKERS, units_spoken_for
from apps.roadmap.selectors.records import initiatives_visible_to, policies_visible_to
from apps.roadmap.selectors.timing import CLOSED_INITIATIVE, CLOSED_POLICY

# Here a bound unit has to do something.
BINDING = (PolicyStatus.DECIDED, PolicyStatus.IN_FORCE)


def policy_by_uid(uid: Any) -> Policy | None:
    """The policy that an earlier click of the same form made."""
    return Policy.objects.filter(uid=uid).first()


def choosable_hurdles(user: Any) -> QuerySet[Hurdle]:
    """The hurdles that a person may say a policy resolves."""
    hurdles = visible_hurdles(user).exclude(status__in=NOT_LINKED)
    return hurdles.select_related("owning_unit", "reporting_unit").order_by("number", "pk")


def without_policy(hurdles: QuerySet[Hurdle]) -> QuerySet[Hurdle]:
    """Those that are open and that no policy resolves yet."""
    standing = Policy.objects.filter(archived_at__isnull=True).exclude(status=PolicyStatus.WITHDRAWN)
    return hurdles.exclude(status__in=CLOSED).exclude(policy_links__policy__in=standing)


def choosable_common_hurdles(user: Any) -> QuerySet[CommonHurdle]:
    """The common hurdles that a person may say a policy resolves."""
    return visible_common_hurdles(user).select_related("lead_unit").order_by("number", "pk")


def common_hurdles_of(policy: Policy, user: Any) -> QuerySet[CommonHurdle]:
    """The visible common hurdles that a policy resolves."""
    return choosable_common_hurdles(user).filter(policy_links__policy=policy)


def open_hurdles_of(policy: Policy, user: Any) -> QuerySet[Hurdle]:
    """The hurdles of a policy that are not at their end, as far as the person sees them."""
    hurdles = visible_hurdles(user).filter(policy_links__policy=policy).exclude(status__in=CLOSED)
    return hurdles.order_by("number", "pk")


def open_initiatives_of(policy: Policy, user: Any) -> QuerySet[Initiative]:
    """The initiatives under a policy that are not at their end."""
    initiatives = initiatives_visible_to(user).filter(policy=policy).exclude(status__in=CLOSED_INITIATIVE)
    return initiatives.order_by("number", "pk")


def bound_links(policy: Policy) -> QuerySet[PolicyUnit]:
    """The units that a policy binds, in the order of the administration."""
    return policy.unit_links.select_related("unit").order_by("unit__order", "pk")


def units_to_bind(policy: Policy) -> QuerySet[Unit]:
    """The sections of today that a policy does not bind; a predecessor that it binds counts for its successor."""
    now = units_now()
    bound = {now[unit] for unit in policy.unit_links.values_list("unit", flat=True)}
    return sections_today().exclude(pk__in=bound)


def links_to_speak_for(policy: Policy, user: Any) -> QuerySet[PolicyUnit]:
    """The bound units for which a person may say that they have adopted the policy: the own ones."""
    links = bound_links(policy)
    return links if is_secretariat(user) else links.filter(unit__in=units_spoken_for(user))


def units_of_links(links: QuerySet[PolicyUnit]) -> QuerySet[Unit]:
    """The units of these bindings, in the order of the administration."""
    return Unit.objects.filter(pk__in=links.order_by().values("unit"))


def speakers_of(policy: Policy) -> list[User]:
    """The promoters and managers of the bound units today, each once; a unit that has ended by its successors."""
    now = units_now()
    units = {now[unit] for unit in policy.unit_links.values_list("unit", flat=True)}
    roles = Role.objects.on(clock.today()).filter(unit__in=units, kind__in=SPEAKERS, user__is_active=True)
    return list(User.objects.filter(pk__in=roles.values("user")))


def binding_unit(policies: QuerySet[Policy], unit: Unit) -> QuerySet[Policy]:
    """Those that bind a unit of today, or one that it has taken over."""
    return policies.filter(Exists(_links_here().filter(unit__in=units_rolled_up_to(unit))))


def not_adopted(policies: QuerySet[Policy], unit: Unit | None = None) -> QuerySet[Policy]:
    """Those that a bound unit has not adopted, this one if one is named."""
    links = _links_here().filter(adopted=False)
    return policies.filter(Exists(links.filter(unit__in=units_rolled_up_to(unit)) if unit else links))


def _links_here() -> QuerySet[PolicyUnit]:
    return PolicyUnit.objects.filter(policy=OuterRef("pk")).order_by()


def late_policies(policies: QuerySet[Policy]) -> QuerySet[Policy]:
    """Those whose date has passed and that are neither achieved nor withdrawn, as `is_late_policy`."""
    return policies.filter(target_date__lt=clock.today()).exclude(status__in=CLOSED_POLICY)


def policies_to_decide(user: Any) -> QuerySet[Policy]:
    """What is under consideration, the oldest first."""
    rows = policies_visible_to(user).filter(status=PolicyStatus.UNDER_REVIEW)
    return rows.order_by("status_since", "number", "pk")


def policies_to_bring_into_force(user: Any) -> QuerySet[Policy]:
    """Decided ones whose day has come: the one that was planned, else the target date."""
    today = clock.today()
    due = Q(in_force_on__lte=today) | Q(in_force_on__isnull=True, target_date__lt=today)
    rows = policies_visible_to(user).filter(due, status=PolicyStatus.DECIDED)
    return rows.order_by("in_force_on", "target_date", "number", "pk")


def adoptions_waiting(user: Any, units: Iterable[int]) -> QuerySet[PolicyUnit]:
    """Bound units, of these, that have not adopted a decided policy."""
    links = PolicyUnit.objects.filter(unit__in=units, adopted=False, policy__status__in=BINDING)
    visible = links.filter(policy__in=policies_visible_to(user))
    return visible.select_related("policy", "unit").order_by("policy__number", "unit__order", "pk")
