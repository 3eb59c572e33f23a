"""A page about one record."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from apps.core.models import NumberedRecord
from apps.core.pages.base import Page


class DetailPage(Page):
    """`get_queryset` starts at what the person may see, so that the rest answers like what does not exist."""

    record: Any

    def get_queryset(self) -> QuerySet[Any]:
        raise NotImplementedError

    def load(self) -> None:
        rows = NumberedRecord.at_address(self.get_queryset(), self.kwargs["address"])
        found = rows.first()
        if found is None:
            raise Http404
        self.record = found

    def permission_subject(self) -> Any:
        return self.record

    def get_title(self) -> Any:
        return str(self.record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, **kwargs)
