"""masters.yaml: the lists that the secretariat edits. Lists of later apps are read when those apps load."""

from typing import Any

from apps.budget.models import Account, BudgetItem, BudgetStage, ExpenseItem, ExpenseSubitem
from apps.city.services.documents import Row
from apps.city.services.session import LoadSession
from apps.core.fiscal import FiscalYear
from apps.hurdles.choices import HurdleStatus, Route
from apps.hurdles.models import Category, LegalLevel, Theme

# The list of expense items changed with fiscal 2020 (平成31年総務省令第37号).
NEW_ITEMS_FROM = FiscalYear(2020)
# Lists of records that this portal does not hold yet, and words that are fixed in code.
OF_LATER_APPS = frozenset(
    {"talent_tiers", "dss_p_types", "dss_l_areas", "kirkpatrick", "agenda_kinds", "agenda_results"}
    | {"directive_statuses", "roadmap_statuses"}
)
IN_CODE = frozenset({"hurdle_statuses", "funding_sources", "cost_kinds", "budget_request_kinds"})


def load_lists(session: LoadSession) -> None:
    """Categories, themes, legal levels, accounts, items and stages of the budget."""
    document = session.document("masters.yaml")
    _load_hurdle_lists(session, document)
    _load_expense_items(session, document)
    _load_budget_lists(session, document)
    _check_states(document)
    document.finish(ignored=OF_LATER_APPS | IN_CODE)


def _load_hurdle_lists(session: LoadSession, document: Row) -> None:
    for order, row in enumerate(document.rows("hurdle_categories"), start=1):
        values = {"name": row.text("name", required=True), "order": order}
        _keep(session, Category, {"code": row.text("code", required=True)}, values)
    routes = {route.value: route for route in Route}
    for order, row in enumerate(document.rows("legal_levels"), start=1):
        values = {
            "name": row.text("name", required=True),
            "changed_by": row.text("changed_by"),
            "route": row.one_of("route", routes),
            "decided_by": row.list("decided_by"),
            "order": order,
        }
        _keep(session, LegalLevel, {"code": row.text("code", required=True)}, values)
    for order, name in enumerate(document.list("themes"), start=1):
        _keep(session, Theme, {"name": name}, {"order": order})


def _load_expense_items(session: LoadSession, document: Row) -> None:
    last_old = NEW_ITEMS_FROM.previous
    for key, years in (
        ("setsu_until_fy2019", {"from_year": None, "to_year": last_old}),
        ("setsu_from_fy2020", {"from_year": NEW_ITEMS_FROM, "to_year": None}),
    ):
        for row in document.rows(key):
            keys = {"item_number": row.count("no"), **years}
            _keep(session, ExpenseItem, keys, {"name": row.text("name", required=True)})
    for key, item in (("juyohi_saisetsu", "需用費"), ("ekimuhi_saisetsu", "役務費")):
        for order, name in enumerate(document.list(key), start=1):
            _keep(session, ExpenseSubitem, {"item_name": item, "name": name}, {"order": order})


def _load_budget_lists(session: LoadSession, document: Row) -> None:
    for row in document.rows("accounts"):
        values = {"name": row.text("name", required=True), "kind": row.text("kind")}
        _keep(session, Account, {"code": row.text("code", required=True)}, values)
    general = Account.objects.order_by("code").first()
    for row in document.rows("budget_kamoku"):
        keys = {name: row.text(name, required=True) for name in ("kan", "kou", "moku")}
        values = {f"{name}_name": row.text(f"{name}_name", required=True) for name in keys}
        row.finish()
        _keep(session, BudgetItem, {"account": general, **keys}, values)
    for order, name in enumerate(document.list("budget_stages"), start=1):
        _keep(session, BudgetStage, {"name": name}, {"order": order})


def _check_states(document: Row) -> None:
    """The states of a hurdle are a table in code; a city's file may not know others."""
    if len(document.list("hurdle_statuses")) > len(HurdleStatus):
        document.fault("hurdle_statuses", "hurdle_statuses")


def _keep(session: LoadSession, model: Any, keys: dict[str, Any], values: dict[str, Any]) -> None:
    """Adds a row of a list where it is missing; what the secretariat has changed stays."""
    session.problems.stop_if_any()
    conditions = {
        f"{key}__isnull" if value is None else key: True if value is None else value for key, value in keys.items()
    }
    if not model.objects.filter(**conditions).exists():
        session.add(model(**keys, **values))
