"""What the tests of policies share."""

from typing import Any

from apps.roadmap.models import Policy
from tests.factories import LegalLevelFactory, PolicyFactory, PolicyVersionFactory

ANY = ["team", "kessai", "headquarters"]


def a_policy(status: str = "draft", *, text: str = "押印を廃止する。", **fields: Any) -> Policy:
    """A policy with a text of 3 June 2022, unless `text` is empty; a draft has no number."""
    fields.setdefault("number", None) if status == "draft" else None
    policy: Policy = PolicyFactory(status=status, **fields)
    if text:
        PolicyVersionFactory(policy=policy, version=1, text=text)
    return policy


def a_level(*bodies: str, **fields: Any) -> Any:
    return LegalLevelFactory(decided_by=list(bodies), **fields)
