"""Which unit a row of the survey means, by code or by name."""

from django.utils.translation import gettext as _

from apps.core.fiscal import FiscalYear
from apps.organization.models import Unit, WorkloadEntry
from apps.organization.models.lineage import Lineage
from apps.organization.selectors import units_on
from apps.organization.selectors.workload import survey_day


class UnitLookup:
    """The units that a year's survey asks, and those in whose name it has entries; three queries for any workbook."""

    def __init__(self, year: FiscalYear) -> None:
        day = survey_day(year)
        self.lineage = Lineage.on(day)
        self.every = {unit.pk: unit for unit in Unit.objects.order_by("valid_to", "pk")}
        asked = [self.every[pk] for pk in units_on(day).values_list("pk", flat=True)]
        self.by_code = {unit.code: unit for unit in asked}
        self.by_name: dict[str, list[Unit]] = {}
        for unit in asked:
            self.by_name.setdefault(unit.name, []).append(unit)
        entries = WorkloadEntry.objects.filter(fiscal_year=year).values_list("unit", "task")
        self.surveyed = {
            (self.every[unit].code, self.every[unit].name, task): self.every[unit] for unit, task in entries
        }

    def find(self, code: str, name: str, task: str) -> Unit | str:
        """The unit, or what is wrong in words. A row that was taken away under an old name comes back to it."""
        if surveyed := self.surveyed.get((code, name, task)):
            return surveyed
        if code:
            return self._coded(code, name)
        return self._named(name) if name else _("Write the code or the name of the unit.")

    def _coded(self, code: str, name: str) -> Unit | str:
        unit = self.by_code.get(code) or self.by_code.get(code.zfill(4))
        if unit is None:
            old = next((each for each in self.every.values() if each.code == code), None)
            return self._gone(old) if old else _("No unit has the code %(code)s.") % {"code": code}
        if name and name != unit.name:
            words = _("The code %(code)s belongs to “%(unit)s”, not to “%(name)s”.")
            return words % {"code": code, "unit": unit, "name": name}
        return unit

    def _named(self, name: str) -> Unit | str:
        found = self.by_name.get(name, [])
        if len(found) == 1:
            return found[0]
        if found:
            return _("Several units are called “%(name)s”: write the code.") % {"name": name}
        old = next((each for each in self.every.values() if each.name == name), None)
        return self._gone(old) if old else _("There is no unit called “%(name)s”.") % {"name": name}

    def _gone(self, old: Unit) -> str:
        """An old unit is not written to; the message says who took over."""
        present = self.every[self.lineage.now(old.pk)]
        if present == old:
            return _("“%(old)s” does not exist in this year.") % {"old": old}
        words = _("“%(old)s” is now “%(new)s” (%(code)s). Write it under that name.")
        return words % {"old": old, "new": present, "code": present.code}
