"""The filter by a section, for lists of what sections have, ask for or lead."""

from typing import Any

import django_filters

from apps.organization.selectors import sections_today


class SectionFilter(django_filters.ModelChoiceFilter):
    """One of the sections of today, by its code."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=lambda _request: sections_today(), to_field_name="code", **more)
