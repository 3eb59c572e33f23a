"""One hurdle from logging to resolved: officer, secretariat, owning section, reporter, and a year later once more."""

import re
from datetime import date

from playwright.sync_api import expect

TITLE = "給食材料の請求書の印影確認に時間がかかる"
OBSTACLE = "公立保育所11園の給食材料の請求書が月に240件届き、登録された代表者印と照らし合わせている。"
ASKED = "照合をやめられるか、財務規則との関係を教えてください。"
CONDITION = "財務規則の改正と合わせて、照合を発行責任者の確認に替える。"
WHY = "法務文書課の審査が1月になり、6月議会後の施行となるため。"
ANSWER = "9月末までを認めます。照合の簡素化は3月までに行ってください。"
EVIDENCE = "改正財務規則（第62条）の施行後、10月の240件すべてを印影照合なしで受け付けた。"
NUMBER = "H-2022-0031"
HERE = f"/hurdles/{NUMBER}/"


def press(person, name):
    person.page.locator("main").get_by_role("button", name=name, exact=True).click()
    person.page.wait_for_url(lambda url: url.split("#")[0].endswith(HERE))


def follow_task(person, text, label):
    """From My work to the page of the act that waits."""
    person.page.goto(f"{person.address}/")
    task = person.page.locator(".task", has_text=TITLE).filter(has_text=text)
    task.get_by_role("link", name=label).click()


def open_act(person, path):
    person.page.goto(f"{person.address}{HERE}{path}/")


def says(person, *texts):
    for text in texts:
        expect(person.page.locator("main")).to_contain_text(text)


def newest_notice(person, text):
    person.page.goto(f"{person.address}/notices/")
    expect(person.page.locator("main")).to_contain_text(text)


def log_attach_comment(officer, tmp_path):
    page = officer.page
    page.get_by_role("link", name="ハードルを登録する").first.click()
    page.get_by_label("件名").press_sequentially(TITLE)
    page.get_by_label("何が妨げになっていますか").fill(OBSTACLE)
    expect(page.locator("#similar-list li").first).to_contain_text("H-2022-0001")
    expect(page.locator(".fold summary")).to_contain_text("任意")
    press(officer, "登録する")
    expect(page.get_by_role("status").first).to_have_text(
        f"{NUMBER} として受け付けました。事務局が確認し、その後の動きをお知らせします。"
    )
    page.get_by_role("textbox", name="コメント").fill("件数は令和3年度の実績です。")
    press(officer, "コメントする")
    page.get_by_text("ファイルを添付する").click()
    copy = tmp_path / "印影台帳の写し.txt"
    copy.write_text("印影台帳")
    page.locator("input[type=file]").set_input_files(copy)
    press(officer, "添付する")
    expect(page.get_by_role("link", name="印影台帳の写し.txt").first).to_be_visible()
    officer.look()


def triage_and_ask(secretariat):
    page = secretariat.page
    page.goto(f"{secretariat.address}/hurdles/triage/")
    page.get_by_label("所管課").select_option(label="会計課")
    page.get_by_label("重大さ").select_option("5")
    page.locator("h1").click()
    page.keyboard.press("o")
    says(secretariat, f"{NUMBER}の整理を始めました。")
    follow_task(secretariat, "所管課に見解を求める", "見解を求める")
    page.get_by_label("課に伝えること").fill(ASKED)
    press(secretariat, "所管課に見解を求める")
    says(secretariat, "登録した課、所管課、推進チーム、本部、事務局", ASKED)


