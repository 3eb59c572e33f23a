"""policy_requests.yaml: petitions to the nation, each from the day it was drafted on."""

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, Part, source
from apps.hurdles.models import Hurdle
from apps.petitions.choices import PetitionClass, PetitionStatus
from apps.petitions.models import Petition, PetitionAnswer, PetitionChannel, PetitionHurdle

CLASSES = {
    "規制緩和（制度の見直し）": PetitionClass.DEREGULATION,
    "運用の改善": PetitionClass.PRACTICE,
    "財政措置": PetitionClass.FINANCE,
}
STATES = {
    "内部検討": PetitionStatus.INTERNAL,
    "支障事例の収集": PetitionStatus.COLLECTING,
    "本部決定待ち": PetitionStatus.AWAITING_HEADQUARTERS,
    "事前相談": PetitionStatus.CONSULTING,
    "国へ提出": PetitionStatus.SUBMITTED,
    "第1次回答": PetitionStatus.FIRST_ANSWER,
    "第2次回答": PetitionStatus.SECOND_ANSWER,
    "実現": PetitionStatus.REALISED,
    "現行規定で対応可": PetitionStatus.ALREADY_POSSIBLE,
    "実現せず": PetitionStatus.NOT_REALISED,
}
# The channel whose form the limits of the file belong to.
LIMITED = "提案募集方式"


def load_petitions(session: LoadSession) -> None:
    """Petitions with their channels; what the nation answered after the day is left out."""
    document = session.document("policy_requests.yaml")
    rows = document.rows("requests")
    channels = _channels(session, document, rows)
    hurdles = session.mentions("hurdles.yaml", "hurdles", "links.policy_request")
    for row in rows:
        named = [*row.list("hurdles"), *hurdles.get(row.text("id"), [])]
        with session.entry():
            petition = _load_petition(session, row, channels)
            for hurdle in session.those(Hurdle, named if petition else []):
                session.link(row, PetitionHurdle, petition=petition, hurdle=hurdle)
    document.finish()


def _channels(session: LoadSession, document: Row, rows: list[Row]) -> dict[str, PetitionChannel]:
    """Every channel that a petition names; the secretariat's own limits stay."""
    limits = document.row("limits", required=False)
    limited = {
        "measure_limit": limits.integer("requested_measure_max_chars"),
        "cases_and_effects_limit": limits.integer("trouble_plus_effects_max_chars"),
        "limits_source": limits.text("source"),
    }
    limits.finish()
    names = [*([LIMITED] if limits.data else []), *(row.text("route") for row in rows)]
    for order, name in enumerate(filter(None, dict.fromkeys(names)), start=1):
        values = limited if name == LIMITED else {}
        session.keep(limits, PetitionChannel, {"name": name}, {"order": order, **values})
    return {channel.name: channel for channel in PetitionChannel.objects.all()}


def _load_petition(session: LoadSession, row: Row, channels: dict[str, PetitionChannel]) -> Petition | None:
    dates, year = row.row("dates"), row.fiscal_year("fy")
    drafted = dates.day("drafted")
    petition = Petition(
        **source("petition", row.text("id", required=True)),
        fiscal_year=year,
        title=row.text("title", required=True),
        classification=row.one_of("classification", CLASSES),
        current_state=row.text("current_state"),
        trouble_cases=row.text("trouble_cases"),
        requested_measure=row.text("requested_measure"),
        effects=row.text("effects"),
        legal_basis=row.text("legal_basis"),
        ministries=row.texts("ministries"),
        co_proposers=row.texts("co_proposers"),
        channel=channels.get(row.text("route")),
        status=row.one_of("status", STATES),
        drafted_on=drafted,
        headquarters_on=dates.day("hq_decision"),
        consultation_on=dates.day("prior_consultation"),
        submission_on=dates.day("submit"),
    )
    dates.finish()
    _check_lengths(row, petition)
    answers = [(_answer(each), each) for each in row.rows("responses")]
    known: list[Part] = [(answer, its_row) for answer, its_row in answers if session.knows(answer.date)]
    taken: Petition | None = session.take(row, petition, since=drafted, number=("R", year), parts=known)
    return taken


def _check_lengths(row: Row, petition: Petition) -> None:
    stated = row.row("char_counts", required=False)
    stated.compare("requested_measure", petition.measure_length)
    stated.compare("trouble_plus_effects", petition.cases_and_effects_length)
    stated.finish()


def _answer(row: Row) -> PetitionAnswer:
    answer = PetitionAnswer(date=row.first_day("date"), text=row.text("text", required=True))
    row.finish()
    return answer
