"""The columns of the list of solved cases."""

from django.utils.translation import gettext_lazy as _

from apps.core.tables import Column, Table


class SolvedCaseTable(Table):
    """How hurdles were solved, what it brought, and how many sections do it too."""

    caption = _("List of solved cases")
    default_sort = "-solved_on"
    columns = (
        Column("title", _("Hurdle"), "subject", value="hurdle.title", link=lambda row: row.get_absolute_url()),
        Column("unit", _("Section"), value="unit.name", sort=("unit__order",)),
        Column("what", _("What was done")),
        Column("effect", _("Effect")),
        Column("hours_saved", _("Hours saved a year"), "number", sort=("hours_saved",)),
        Column("adoptions", _("Sections that do it too"), "number", sort=("adoptions",)),
        Column(
            "hours_together",
            _("Hours saved by all"),
            "number",
            value=lambda row: row.hours_together or None,
            sort=("hours_together",),
        ),
        Column("solved_on", _("Solved on"), "date", sort=("solved_on",)),
    )
