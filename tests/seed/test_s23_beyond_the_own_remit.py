"""S23 市民・客観的な目線で、DXを進めるべき業務・サービスを提言.

The team proposes something for a service outside its own remit: headquarters reads it with the answer of the section
whose service it is, and that section is asked on its first page.
"""

from playwright.sync_api import expect

from apps.budget.models import BudgetItem
from apps.budget.services import create_draft
from apps.core.fiscal import FiscalYear
from apps.organization.models import Unit
from tests.city.demo_city import person


def test_the_owning_section_answers_and_headquarters_reads_both(visitor):
    year = FiscalYear(2023)
    proposal = create_draft(
        values={
            "fiscal_year": year,
            "budget_item": BudgetItem.objects.of(year).first(),
            "name": "保育所入所の相談予約",
            "kind": "new",
            "requesting_unit": person("u015").unit,
            "purpose": "相談の待ち時間をなくす。",
            "team_proposal": True,
            "owning_unit": Unit.objects.get(name="市民課"),
            "citizen_view": "窓口で1時間待つ。",
        },
        by=person("u015"),
    )
    owner = visitor("u014")
    owner.go("/")
    owner.page.get_by_role("link", name="回答", exact=True).first.click()
    owner.look()
    owner.page.get_by_label("反対").check()
    owner.page.locator("main form button[type=submit]").last.click()
    expect(owner.page.locator("main")).to_contain_text("条件または困難な理由を入力してください")
    owner.page.locator("#id_words").fill("窓口の体制が決まってから。")
    owner.page.locator("main form button[type=submit]").last.click()
    owner.look()
    headquarters = visitor("u002")
    headquarters.go(proposal.get_absolute_url())
    for words in (
        "推進チームからの提案",
        "窓口で1時間待つ。",
        "所管課（市民課）の回答",
        "反対",
        "窓口の体制が決まってから。",
    ):
        expect(headquarters.page.locator("main")).to_contain_text(words)
