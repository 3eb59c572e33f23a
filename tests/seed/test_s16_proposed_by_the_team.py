"""S16 デジ田TYPE2・3、スーパーシティ等を市民・客観的目線から推進チームとして提案.

The team drafts a proposal for a service of another section, with what citizens say and where that is written, and with
the rule that stands in the way. S23: the section whose service it is sees it, is told, and answers.
"""

from playwright.sync_api import expect

from apps.budget.models import Proposal

NAME = "書かない窓口の𠮷野方式（デジ田TYPE2）"


def test_the_team_proposes_from_the_citizens_view_and_the_owner_answers(visitor):
    team = visitor("u015")
    page, main = team.page, team.page.locator("main")
    team.go("/budget/proposals/")
    page.get_by_role("link", name="予算要求を起案する").first.click()
    team.look()
    page.locator("#id_name").fill(NAME)
    page.locator("#id_requesting_unit").select_option(label="こども政策課")
    page.locator("#id_kind").select_option("new")
    page.locator("#id_budget_item").select_option(index=1)
    page.locator("#id_purpose").fill("市民が窓口で書く手間をなくす。")
    page.get_by_label("推進チームが市民・客観的な目線から提案する").check()
    page.locator("#id_owning_unit").select_option(label="市民課")
    page.locator("#id_citizen_view").fill("転入では同じ住所を5回書く。")
    page.locator("#id_deregulation").fill("住民基本台帳法施行令の届出様式の特例（特区提案）")
    page.get_by_role("button", name="起案する").click()
    team.look()
    expect(main).to_contain_text("まだ回答がありません。")
    expect(main).to_contain_text("届出様式の特例")
    proposal = Proposal.objects.get(name=NAME)
    for kind, text, source, day in (
        ("survey", "窓口で待つのが苦痛 61％", "市民意識調査", "R4.7.1"),
        ("waiting_time", "転入の届出 平均72分", "窓口の番号札の記録", "R4.6.30"),
        ("voice", "何度も同じことを書かされる", "市長への手紙", ""),
        ("council", "書かない窓口の見通しは", "令和4年6月定例会 一般質問", "R4.6.10"),
    ):
        team.go(f"{proposal.get_absolute_url()}evidence/add/")
        page.locator("#id_kind").select_option(kind)
        page.locator("#id_text").fill(text)
        page.locator("#id_source").fill(source)
        page.locator("#id_seen_on").fill(day)
        page.locator("main form button[type=submit]").last.click()
    team.look()
    expect(main).to_contain_text("令和4年6月定例会 一般質問")
    assert proposal.evidence.count() == 4

    owner = visitor("u014")
    owner.go("/")
    owner.page.get_by_role("link", name="回答", exact=True).first.click()
    owner.look()
    owner.page.get_by_label("条件付きで賛成").check()
    owner.page.locator("#id_words").fill("繁忙期を避けて始めるなら。")
    owner.page.locator("main form button[type=submit]").last.click()
    owner.look()
    expect(owner.page.locator("main")).to_contain_text("繁忙期を避けて始めるなら。")
    team.go(proposal.get_absolute_url())
    expect(main).to_contain_text("条件付きで賛成")
    # Nobody of another section is shown it.
    visitor("u016").go(proposal.get_absolute_url(), status=404)
