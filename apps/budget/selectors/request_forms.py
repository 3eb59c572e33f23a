"""Reads of the city's own forms, and of what fills them."""

from typing import Any

from django.db.models import Q, QuerySet

from apps.budget.models import Proposal, RequestForm
from apps.budget.selectors.appraisal import told_to
from apps.budget.selectors.form_words import Filling
from apps.budget.selectors.stage_amounts import appraised_amounts
from apps.core.fiscal import FiscalYear

# A download of more forms than that keeps a person waiting: a section at a time.
MOST_FORMS = 60


def forms_in_use() -> QuerySet[RequestForm]:
    """The forms that were not laid aside, without their files."""
    return RequestForm.objects.filter(archived_at__isnull=True).select_related("taken_by").defer("content")


def forms_of(fiscal_year: FiscalYear) -> QuerySet[RequestForm]:
    """Those that hold for a year."""
    return forms_in_use().filter(Q(from_year__isnull=True) | Q(from_year__lte=fiscal_year))


def fillings_of(proposals: QuerySet[Any], user: Any) -> list[Filling]:
    """What fills a form for each of these proposals, which `user` sees; a constant number of queries for a year."""
    rows = list(proposals.prefetch_related("request_lines__cost_lines")[: MOST_FORMS + 1])
    told = told_to(user, Proposal.objects.filter(pk__in=[row.pk for row in rows]))
    seen = set(told.values_list("pk", flat=True))
    given = appraised_amounts(Proposal.objects.filter(pk__in=seen))
    return [
        Filling(row, given.by_line, sum(given.beyond[row.pk].values())) if row.pk in seen else Filling(row, None)
        for row in rows
    ]
