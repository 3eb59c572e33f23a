"""Every page at the size of a desk and of a phone: nothing complains, nothing is out of reach, nothing is too wide."""

import re

import pytest
from playwright.sync_api import expect

from apps.budget.models import GrantProgramme, Intent, IntroductionPlan, Proposal
from apps.hurdles.models import Hurdle, SolvedCase
from apps.organization.models import User
from apps.reports.models import Report
from apps.reviews.models import Reflection
from apps.roadmap.models import Baseline
from apps.training.models import Course, Enrolment, Session, TalentProfile
from tests.city.demo_city import PASSWORD

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}

BOTH = (PHONE, DESK)
OF_THE_SECRETARIAT = {
    "first pages": ["/", "/dashboard/"],
    "hurdles": [
        "/hurdles/",
        "/hurdles/?status=open&sort=-hours_lost",
        "/hurdles/?q=請求書",
        "/hurdles/?columns=number,title,age,themes,next_action&bundled=yes",
        "/hurdles/board/?status=open",
        "/hurdles/triage/",
        "/lists/searches/?list=hurdles:hurdle-list",
        "/hurdles/?q=どこにも無い言葉",
        "/hurdles/H-2022-0001/",
        "/hurdles/H-2022-0010/",
    ],
    "forms": ["/hurdles/new/", "/hurdles/H-2022-0001/edit/", "/hurdles/H-2022-0003/endorse/"],
    "parts of a hurdle": [
        "/hurdles/H-2022-0001/bases/add/",
        "/hurdles/H-2022-0001/examples/add/",
        "/hurdles/H-2022-0001/evidence/add/",
        "/hurdles/H-2022-0001/workload/",
        "/hurdles/H-2022-0001/needs/?q=請求書",
        "/hurdles/H-2022-0006/view/ask/",
        "/hurdles/H-2022-0014/view/answer/",
    ],
    "verbs of a hurdle": [
        "/hurdles/H-2022-0001/start/",
        "/hurdles/H-2022-0001/resolve-partly/",
        "/hurdles/H-2022-0001/propose-resolution/",
        "/hurdles/H-2022-0001/answer-lasting/",
        "/hurdles/H-2022-0001/defer/",
        "/hurdles/H-2022-0001/target/",
        "/hurdles/H-2022-0001/decide-move/",
        "/hurdles/H-2022-0001/next-action/",
        "/hurdles/H-2022-0001/progress/",
    ],
    "bundled and solved": ["/hurdles/common/", "/hurdles/common/C-2022-0001/", "/hurdles/solved/"],
    "bundling": [
        "/hurdles/common/?theme=働き方",
        "/hurdles/common/new/",
        "/hurdles/common/new/?category=WORK&level=directive&theme=働き方",
        "/hurdles/common/C-2022-0001/edit/",
        "/hurdles/common/C-2022-0001/bundle/",
        "/hurdles/common/C-2022-0001/bundle/?hurdle=H-2022-0028&preview=1",
        "/hurdles/common/C-2022-0001/unbundle/H-2022-0001/",
        "/hurdles/common/C-2022-0001/archive/",
        "/hurdles/H-2022-0021/merge/",
        "/hurdles/H-2022-0021/merge/?into=H-2022-0023",
        "/hurdles/H-2022-0024/solved/",
    ],
    "roadmap": [
        "/roadmap/",
        "/roadmap/?group=theme&span=1y",
        "/roadmap/?span=3m&from=R4.10.1&status=underway",
        "/roadmap/way/",
        "/roadmap/visions/",
        "/roadmap/visions/V-2022-0001/",
        "/roadmap/visions/V-2022-0002/",
        "/roadmap/visions/new/?plan_item=2-1-1",
        "/roadmap/visions/V-2022-0002/edit/",
        "/roadmap/visions/V-2022-0002/archive/",
        "/roadmap/visions/V-2022-0002/hurdles/?q=押印",
        "/roadmap/visions/V-2022-0002/hurdles/H-2022-0001/remove/",
        "/roadmap/visions/V-2022-0002/indicators/add/",
        "/roadmap/visions/hold-back/?hurdle=H-2022-0001",
        "/roadmap/initiatives/I-2022-0001/indicators/add/",
        "/roadmap/plan/",
        "/roadmap/plan/?initiatives=no",
        "/roadmap/coverage/",
        "/roadmap/indicators/",
        "/roadmap/policies/",
        "/roadmap/policies/P-2022-0003/",
        "/roadmap/initiatives/",
        "/roadmap/initiatives/I-2022-0001/",
        "/roadmap/implementations/",
    ],
    "an initiative": [
        "/roadmap/initiatives/?theme=働き方&stalled=yes",
        "/roadmap/initiatives/new/?policy=P-2022-0001&hurdle=H-2022-0001",
        *(
            f"/roadmap/initiatives/I-2022-0001/{page}/"
            for page in ("edit", "archive", "start", "cancel", "update", "milestones/add", "implementations/add")
        ),
        "/roadmap/initiatives/I-2022-0001/hurdles/?q=請求書",
        "/roadmap/initiatives/I-2022-0002/achieve/",
        "/roadmap/initiatives/I-2022-0002/go-on/",
        "/roadmap/initiatives/I-2022-0005/plan/",
        "/roadmap/initiatives/I-2022-0001/reschedule/?propose=after",
        "/roadmap/initiatives/I-2022-0001/links/?q=R",
        "/roadmap/baselines/",
        "/roadmap/baselines/freeze/",
    ],
    "policies": [
        "/roadmap/policies/new/?hurdle=H-2022-0003&common_hurdle=C-2022-0001",
        "/roadmap/policies/P-2022-0001/",
        "/roadmap/policies/P-2022-0001/versions/compare/",
        "/roadmap/policies/P-2022-0001/bring-into-force/",
        "/roadmap/policies/P-2022-0003/edit/",
        "/roadmap/policies/P-2022-0003/return/",
        "/roadmap/policies/P-2022-0003/versions/write/",
        "/roadmap/policies/P-2022-0003/hurdles/add/?q=押印",
        "/roadmap/policies/P-2022-0003/hurdles/H-2022-0016/remove/",
        "/roadmap/policies/P-2021-0001/",
        "/roadmap/policies/P-2021-0001/units/bind/",
        "/roadmap/policies/P-2021-0001/units/release/",
        "/roadmap/policies/P-2021-0001/adopt/?unit=0402",
        "/roadmap/policies/P-2021-0001/achieve/",
        "/roadmap/policies/?adoption=open&late=yes",
        "/decisions/policies/P-2022-0003/record/",
    ],
    "training": [
        "/training/",
        "/training/results/",
        "/training/plans/",
        "/training/plans/T-2022-0001/",
        "/training/plans/new/",
        "/training/plans/T-2022-0001/edit/",
        "/training/plans/T-2022-0001/years/2024/",
        "/training/plans/T-2022-0001/decide/",
        "/training/profiles/",
        "/training/profiles/?counted=no",
        "/training/profiles/new/",
        "/budget/proposals/from-plan/T-2022-0001/",
        "/training/courses/",
        "/training/courses/?adhoc=yes&goes_on=no",
        "/training/courses/new/?plan=T-2022-0001&hurdle=H-2022-0001",
        "/training/sessions/",
    ],
    "budget": ["/budget/proposals/", "/budget/grants/", "/budget/export/", "/budget/export/?year=2030"],
    "before the budget": ["/budget/plans/", "/budget/intents/", "/budget/grants/reference/"],
    "petitions and reviews": ["/petitions/", "/petitions/R-2022-0001/", "/reviews/", "/reviews/?answered=no"],
    "decisions": [
        "/decisions/",
        "/decisions/meetings/M-2022-0001/",
        "/decisions/list/",
        "/decisions/directives/",
        "/decisions/directives/D-2022-0001/",
    ],
    "units, survey and handover": [
        "/units/",
        "/units/?q=情報政策課",
        "/units/reorganize/",
        "/units/reorganize/merge/",
        "/units/reorganize/split/",
        "/workload/",
        "/workload/?year=2022&routine=yes",
        "/workload/compare/?from=2021&to=2022",
        "/workload/upload/",
        "/handover/",
        "/handover/?day=2023-04-01",
        "/handover/u016/?day=2023-04-01",
    ],
    "reports and jobs": ["/reports/", "/reports/figures/", "/jobs/"],
    "notices": ["/notices/", "/notices/watching/"],
}


