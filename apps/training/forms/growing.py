"""A form with as many rows as its record has, and some empty ones more."""

from typing import Any

from apps.core.forms import RecordForm


class GrowingForm(RecordForm):
    """What somebody saves in the meantime may have more rows or fewer: the comparison shows those of both."""

    def differences(self, present: RecordForm) -> list[dict[str, Any]]:
        mine, theirs = dict(self.fields), dict(present.fields)
        present.fields.update({name: field for name, field in mine.items() if name not in theirs})
        self.fields.update({name: field for name, field in theirs.items() if name not in mine})
        return super().differences(present)
