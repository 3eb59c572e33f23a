"""What the city asks of the nation."""

from django.utils.translation import gettext as _

from apps.core.documents import Block, DataTable, TableColumn
from apps.core.registry import Standpoint
from apps.petitions.models import Petition
from apps.petitions.selectors import of_year, petition_list
from apps.reports.models import ReportChapter
from apps.reports.services.chapters.parts import day, key_figures, named


def blocks(chapter: ReportChapter, standpoint: Standpoint) -> list[Block]:
    """Key figures, where each petition stands, and what each asks for."""
    petitions = list(of_year(petition_list(standpoint.user), standpoint.year).order_by("number", "pk"))
    return [
        key_figures(standpoint, "petitions.all", "petitions.submitted"),
        _standing(petitions),
        _contents(petitions),
    ]


def _standing(petitions: list[Petition]) -> DataTable:
    return DataTable(
        title=_("Where the petitions stand"),
        columns=(
            TableColumn(_("Number"), "code"),
            TableColumn(_("Petition")),
            TableColumn(_("Ministries")),
            TableColumn(_("Channel")),
            TableColumn(_("State")),
            TableColumn(_("Submission"), "date"),
        ),
        rows=tuple(
            (
                each.number or "",
                each.title,
                named(*each.ministries),
                str(each.channel or ""),
                str(each.get_status_display()),
                day(each.submission_on),
            )
            for each in petitions
        ),
    )


def _contents(petitions: list[Petition]) -> DataTable:
    return DataTable(
        title=_("Trouble, requested measure, effect"),
        columns=(
            TableColumn(_("Petition")),
            TableColumn(_("Cases of trouble")),
            TableColumn(_("Requested measure")),
            TableColumn(_("Effects")),
        ),
        rows=tuple((each.title, each.trouble_cases, each.requested_measure, each.effects) for each in petitions),
    )
