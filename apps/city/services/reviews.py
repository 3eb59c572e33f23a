"""reviews.yaml: what was done in the year before, what did not go well, and what answers it now."""

from apps.budget.models import Proposal
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, source
from apps.core.fiscal import FiscalYear
from apps.hurdles.models import Theme
from apps.petitions.models import Petition
from apps.reviews.choices import ReflectionLevel
from apps.reviews.models import (
    Activity,
    Reflection,
    ReflectionCourse,
    ReflectionInitiative,
    ReflectionPetition,
    ReflectionPolicy,
    ReflectionProposal,
)
from apps.roadmap.models import Initiative, Policy
from apps.training.models import Course

LEVELS = {"総論": ReflectionLevel.GENERAL, "各論": ReflectionLevel.PARTICULAR}
# The field of the file, the records that it names, their link, and the link's field.
ANSWERS = (
    ("policies", Policy, ReflectionPolicy, "policy"),
    ("roadmap", Initiative, ReflectionInitiative, "initiative"),
    ("training", Course, ReflectionCourse, "course"),
    ("budget", Proposal, ReflectionProposal, "proposal"),
    ("petitions", Petition, ReflectionPetition, "petition"),
)


def load_reviews(session: LoadSession) -> None:
    """Activities and reflections of one year, with those answers that the day knows."""
    if "reviews.yaml" not in session.documents:
        return
    document = session.document("reviews.yaml")
    year, themes = document.fiscal_year("fy"), {theme.name: theme for theme in Theme.objects.all()}
    for row in document.rows("activities"):
        activity = Activity(
            **source("activity", row.text("id", required=True)),
            fiscal_year=year,
            title=row.text("title", required=True),
            result=row.text("result"),
        )
        session.take(row, activity)
    for row in document.rows("reflections"):
        _load_reflection(session, row, year, themes)
    document.finish()


def _load_reflection(session: LoadSession, row: Row, year: FiscalYear, themes: dict[str, Theme]) -> None:
    answers = row.row("answered_by", required=False)
    named = [(model, through, end, answers.list(field)) for field, model, through, end in ANSWERS]
    answers.finish()
    reflection = Reflection(
        **source("reflection", row.text("id", required=True)),
        fiscal_year=year,
        level=row.one_of("level", LEVELS),
        theme=themes.get(row.text("theme")),
        text=row.text("text", required=True),
    )
    with session.entry():
        taken = session.take(row, reflection)
        for model, through, end, keys in named:
            for answer in session.those(model, keys):
                session.link(row, through, **{"reflection": taken, end: answer})