def answer_and_work(owner):
    page = owner.page
    follow_task(owner, "見解を答える", "見解を答える")
    says(owner, ASKED)
    page.get_by_label("条件付").check()
    page.get_by_label("理由").fill(CONDITION)
    press(owner, "この見解で答える")
    page.get_by_role("link", name="期限を決める").click()
    page.get_by_label("期限").fill("R5.3.31")
    press(owner, "期限を決める")
    open_act(owner, "next-action")
    page.get_by_label("次にすること").fill("改正案を法務文書課と協議する")
    page.get_by_label("いつまでに").fill("R4.11.30")
    page.get_by_label("役割").select_option(label="推進チーム")
    press(owner, "次にすることを決める")
    open_act(owner, "draft-policy")
    press(owner, "方針案を作り始める")
    open_act(owner, "start")
    page.get_by_label("対応を始める根拠").fill("令和4年10月13日 副市長了承")
    press(owner, "対応を始める")
    open_act(owner, "progress")
    page.get_by_label("遅れ").check()
    page.get_by_label("進んだこと").fill("財務規則の改正案を作成した。")
    press(owner, "進捗を書く")
    expect(page.locator(".page-head__meta")).to_contain_text("遅れ")


def move_the_date(owner, secretariat):
    open_act(owner, "target")
    says(owner, "重大さ5のハードルの期限を所管課が延ばすときは、事務局の判断を待ちます。")
    owner.page.get_by_label("新しい期限").fill("R5.9.30")
    owner.page.get_by_label("期限を変える理由").fill(WHY)
    press(owner, "期限を変える")
    says(owner, "期限を令和5年9月30日へ延ばす申出が、事務局の判断を待っています")
    follow_task(secretariat, "期限の延長を判断する", "判断する")
    secretariat.page.get_by_label("期限の延長を認める").check()
    secretariat.page.get_by_label("回答").fill(ANSWER)
    press(secretariat, "期限の延長を判断する")
    newest_notice(owner, f"期限が令和5年9月30日になりました。回答：{ANSWER}")


def resolve(owner, officer):
    open_act(owner, "propose-resolution")
    owner.page.get_by_label("解消が分かる根拠").fill(EVIDENCE)
    press(owner, "解消を申し出る")
    refused = owner.page.goto(f"{owner.address}{HERE}resolve/")
    assert refused.status == 403
    says(owner, "申し出た人以外の職員です。")
    follow_task(officer, "解消を確認する", "確かめる")
    says(officer, EVIDENCE)
    expect(officer.page.get_by_role("link", name="解消を認めない")).to_be_visible()
    press(officer, "解消を確認する")
    expect(officer.page.locator(".page-head__meta")).to_contain_text("解消")
    expect(officer.page.locator(".page-head__meta")).not_to_contain_text("遅れ")
    what = officer.page.locator(".story__meta span:first-of-type").all_inner_texts()
    assert what == [
        "解消", "解消の申出", "期限 令和5年3月31日→令和5年9月30日", "進捗", "対応中", "方針案作成",
        "期限 令和5年3月31日（当初の約束）", "所管課に見解を求めた", "整理中", "受付",
    ]  # fmt: skip
    says(officer, f"事務局の回答：{ANSWER}")
    officer.look()


def test_from_logging_to_resolved_and_a_year_later(visitor, settings, tmp_path):
    officer = visitor("u016")
    log_attach_comment(officer, tmp_path)
    secretariat, owner = visitor("u006"), visitor("u011")
    triage_and_ask(secretariat)
    answer_and_work(owner)
    newest_notice(secretariat, "に見解を答えました：条件付。")
    newest_notice(officer, "に見解を答えました：条件付。")
    says(officer, "の整理が始まりました。", "の対応が始まりました。", "に進捗があります（遅れ）。")
    move_the_date(owner, secretariat)
    resolve(owner, officer)
    newest_notice(owner, "の解消が確認されました。")

    settings.DEMO_TODAY = date(2023, 10, 16)
    follow_task(owner, "解消は続いていますか", "答える")
    owner.page.get_by_role("radio", name=re.compile("はい")).check()
    press(owner, "解消が続いているか答える")
    owner.look()
    newest_notice(officer, "の解消が続いていることを確認しました。")
    assert all(person.complaints == [] for person in (officer, secretariat, owner))