@pytest.mark.parametrize("group", OF_THE_SECRETARIAT)
def test_pages_of_the_secretariat(group, visitor):
    secretariat = visitor("u006")
    for path in OF_THE_SECRETARIAT[group]:
        secretariat.go(path, audited=BOTH)


# Records that have no number live at their uid.
WITHOUT_NUMBER = (
    (Proposal, "B-07"),
    (Proposal, "B-08"),
    (GrantProgramme, "G-02"),
    (IntroductionPlan, "IP-05"),
    (Intent, "IN-03"),
    (Course, "T-02"),
    (Course, "T-07"),
    (Session, "T-02-1"),
    (Reflection, "RF-2021-04"),
    (Report, "IR-2022"),
)


PERSONAL = (
    "/training/people/",
    "/training/people/?standing=candidate&idle=yes",
    "/training/people/u016/",
    "/training/people/u016/candidacies/name/",
    "/training/people/u016/recognise/",
    "/training/people/u016/skills/record/",
    "/training/transfers/",
    "/training/transfers/record/?person=u016",
)


def test_personal_records_of_the_training(visitor):
    personnel = visitor("u008")
    for path in PERSONAL:
        personnel.go(path, audited=BOTH)
    visitor("u016").go("/training/my-record/", audited=BOTH)


