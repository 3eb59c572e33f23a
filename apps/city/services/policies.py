"""policies.yaml: policies and guidelines with every version of their text."""

from django.utils.translation import gettext as _

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, source
from apps.core.fiscal import FiscalYear
from apps.hurdles.models import Hurdle
from apps.organization.models import Unit
from apps.roadmap.choices import DECIDED_POLICY, PolicyKind, PolicyStatus
from apps.roadmap.models import Policy, PolicyHurdle, PolicyUnit, PolicyVersion

KINDS = {"方針": PolicyKind.POLICY, "指針": PolicyKind.GUIDELINE}
STATES = {
    "案": PolicyStatus.DRAFT,
    "検討中": PolicyStatus.UNDER_REVIEW,
    "決定": PolicyStatus.DECIDED,
    "施行中": PolicyStatus.IN_FORCE,
    "達成": PolicyStatus.ACHIEVED,
    "取下げ": PolicyStatus.WITHDRAWN,
}


def load_policies(session: LoadSession) -> None:
    """Policies from the day of their first text on; by which meeting they were decided stands with the meetings."""
    document = session.document("policies.yaml")
    initiatives: dict[str, str] = {}
    for row in document.rows("policies"):
        _one_policy_an_initiative(row, initiatives)
        _load_policy(session, row)
    document.finish()


def _one_policy_an_initiative(row: Row, initiatives: dict[str, str]) -> None:
    """An initiative stands under one policy; which one is set when the roadmap is loaded."""
    for key in row.list("roadmap"):
        if key in initiatives:
            words = {"key": key, "other": initiatives[key]}
            row.fault("roadmap", _("“%(key)s” stands under “%(other)s” already") % words)
        initiatives[key] = row.text("id")


def _load_policy(session: LoadSession, row: Row) -> None:
    versions = [(_version(each), each) for each in row.rows("versions")]
    days = [version.date for version, _row in versions]
    first, last = min(days, default=None), max((day for day in days if session.knows(day)), default=None)
    hurdles, bound, adopted = row.list("hurdles"), row.list("binds"), row.list("adopted")
    row.text("decided_at")
    policy = Policy(
        **source("policy", row.text("id", required=True)),
        kind=row.one_of("kind", KINDS),
        title=row.text("title", required=True),
        goal=row.text("goal", required=True),
        standard=row.text("standard"),
        target_date=row.day("target_date"),
        status=row.one_of("status", STATES),
        # The files do not say since when: the newest text is the last that is known to have happened.
        status_since=last,
    )
    if policy.status in DECIDED_POLICY:
        policy.decided_version = max(
            (each.version for each, _row in versions if session.knows(each.date)), default=None
        )
    with session.entry():
        taken = session.take(row, policy, since=first, number=("P", FiscalYear.of(first or session.as_of)))
        if taken is None:
            return
        _add_versions(session, taken, versions)
        for hurdle in session.those(Hurdle, hurdles):
            session.link(row, PolicyHurdle, policy=taken, hurdle=hurdle)
        for unit in session.those(Unit, [*bound, *adopted]):
            session.link(row, PolicyUnit, policy=taken, unit=unit, adopted=unit.source_key in adopted)


def _version(row: Row) -> PolicyVersion:
    version = PolicyVersion(
        version=row.count("version"), date=row.first_day("date"), text=row.text("text", required=True)
    )
    row.finish()
    return version


def _add_versions(session: LoadSession, policy: Policy, versions: list[tuple[PolicyVersion, Row]]) -> None:
    """The texts that the day knows; a later load brings the later ones, for a text is never changed, only followed."""
    present = set(policy.versions.values_list("version", flat=True))
    for version, row in versions:
        if version.version not in present and session.knows(version.date):
            version.policy = policy
            session.add(version, row)
