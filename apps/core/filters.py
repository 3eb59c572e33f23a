"""Filters that the lists of several parts of the portal share."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.models import found


class KeywordFilter(django_filters.CharFilter):
    """Words to find in what a record is searched by, written in whatever width or kana."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"label": _("Keyword"), **more})

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return found(qs, value) if value else qs
