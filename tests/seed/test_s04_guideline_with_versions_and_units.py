"""S04 スマート窓口の指針の策定.

A policy of kind 指針 with its standard text and its versions, the units that it binds, and which of them adopted it.
"""

from playwright.sync_api import expect

from apps.roadmap.models import Policy, PolicyUnit


def guideline():
    return Policy.objects.get(title="スマート窓口の指針")


def press(person, name, leads_to):
    person.page.locator("main").get_by_role("button", name=name, exact=True).click()
    person.page.wait_for_url(f"**{leads_to}")
    person.look()


def test_the_guideline_has_a_standard_versions_and_units_that_adopt_it(visitor):
    secretariat, here = visitor("u006"), guideline().get_absolute_url()
    page = secretariat.page
    secretariat.go(here)
    main = page.locator("main")
    for words in ("指針", "新しい窓口業務は、記入を求めない手順から設計する。", "7所属のうち2所属が採用済み"):
        expect(main).to_contain_text(words)

    page.goto(f"{secretariat.address}{here}versions/write/")
    page.locator("[name=text]").fill(
        "窓口での記入を減らし、来庁しなくても済む手続を増やすための考え方を示す。窓口の滞在時間を毎年公表する。"
    )
    page.locator("textarea[name=reason]").fill("待ち時間の測り方をそろえるため。")
    press(secretariat, "本文の新しい版を書く", here)
    expect(main).to_contain_text("第2版")
    expect(main).to_contain_text("待ち時間の測り方をそろえるため。")

    page.goto(f"{secretariat.address}{here}units/bind/")
    page.get_by_label("介護保険課", exact=True).check()
    press(secretariat, "対象の所属を加える", here)
    expect(main).to_contain_text("8所属のうち2所属が採用済み")


def test_a_bound_section_adopts_it_and_the_list_says_who_has_not(visitor):
    here = guideline().get_absolute_url()
    PolicyUnit.objects.filter(policy=guideline(), unit__code="0602").update(adopted=False)
    promoter = visitor("u016")
    promoter.go("/roadmap/policies/?unit=0602&adoption=open")
    expect(promoter.page.locator("main tbody tr")).to_have_count(1)
    promoter.page.goto(f"{promoter.address}/")
    promoter.page.locator(".task", has_text="課で採用する：スマート窓口の指針").get_by_role("link").first.click()
    promoter.page.locator("[name=adopted_on]").fill("R4.10.3")
    promoter.page.locator("[name=note]").fill("入園の届出を聞き取りで受け付けている。")
    press(promoter, "所属の採用を記録する", here)
    row = promoter.page.locator("tr", has=promoter.page.get_by_role("rowheader", name="保育課"))
    for words in ("採用済み", "R4.10.3", "入園の届出を聞き取りで受け付けている。"):
        expect(row).to_contain_text(words)
    promoter.go("/roadmap/policies/?unit=0602&adoption=open")
    expect(promoter.page.locator("main tbody tr")).to_have_count(0)