def test_pages_of_records_without_a_number(visitor):
    secretariat = visitor("u006")
    for model, key in WITHOUT_NUMBER:
        secretariat.go(model.objects.get(source_key=key).get_absolute_url(), audited=BOTH)
    profile = TalentProfile.objects.get(code="LEADER").get_absolute_url()
    for path in ("", "edit/", "headcounts/"):
        secretariat.go(f"{profile}{path}", audited=BOTH)
    baseline = Baseline.objects.get().get_absolute_url()
    for path in ("", "archive/"):
        secretariat.go(f"{baseline}{path}", audited=BOTH)
    case = SolvedCase.objects.get().get_absolute_url()
    for path in ("", "edit/", "adopt/", "withdraw/"):
        secretariat.go(f"{case}{path}", audited=BOTH)


def test_pages_of_a_roll_and_of_an_enrolment(visitor):
    personnel = visitor("u008")
    ahead, held = (Session.objects.get(source_key=key).get_absolute_url() for key in ("T-06-2", "T-02-1"))
    for path in (f"{ahead}enrol/", f"{ahead}enrol-person/", f"{ahead}invite/", f"{ahead}roll/"):
        personnel.go(path, audited=BOTH)
    for path in (f"{held}roll/", f"{held}roll/upload/"):
        personnel.go(path, audited=BOTH)
    enrolment = Enrolment.objects.create(
        session=Session.objects.get(source_key="T-01-1"),
        person=User.objects.get(employee_number="u008"),
        state="completed",
        certificate_number="2022-9001",
    )
    for page in ("", "follow-up/"):
        personnel.go(f"{enrolment.get_absolute_url()}{page}", audited=BOTH)


def test_pages_of_a_course_and_its_sessions(visitor):
    secretariat, course = visitor("u006"), Course.objects.get(source_key="T-02")
    hurdle, evaluation = course.hurdles.first(), course.evaluations.first()
    acts = (
        "edit",
        "continue",
        "archive",
        "curriculum",
        "skills",
        "links",
        "hurdles",
        "evaluations/add",
        "sessions/new",
    )
    searched = ("links/?q=研修", f"links/?course={course.uid}", "hurdles/?q=請求書", f"hurdles/{hurdle.pk}/remove/")
    of_evaluation = [f"evaluations/{evaluation.pk}/{page}" for page in ("", "actual/", "remove/")]
    for path in (*(f"{act}/" for act in acts), *searched, *of_evaluation, "next/remove/"):
        secretariat.go(f"{course.get_absolute_url()}{path}", audited=BOTH)
    for key, pages in {"T-02-1": ("edit", "archive"), "T-02-3": ("edit", "open", "hold", "cancel", "resume")}.items():
        session = Session.objects.get(source_key=key)
        for page in pages:
            secretariat.go(f"{session.get_absolute_url()}{page}/", audited=BOTH)


