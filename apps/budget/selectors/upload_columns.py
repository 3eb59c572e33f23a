"""The columns that an upload for the finance system may have, by their names there; a format chooses among them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from apps.core.fiscal import FiscalYear


@dataclass(frozen=True)
class UploadProject:
    """A 事業 of the finance system: that of a proposal, or that of another section in which lines stand."""

    fiscal_year: FiscalYear
    code: str
    name: str
    item: Any
    unit: Any
    number: str = ""
    kind: str = ""


@dataclass(frozen=True)
class UploadRow:
    """One 節 (or 細節) of a project. Sources stand in the first row of a project alone, so that columns add up."""

    project: UploadProject
    item_number: int
    item_name: str
    subitem: str
    request_k: int
    previous_k: int
    settled_k: int
    current_k: int
    assessed_k: int
    sources: Mapping[str, int]


@dataclass(frozen=True)
class UploadColumn:
    """A column: its kind, and its value in a row; amounts are in 千円 here."""

    kind: Literal["text", "code", "amount"]
    value: Callable[[UploadRow], Any]
    # Amounts of the appraisal, which fewer people may see.
    is_appraisal: bool = False


def _place(name: str) -> Callable[[UploadRow], Any]:
    return lambda row: getattr(row.project.item, name, "")


def _source(name: str) -> Callable[[UploadRow], Any]:
    return lambda row: row.sources.get(name, 0)


def _account(name: str) -> Callable[[UploadRow], Any]:
    return lambda row: getattr(row.project.item.account, name) if row.project.item else ""


def _unit(name: str) -> Callable[[UploadRow], Any]:
    return lambda row: getattr(row.project.unit, name, "")


def _codes(kind: Literal["text", "code", "amount"], **columns: Callable[[UploadRow], Any]) -> dict[str, UploadColumn]:
    return {name: UploadColumn(kind, value) for name, value in columns.items()}


SOURCES = ("national_k", "prefecture_k", "bond_k", "other_k", "general_k")
APPRAISED = "査定額"
SUBITEM = "細節"
UPLOAD_COLUMNS: dict[str, UploadColumn] = {
    **_codes(
        "code",
        年度=lambda row: str(int(row.project.fiscal_year)),
        会計=_account("code"),
        款=_place("kan"),
        項=_place("kou"),
        目=_place("moku"),
        大事業=_place("group"),
        事業コード=lambda row: row.project.code,
        節番号=lambda row: str(row.item_number),
        所属コード=_unit("code"),
        要求番号=lambda row: row.project.number,
    ),
    **_codes(
        "text",
        会計名=_account("name"),
        款名=_place("kan_name"),
        項名=_place("kou_name"),
        目名=_place("moku_name"),
        大事業名=_place("group_name"),
        事業名=lambda row: row.project.name,
        節=lambda row: row.item_name,
        細節=lambda row: row.subitem,
        所属=_unit("name"),
        要求区分=lambda row: row.project.kind,
    ),
    **_codes(
        "amount",
        要求額=lambda row: row.request_k,
        前年度当初予算額=lambda row: row.previous_k,
        前年度決算額=lambda row: row.settled_k,
        本年度現計予算額=lambda row: row.current_k,
        国庫支出金=_source("national_k"),
        県支出金=_source("prefecture_k"),
        地方債=_source("bond_k"),
        その他特定財源=_source("other_k"),
        一般財源=_source("general_k"),
    ),
    APPRAISED: UploadColumn("amount", lambda row: row.assessed_k, is_appraisal=True),
}


def unknown_columns(names: list[str]) -> list[str]:
    """Those that no upload has."""
    return [name for name in names if name not in UPLOAD_COLUMNS]


def tells_appraised(names: list[str]) -> bool:
    """Whether a format holds amounts under appraisal."""
    return any(UPLOAD_COLUMNS[name].is_appraisal for name in names if name in UPLOAD_COLUMNS)


@dataclass
class UploadSource:
    """The rows of a year's upload, the lines that stand inside projects of other sections, and what is left out."""

    year: FiscalYear
    rows: list[UploadRow]
    without_code: list[Any]
    hosted: list[Any]

    @property
    def hosted_k(self) -> int:
        return sum(line.request_k for line in self.hosted)

    @property
    def total_k(self) -> int:
        return sum(row.request_k for row in self.rows)

    @property
    def assessed_total_k(self) -> int:
        return sum(row.assessed_k for row in self.rows)
