"""The finance section gives a proposal the code at which its own system knows it, also after the request."""

from typing import Any

import pytest

from apps.budget.models import Proposal
from apps.budget.services.project_codes import give_project_code
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet
from apps.organization.models import User
from tests.budget.stages import proposal_at
from tests.factories import user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db


def coded(code: str = "0205-001", stage: str = "要求提出") -> Proposal:
    return proposal_at(stage, project_code=code)


def test_a_request_without_a_code_is_given_one_and_found_by_it(client: Any, finance: User) -> None:
    proposal = coded("")
    client.force_login(finance)
    assert f'href="{proposal.get_absolute_url()}code/"' in text_of(client.get(proposal.get_absolute_url()))
    url = f"{proposal.get_absolute_url()}code/"
    sent = form_of(client.get(url), "project_code")
    assert client.post(url, sent | {"project_code": ""}).status_code == 422
    assert client.post(url, sent | {"project_code": " 0205-009 "}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.project_code, proposal.stage.name) == ("0205-009", "要求提出")
    assert proposal.name in text_of(client.get("/budget/proposals/?q=0205-009"))
    history = text_of(client.get(proposal.get_absolute_url()))
    assert "事業コードを付けた" in history


def test_no_two_proposals_of_a_year_have_one_code(finance: User) -> None:
    coded()
    other = coded("")
    with pytest.raises(Unmet, match="事業コード"):
        give_project_code(proposal=other, code="0205-001", version=other.version, by=finance)
    other.refresh_from_db()
    assert other.project_code == ""


def test_who_may_and_when(finance: User) -> None:
    proposal, gone = coded(""), coded("", "不採択・取下げ")
    with pytest.raises(Forbidden):
        give_project_code(proposal=proposal, code="1", version=proposal.version, by=user_with("promoter"))
    with pytest.raises(Unmet, match="取り下げ"):
        give_project_code(proposal=gone, code="1", version=gone.version, by=finance)
    with pytest.raises(StaleVersion):
        give_project_code(proposal=proposal, code="1", version=proposal.version - 1, by=finance)
