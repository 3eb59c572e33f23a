"""masters.yaml: the lists that the secretariat edits, and a look at those that are fixed in code."""

from typing import Any

from apps.budget.choices import CostKind, StageKind
from apps.budget.models import Account, BudgetItem, BudgetStage, ExpenseItem, ExpenseSubitem
from apps.city.services import budget, budget_lines, hurdles, meetings, roadmap
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession
from apps.city.services.skills import standard_of, standard_values
from apps.core.fiscal import FiscalYear
from apps.hurdles.choices import Route
from apps.hurdles.models import Category, LegalLevel, Theme
from apps.training.models import EvaluationLevel, LiteracyArea, SkillRole, SkillStandard, SkillType

# The list of expense items changed with fiscal 2020 (平成31年総務省令第37号).
NEW_ITEMS_FROM = FiscalYear(2020)
# Words that are fixed in code: a city's file may know fewer of them, but no others.
WORDS_IN_CODE: dict[str, dict[str, Any]] = {
    "hurdle_statuses": hurdles.STATES,
    "roadmap_statuses": roadmap.STATES,
    "agenda_kinds": meetings.AGENDA_KINDS,
    "agenda_results": meetings.OUTCOMES,
    "directive_statuses": meetings.DIRECTIVE_STATES,
    "budget_request_kinds": budget.KINDS,
}
CODES_IN_CODE: dict[str, dict[str, Any]] = {
    "funding_sources": {code: code for code in (*budget_lines.SOURCES, budget_lines.GENERAL)},
    "cost_kinds": {kind.value: kind for kind in CostKind},
}
# What the stages of the list mean to the portal; a stage with another name of the city's own means nothing to it.
STAGES = {
    "起案": StageKind.DRAFT,
    "課長確認": StageKind.SECTION,
    "部内調整": StageKind.DEPARTMENT,
    "導入計画書の事前審査": StageKind.PRE_REVIEW,
    "要求提出": StageKind.REQUEST,
    "財政課ヒアリング": StageKind.HEARING,
    "財政課長査定": StageKind.APPRAISAL,
    "財務部長査定": StageKind.APPRAISAL,
    "市長査定": StageKind.APPRAISAL,
    "内示": StageKind.NOTICE,
    "復活要求": StageKind.REVIVAL,
    "復活査定": StageKind.REVIVAL_APPRAISAL,
    "予算案確定": StageKind.FIXED,
    "議案提出": StageKind.BILL,
    "議決": StageKind.VOTED,
    "不採択・取下げ": StageKind.DROPPED,
}
# How the file explains such a code; the portal has its own words for it.
EXPLAINED = frozenset({"name", "group", "examples"})


def load_lists(session: LoadSession) -> None:
    """Categories, themes, legal levels; accounts, items and stages of the budget; what describes courses."""
    document = session.document("masters.yaml")
    _check_words(document)
    _load_hurdle_lists(session, document)
    _load_expense_items(session, document)
    _load_budget_lists(session, document)
    _load_course_lists(session, document)
    document.rows("talent_tiers")  # loaded with the headcounts of training.yaml
    document.finish()


def _check_words(document: Row) -> None:
    for key, words in WORDS_IN_CODE.items():
        document.check_words(key, words)
    for key, codes in CODES_IN_CODE.items():
        for row in document.rows(key):
            row.one_of("code", codes)
            row.finish(ignored=EXPLAINED)


def _load_hurdle_lists(session: LoadSession, document: Row) -> None:
    for order, row in enumerate(document.rows("hurdle_categories"), start=1):
        code, values = row.text("code", required=True), {"name": row.text("name", required=True), "order": order}
        row.finish()
        session.keep(row, Category, {"code": code}, values)
    routes = {route.value: route for route in Route}
    for order, row in enumerate(document.rows("legal_levels"), start=1):
        values = {
            "name": row.text("name", required=True),
            "changed_by": row.text("changed_by"),
            "route": row.one_of("route", routes),
            "decided_by": row.texts("decided_by"),
            "order": order,
        }
        code = row.text("code", required=True)
        row.finish()
        session.keep(row, LegalLevel, {"code": code}, values)
    for order, name in enumerate(document.texts("themes"), start=1):
        session.keep(document, Theme, {"name": name}, {"order": order})


def _load_expense_items(session: LoadSession, document: Row) -> None:
    last_old = NEW_ITEMS_FROM.previous
    for key, years in (
        ("setsu_until_fy2019", {"from_year": None, "to_year": last_old}),
        ("setsu_from_fy2020", {"from_year": NEW_ITEMS_FROM, "to_year": None}),
    ):
        for row in document.rows(key):
            keys, values = {"item_number": row.count("no"), **years}, {"name": row.text("name", required=True)}
            row.finish()
            session.keep(row, ExpenseItem, keys, values)
    for key, item in (("juyohi_saisetsu", "需用費"), ("ekimuhi_saisetsu", "役務費")):
        for order, name in enumerate(document.texts(key), start=1):
            session.keep(document, ExpenseSubitem, {"item_name": item, "name": name}, {"order": order})


def _load_budget_lists(session: LoadSession, document: Row) -> None:
    for row in document.rows("accounts"):
        values = {"name": row.text("name", required=True), "kind": row.text("kind")}
        code = row.text("code", required=True)
        row.finish()
        session.keep(row, Account, {"code": code}, values)
    general = Account.objects.order_by("code").first()
    for row in document.rows("budget_kamoku"):
        keys = {name: row.text(name, required=True) for name in ("kan", "kou", "moku")}
        values = {f"{name}_name": row.text(f"{name}_name", required=True) for name in keys}
        row.finish()
        session.keep(row, BudgetItem, {"account": general, **keys}, values)
    for order, name in enumerate(document.texts("budget_stages"), start=1):
        session.keep(document, BudgetStage, {"name": name}, {"order": order, "kind": STAGES.get(name, "")})


def _load_course_lists(session: LoadSession, document: Row) -> None:
    standard = standard_of(session)
    session.problems.stop_if_any()
    if standard is None:
        standard = session.add(SkillStandard(**standard_values(session), is_current=True), document)
    for order, row in enumerate(document.rows("dss_p_types"), start=1):
        name, roles = row.text("name", required=True), row.texts("roles")
        row.finish()
        session.keep(row, SkillType, {"standard": standard, "name": name}, {"order": order})
        for position, role in enumerate(roles, start=1):
            kind = SkillType.objects.get(standard=standard, name=name)
            session.keep(row, SkillRole, {"skill_type": kind, "name": role}, {"order": position})
    for order, name in enumerate(document.texts("dss_l_areas"), start=1):
        session.keep(document, LiteracyArea, {"standard": standard, "name": name}, {"order": order})
    for row in document.rows("kirkpatrick"):
        level, values = row.count("level"), {"name": row.text("name", required=True)}
        row.finish()
        session.keep(row, EvaluationLevel, {"level": level}, values)
