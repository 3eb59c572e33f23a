"""Which columns of a list a person wants to see."""

from typing import Any

from apps.core.models import ListColumns


def kept_columns(person: Any, list_name: str) -> list[str] | None:
    """The keys of the chosen columns; None where the person has chosen none."""
    row = ListColumns.objects.filter(person=person, list_name=list_name).first()
    return row.columns if row else None


def keep_columns(*, list_name: str, columns: list[str], by: Any) -> None:
    """Keeps the choice; without any column the list is as it comes."""
    if columns:
        ListColumns.objects.update_or_create(person=by, list_name=list_name, defaults={"columns": columns})
    else:
        ListColumns.objects.filter(person=by, list_name=list_name).delete()
