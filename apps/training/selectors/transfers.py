"""Transfers that are known and not public yet: the personnel section's alone, and what they do to the gap.

Nothing here is part of a figure, and whoever is not of the personnel section gets nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.training.choices import TransferKind
from apps.training.models import Headcount, KnownTransfer, Recognition
from apps.training.permissions import is_personnel
from apps.training.selectors.present import UnitTree
from apps.training.selectors.recognitions import open_recognitions


def transfers_visible_to(user: Any) -> QuerySet[KnownTransfer]:
    """All of them for the personnel section, none for anybody else."""
    transfers = KnownTransfer.objects.filter(archived_at__isnull=True)
    return transfers if is_personnel(user) else transfers.none()


def transfer_list(user: Any) -> QuerySet[Any]:
    """With people and units, and whether the person belongs to a profile."""
    recognised = Exists(open_recognitions().filter(person=OuterRef("person")))
    return transfers_visible_to(user).select_related("person__unit", "to_unit").annotate(recognised=recognised)


def still_ahead(transfers: QuerySet[KnownTransfer]) -> QuerySet[KnownTransfer]:
    """Those whose day has not come: from it on, the people and the units say it themselves."""
    return transfers.filter(effective_on__gt=clock.today())


@dataclass(frozen=True)
class Move:
    """A recognised person who goes on a day: from which unit, to which; None is out of the city."""

    profile: int
    year: FiscalYear
    from_unit: int | None
    to_unit: int | None
    leaves: bool


def expected_moves(user: Any) -> list[Move]:
    """The moves of recognised people that are still ahead; empty for everybody but the personnel section."""
    transfers = list(still_ahead(transfers_visible_to(user)).select_related("person").order_by("effective_on", "pk"))
    people = [transfer.person_id for transfer in transfers]
    recognitions: dict[int, list[Recognition]] = {}
    for each in open_recognitions().filter(person__in=people, person__is_active=True):
        recognitions.setdefault(each.person_id, []).append(each)
    sits: dict[int, int | None] = {}
    gone: set[int] = set()
    moves: list[Move] = []
    for transfer in transfers:
        if transfer.person_id not in gone:
            sitting = sits.get(transfer.person_id, transfer.person.unit_id)
            moves += _moves_of(transfer, recognitions.get(transfer.person_id, []), sitting)
            sits[transfer.person_id] = transfer.to_unit_id
        if transfer.kind == TransferKind.LEAVING:
            gone.add(transfer.person_id)
    return moves


def _moves_of(transfer: KnownTransfer, recognitions: list[Recognition], sitting: int | None) -> list[Move]:
    """One move for each profile to which the person still belongs on the day."""
    year, leaves = FiscalYear.of(transfer.effective_on), transfer.kind == TransferKind.LEAVING
    return [
        Move(each.profile_id, year, sitting, transfer.to_unit_id, leaves)
        for each in recognitions
        if each.ended_on is None or each.ended_on > transfer.effective_on
    ]


def transfer_changes(user: Any) -> dict[tuple[int, FiscalYear], int] | None:
    """How many people of a profile leave the city in a year, for the gap table.

    None for everybody but the personnel section.
    """
    if not is_personnel(user):
        return None
    changes: dict[tuple[int, FiscalYear], int] = {}
    for move in expected_moves(user):
        key = (move.profile, move.year)
        changes[key] = changes.get(key, 0) - move.leaves
    return changes


def transfer_changes_of_groups(user: Any) -> dict[tuple[int, int, FiscalYear], int] | None:
    """How many people of a profile come to a unit group and go from it in a year, by profile, group and year.

    None for everybody but the personnel section.
    """
    if not is_personnel(user):
        return None
    moves = expected_moves(user)
    group_of = _groups_by_profile() if moves else {}
    changes: dict[tuple[int, int, FiscalYear], int] = {}
    for move in moves:
        groups = group_of.get(move.profile, {})
        for unit, people in ((move.to_unit, 1), (move.from_unit, -1)):
            if unit in groups:
                key = (move.profile, groups[unit], move.year)
                changes[key] = changes.get(key, 0) + people
    return changes


def _groups_by_profile() -> dict[int, dict[int, int]]:
    """By profile: each unit and the unit group in which its people count, as where those present are counted."""
    groups: dict[int, set[int]] = {}
    for profile, unit in Headcount.objects.filter(unit__isnull=False).order_by().values_list("profile", "unit"):
        groups.setdefault(profile, set()).add(unit)
    tree = UnitTree()
    return {profile: tree.within(units) for profile, units in groups.items()}
