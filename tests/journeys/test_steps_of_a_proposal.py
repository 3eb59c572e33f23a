"""In the browser: two people plan the steps of one proposal, and neither is written over."""

from datetime import date

from playwright.sync_api import expect

from apps.budget.models import BackwardStep, Proposal, ProposalStep
from apps.budget.services.steps import plan_steps, seen_steps
from tests.city.demo_city import person

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def test_two_at_the_steps_of_a_proposal(visitor):
    officer, proposal = visitor("u014"), Proposal.objects.get(source_key="B-03")
    quotes = BackwardStep.objects.get(name="見積りを3者から取る")
    officer.go(f"{proposal.get_absolute_url()}steps/")
    page = officer.page
    note, planned = (page.locator(f"[name={name}_{quotes.pk}]") for name in ("note", "planned_on"))
    planned.fill("R4.12.15")
    note.fill("𠮷野商会ほか")
    theirs = {quotes.pk: {"planned_on": date(2022, 12, 20), "note": "髙島屋ほか"}}
    plan_steps(proposal=proposal, rows=theirs, seen=seen_steps(proposal), by=person("u006"))
    page.get_by_role("button", name="保存する").click()
    expect(page.locator("main")).to_contain_text("ほかの人がこの間に保存した内容：髙島屋ほか")
    expect(page.locator("main")).to_contain_text("ほかの人がこの間に保存した内容：R4.12.20")
    expect(note).to_have_value("𠮷野商会ほか")
    officer.look((PHONE, DESK))
    assert ProposalStep.objects.get().note == "髙島屋ほか"
    page.get_by_role("button", name="保存する").click()
    page.wait_for_url(f"**{proposal.get_absolute_url()}")
    kept = ProposalStep.objects.get()
    assert (kept.planned_on, kept.note) == (date(2022, 12, 15), "𠮷野商会ほか")
