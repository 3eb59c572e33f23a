"""grants_reference.yaml: how the nation's grants followed one another."""

import re

from django.utils.translation import gettext as _

from apps.budget.models import GrantGeneration, GrantGenerationType
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession

_RATE = re.compile(r"(\d+)/(\d+)", re.ASCII)


def load_grant_generations(session: LoadSession) -> None:
    """The table to look up; it reaches beyond the day on purpose, for what came later is what one looks up."""
    document = session.document("grants_reference.yaml")
    for order, row in enumerate(document.rows("generations"), start=1):
        name = row.text("name", required=True)
        generation = GrantGeneration(
            source_key=row.text("generation") or name,
            generation=row.integer("generation"),
            name=name,
            national_budget=row.text("budget"),
            amount_oku=row.integer("budget_amount_oku"),
            calls=row.text("window"),
            order=order,
        )
        types = [(_type(each, position), each) for position, each in enumerate(row.rows("types"), start=1)]
        taken = session.take(row, generation)
        if session.is_new(taken):
            for each, its_row in types:
                each.generation = taken
                session.part(each, its_row)
    document.text("note")  # what the table is for, in the words of the file: the page says it itself
    document.finish()


def _type(row: Row, order: int) -> GrantGenerationType:
    numerator, denominator = _rate(row)
    kind = GrantGenerationType(
        name=row.text("name", required=True),
        rate_numerator=numerator,
        rate_denominator=denominator,
        cap_oku=row.number("cap_oku"),
        verification=row.text("verified"),
        order=order,
    )
    row.finish()
    return kind


def _rate(row: Row) -> tuple[int | None, int | None]:
    """1/2 as it is printed, unreduced; nothing where it is not known."""
    text = row.text("rate")
    found = _RATE.fullmatch(text)
    if text and not found:
        row.fault("rate", _("“%(key)s” must be a fraction such as 1/2") % {"key": "rate"})
    return (int(found[1]), int(found[2])) if found else (None, None)
