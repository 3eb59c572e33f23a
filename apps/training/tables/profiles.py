"""The columns of the list of talent profiles."""

from django.utils.translation import gettext_lazy

from apps.core.tables import Column
from apps.training.tables.cells import MarkedTable, url_of


class ProfileTable(MarkedTable):
    """Talent profiles with how many are needed this year; the gap stands in the table of needed and present people."""

    caption = gettext_lazy("List of talent profiles")
    default_sort = "order"
    columns = (
        Column("order", gettext_lazy("Order"), "number", sort=("order",)),
        Column("name", gettext_lazy("Talent profile"), "subject", sort=("name",), link=url_of),
        Column("code", gettext_lazy("Code"), "code", sort=("code",)),
        Column("tier", gettext_lazy("Tier"), value=lambda row: row.get_tier_display(), sort=("tier",)),
        Column("description", gettext_lazy("Who is counted")),
        Column("needed", gettext_lazy("Needed this year"), "number", sort=("needed",)),
        Column("counted_from", gettext_lazy("Counted from people since"), "date", sort=("counted_from",)),
        Column("skills", gettext_lazy("Skills"), "number", value="skill_count", sort=("skill_count",)),
        Column("courses", gettext_lazy("Courses"), "number", value="course_count", sort=("course_count",)),
    )