def test_first_pages_of_others(visitor):
    for number in ("u014", "u009", "u024", "u022"):
        person = visitor(number)
        person.look()
        person.go("/budget/proposals/")


def test_pages_that_refuse(visitor):
    officer = visitor("u016")
    officer.go("/budget/export/", status=403, audited=BOTH)
    expect(officer.page.locator("main")).to_contain_text("財政課")
    officer.go("/hurdles/?unknown=1", status=400)
    officer.go("/hurdles/H-2022-9999/", status=404)
    hidden = Hurdle.objects.exclude(owning_unit__code="0602").filter(reporting_unit__code="0305").get()
    officer.go(hidden.get_absolute_url(), status=404)


def test_a_stranger_sees_the_sign_in_page_and_nothing_else(visitor):
    stranger = visitor()
    stranger.go("/accounts/login/", audited=BOTH)
    for path in ("/", "/dashboard/", "/hurdles/", "/hurdles/H-2022-0001/", "/budget/export/?format=xlsx"):
        stranger.page.goto(stranger.address + path)
        assert "/accounts/login/" in stranger.page.url
        assert "請求書への押印" not in stranger.page.content()


def test_a_wrong_password_tells_nothing_about_accounts(visitor):
    messages = []
    for number in ("u016", "nobody"):
        stranger = visitor()
        stranger.page.goto(f"{stranger.address}/accounts/login/")
        stranger.page.get_by_label("職員番号").fill(number)
        stranger.page.get_by_label("パスワード").fill("wrong")
        stranger.page.get_by_role("button", name="ログイン").click()
        messages.append(stranger.page.get_by_role("alert").inner_text())
        stranger.look()
    assert messages[0] == messages[1]


def test_signing_in_leads_back_to_where_one_wanted_to_go(visitor):
    person = visitor()
    person.page.goto(f"{person.address}/hurdles/?status=open")
    person.page.get_by_label("職員番号").fill("ｕ００６")  # an input method left on
    person.page.get_by_label("パスワード").fill(PASSWORD)
    person.page.get_by_role("button", name="ログイン").click()
    person.page.wait_for_url("**/hurdles/?status=open")


def test_signing_out_ends_it(visitor):
    officer = visitor("u016")
    officer.page.get_by_role("button", name="ログアウト").click()
    officer.page.wait_for_url("**/accounts/login/")
    officer.look()
    officer.page.goto(f"{officer.address}/hurdles/")
    assert "/accounts/login/" in officer.page.url
    officer.page.go_back()
    officer.page.reload()
    assert "/accounts/login/" in officer.page.url


def press_until(page, selector, key="Tab", most=60):
    """Presses the key until this is in focus, as somebody without a mouse does."""
    for _press in range(most):
        if page.locator(selector).first.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached by {key}")


def test_without_a_mouse_one_signs_in_and_logs_a_hurdle(visitor):
    page = (person := visitor()).page
    page.goto(f"{person.address}/accounts/login/")
    press_until(page, "input[name=username]")
    page.keyboard.type("u016")
    press_until(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    press_until(page, "main a[href='/hurdles/new/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hurdles/new/")
    press_until(page, "input[name=title]")
    page.keyboard.insert_text("鍵盤だけで登録する")
    press_until(page, "textarea[name=obstacle]")
    page.keyboard.insert_text("マウスが使えない。")
    press_until(page, "main button[name=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/hurdles/H-"))
    assert Hurdle.objects.get(title="鍵盤だけで登録する").number == "H-2022-0031"
    assert person.complaints == []


def test_on_a_phone_the_filters_come_folded(visitor):
    officer = visitor("u016")
    officer.page.set_viewport_size(PHONE)
    officer.page.goto(f"{officer.address}/hurdles/")
    expect(officer.page.locator("details.filter-panel")).not_to_have_attribute("open", "")
