"""How the numbers of the investment view came about, each formula with its numbers; amounts in 千円."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.selectors.investment_view import Investment, Share, written_k
from apps.budget.selectors.payback import Effect
from apps.core.fiscal import FiscalYear
from apps.core.money import number


@dataclass(frozen=True)
class Words:
    """What the section of a proposal says beside its table."""

    paybacks: list[tuple[str, str]]
    hours: str
    formulas: list[tuple[str, str]]
    assumptions: list[str]


def words_of(investment: Investment, fiscal_year: FiscalYear) -> Words:
    return Words(
        paybacks=[(_label(investment, name), _payback(investment, share)) for name, share in investment.cases],
        hours=hours_words(investment.effect),
        formulas=list(_formulas(investment)),
        assumptions=list(_assumptions(investment, fiscal_year)),
    )


def hours_words(effect: Effect) -> str:
    """9,800 hours a year, and what they are worth."""
    if not effect.hours:
        return ""
    if effect.hour_yen is None:
        return _("%(hours)s hours a year") % {"hours": number(effect.hours)}
    return _("%(hours)s hours a year = %(amount)s thousand yen a year") % {
        "hours": number(effect.hours),
        "amount": written_k(effect.hours_k),
    }


def years_words(years: Decimal | None, effect: Effect, initial_yen: int) -> str:
    """3.4 years, or why there is no number."""
    if not effect.is_known:
        return _("not known: the cost of an hour is not set")
    if effect.yearly_k <= 0:
        return _("does not pay back by hours and yen alone")
    if not initial_yen:
        return _("no initial cost")
    return _("%(years)s years") % {"years": number(years or Decimal(0))}


def _payback(investment: Investment, share: Share) -> str:
    return years_words(share.years, investment.effect, investment.initial_yen)


def _label(investment: Investment, name: str) -> str:
    if not investment.undecided_k:
        return _("Pays back in")
    return _("Pays back in (with the grant)") if name == "with" else _("Pays back in (without the grant)")


def _initial_label(investment: Investment, name: str) -> str:
    if not investment.undecided_k:
        return _("Initial cost that the city pays")
    if name == "with":
        return _("Initial cost that the city pays (with the grant)")
    return _("Initial cost that the city pays (without the grant)")


def _formulas(investment: Investment) -> Iterator[tuple[str, str]]:
    effect = investment.effect
    if effect.hours and effect.hour_yen is not None:
        yield (
            _("Value of the hours"),
            _("%(hours)s hours × %(price)s yen = %(amount)s thousand yen a year")
            % {
                "hours": number(effect.hours),
                "price": number(effect.hour_yen),
                "amount": written_k(effect.hours_k),
            },
        )
    yield _("Running cost of a later year"), _running(investment)
    for name, share in investment.cases:
        yield _initial_label(investment, name), _initial(investment, share)
        if share.years is not None and investment.initial_yen:
            yield _label(investment, name), _division(share, effect)


def _running(investment: Investment) -> str:
    amounts = [number(year.running_k or 0) for year in investment.entered]
    if not amounts:
        return _("0 (no later year was entered)")
    return _("(%(sum)s) ÷ %(count)s years = %(amount)s thousand yen a year") % {
        "sum": "＋".join(amounts),
        "count": len(amounts),
        "amount": written_k(investment.effect.running_k),
    }


def _initial(investment: Investment, share: Share) -> str:
    whole = number(investment.initial_yen)
    if not share.sources_k or not investment.initial_yen:
        return _("%(initial)s yen (no other source) = %(share)s thousand yen") % {
            "initial": whole,
            "share": written_k(share.initial_k),
        }
    return _(
        "%(initial)s yen − other sources %(sources)s thousand yen × %(initial)s ÷ %(total)s = %(share)s thousand yen"
    ) % {
        "initial": whole,
        "sources": number(share.sources_k),
        "total": number(investment.total_yen),
        "share": written_k(share.initial_k),
    }


def _division(share: Share, effect: Effect) -> str:
    return _("%(share)s ÷ (hours %(hours)s + savings %(saved)s − running %(running)s) = %(years)s years") % {
        "share": written_k(share.initial_k),
        "hours": written_k(effect.hours_k),
        "saved": written_k(effect.saved_k),
        "running": written_k(effect.running_k),
        "years": number(share.years or Decimal(0)),
    }


def _assumptions(investment: Investment, fiscal_year: FiscalYear) -> Iterator[str]:
    if investment.hour_basis and investment.effect.hour_yen is not None:
        yield _("Cost of an hour: %(price)s yen, set for %(year)s (%(basis)s).") % {
            "price": number(investment.effect.hour_yen),
            "year": fiscal_year,
            "basis": investment.hour_basis,
        }
    yield from _later_years(investment)
    if investment.undecided_k:
        yield _("Without the grant: %(amount)s thousand yen that are not granted yet come from general revenue.") % {
            "amount": number(investment.undecided_k)
        }
    yield _("Other sources pay initial and running cost of the first year in proportion.")
    if investment.bond_k:
        yield _("The bond of %(amount)s thousand yen counts as a source; its repayment is not in the numbers.") % {
            "amount": number(investment.bond_k)
        }
    yield _("Nothing is discounted: a thousand yen of a later year counts as one of this year.")
    yield _("Hours of citizens are not turned into yen. Years are rounded half up to one decimal.")


def _later_years(investment: Investment) -> Iterator[str]:
    entered, missing = (_named(rows) for rows in (investment.entered, investment.missing))
    if entered:
        yield _("Running cost of later years was entered: %(years)s. It bears no source: the city pays it.") % {
            "years": entered
        }
    if missing:
        yield _("Later years that nobody entered count as 0: %(years)s.") % {"years": missing}
    if investment.shared:
        yield _(
            "Yearly shares of continuing costs come on top: %(years)s, %(amount)s thousand yen, of which other sources "
            "are entered to pay %(sources)s thousand yen, with and without the grants of this year."
        ) % {
            "years": _named(investment.shared),
            "amount": number(sum(year.share_k for year in investment.shared)),
            "sources": number(sum(year.share_sources_k for year in investment.shared)),
        }
    if investment.burden_k:
        yield _(
            "The limit of debt burdens (%(amount)s thousand yen) is not spread over the years and stands in no sum; "
            "what is paid each year is entered as running cost of later years."
        ) % {"amount": number(investment.burden_k)}
    if investment.burden_sources_k:
        yield _(
            "Sources of debt burdens (%(amount)s thousand yen) are known for the whole period and not by year: they "
            "are not taken off."
        ) % {"amount": number(investment.burden_sources_k)}


def _named(rows: list[Any]) -> str:
    return "、".join(row.fiscal_year.short for row in rows)
