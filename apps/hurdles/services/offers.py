"""Which verbs a hurdle offers now, by its state and by what waits; asking for more would only be refused."""

from apps.core.transitions import Transition
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import resolution_to_ask, waiting_move, waiting_resolution
from apps.hurdles.services.flow import ACTS, FLOW
from apps.hurdles.services.survivors import refusal_to_undo


def offered_verbs(hurdle: Hurdle) -> list[Transition]:
    """The verbs that make sense now, whoever asks."""
    resolving = waiting_resolution(hurdle) is not None
    moving = waiting_move(hurdle) is not None
    sense = {
        "resolve": resolving,
        "refuse_resolution": resolving,
        "propose_resolution": not resolving,
        "target": not moving,
        "decide_move": moving,
        "unmerge": hurdle.status == HurdleStatus.MERGED and refusal_to_undo(hurdle, {}) is None,
        "answer_lasting": resolution_to_ask(hurdle) is not None,
    }
    return [row for row in (*FLOW.offered(hurdle), *ACTS.offered(hurdle)) if sense.get(row.verb, True)]
