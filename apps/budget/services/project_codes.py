"""The code 事業コード at which the finance system knows a proposal: the finance section gives it, at whatever stage."""

from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import StageKind
from apps.budget.models import Proposal
from apps.budget.services.writing import say_code_is_taken
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet

CODED = declare_event("budget.proposal.coded", gettext_lazy("Project code given"))


def takes_code(proposal: Proposal) -> bool:
    """What was withdrawn or laid aside is in no file of the finance system."""
    return proposal.archived_at is None and proposal.stage.kind != StageKind.DROPPED


def give_project_code(*, proposal: Proposal, code: str, version: int, by: Any) -> Proposal:
    """Gives or changes the code, also after the request was handed in, which it does not change.

    Raises StaleVersion where somebody saved in the meantime, Unmet for a code that another proposal of the year has.
    """
    require(by, "budget.give_project_code", proposal)
    if not takes_code(proposal):
        raise Unmet(_("It was withdrawn or laid aside: it takes no project code."))
    if not code.strip():
        raise Unmet(_("Enter the project code."))
    proposal.project_code = code.strip()
    changes = {"project_code": proposal.project_code, "search_key": proposal.make_search_key()}
    try:
        with act(CODED, by=by):
            save_version(proposal, version=version, changes=changes)
    except IntegrityError as error:
        say_code_is_taken(error)
        raise
    return proposal
