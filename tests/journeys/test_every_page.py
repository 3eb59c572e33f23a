"""Every page at the size of a desk and of a phone: nothing complains, nothing is out of reach, nothing is too wide."""

import re

import pytest
from playwright.sync_api import expect

from apps.budget.models import (
    BudgetStage,
    FinanceFileFormat,
    GrantCandidate,
    GrantProgramme,
    Intent,
    IntroductionPlan,
    Proposal,
    ReviewCriterion,
)
from apps.budget.selectors.stages import asked_for
from apps.budget.services.appraisals import appraise_proposal, hold_proposal, resume_proposal, revive_proposal
from apps.budget.services.budget_year import disclose_budget
from apps.budget.services.proposal_stages import submit_proposal
from apps.core.fiscal import FiscalYear
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
    "budget": [
        "/budget/",
        "/budget/investment/",
        "/budget/scenarios/",
        "/budget/scenarios/?year=2030",
        "/budget/proposals/",
        "/budget/grants/",
        "/budget/export/",
        "/budget/export/?year=2030",
    ],
    "finance system": [
        "/budget/reconcile/",
        "/budget/reconcile/?year=2030",
        "/budget/reconcile/import/",
        "/budget/export/upload/",
        "/budget/export/formats/new/",
        "/budget/years/2023/",
        "/budget/forms/",
        "/budget/forms/upload/",
    ],
    "grants and the year": [
        "/budget/grants/new/",
        "/budget/grants/?window=assumed&year=2022",
        "/budget/calendar/",
        "/budget/calendar/?year=2022&unit=0401",
        "/budget/steps/",
    ],
    "before the budget": [
        "/budget/plans/",
        "/budget/plans/?priority=yes",
        "/budget/plans/?ends=2023",
        "/budget/plans/new/",
        "/budget/plans/criteria/",
        "/budget/plans/criteria/new/",
        "/budget/intents/",
        "/budget/intents/new/",
        "/budget/intents/silent/",
        "/budget/grants/reference/",
    ],
    "appraisal": ["/budget/proposals/?stage=under-appraisal&sort=-decided_k"],
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


def test_pages_of_the_costs_of_a_proposal(visitor):
    secretariat, proposal = visitor("u006"), Proposal.objects.get(source_key="B-03").get_absolute_url()
    for page in ("costs/", "costs/copy/"):
        secretariat.go(f"{proposal}{page}", audited=BOTH)


def test_pages_of_records_without_a_number(visitor):
    secretariat = visitor("u006")
    for model, key in WITHOUT_NUMBER:
        secretariat.go(model.objects.get(source_key=key).get_absolute_url(), audited=BOTH)
    of_plan = ("edit", "archive", "submit", "hurdles", "proposal", "proposal/draft", "priority")
    pages = {("IP-05", of_plan), ("IP-01", ("review", "reopen", "priority/remove"))}
    for key, acts in pages:
        for act in acts:
            plan = IntroductionPlan.objects.get(source_key=key).get_absolute_url()
            secretariat.go(f"{plan}{act}/", audited=BOTH)
    for act in ("edit", "readiness", "plan", "proposal", "archive"):
        secretariat.go(f"{Intent.objects.get(source_key='IN-03').get_absolute_url()}{act}/", audited=BOTH)
    secretariat.go(f"/budget/plans/criteria/{ReviewCriterion.objects.get(code='need').pk}/edit/", audited=BOTH)
    profile = TalentProfile.objects.get(code="LEADER").get_absolute_url()
    for path in ("", "edit/", "headcounts/"):
        secretariat.go(f"{profile}{path}", audited=BOTH)
    baseline = Baseline.objects.get().get_absolute_url()
    for path in ("", "archive/"):
        secretariat.go(f"{baseline}{path}", audited=BOTH)
    case = SolvedCase.objects.get().get_absolute_url()
    for path in ("", "edit/", "adopt/", "withdraw/"):
        secretariat.go(f"{case}{path}", audited=BOTH)


PAGES_OF_A_PROPOSAL = (
    "edit/", "copy/", "archive/", "serves/?kind=initiative&q=窓口", "workload/", "outcomes/",
    "funding/", "funding/add/",
    "later-years/", "evidence/add/", "outcomes/add/", "debt-burdens/add/", "continuing-costs/add/",
    "yearly-shares/add/", "long-contracts/add/", "carryovers/add/", "future-costs/add/",
)  # fmt: skip


def test_pages_of_a_proposal(visitor):
    officer, proposal = visitor("u014"), Proposal.objects.get(source_key="B-03")
    officer.go("/budget/proposals/new/?hurdle=H-2022-0010", audited=BOTH)
    for page in PAGES_OF_A_PROPOSAL:
        officer.go(f"{proposal.get_absolute_url()}{page}", audited=BOTH)
    for part, page in (("funding", ""), ("funding", "remove/"), ("funding", "reject/"), ("debt-burdens", "")):
        row = (proposal.fundings if part == "funding" else proposal.debt_burdens).get()
        officer.go(f"{proposal.get_absolute_url()}{part}/{row.pk}/{page}", audited=BOTH)


def test_pages_of_a_call_and_of_its_steps(visitor):
    """The verbs of a grant, its checklist and candidates; the steps and the days of a proposal that rides on it."""
    secretariat, grant = visitor("u006"), GrantProgramme.objects.get(source_key="G-02")
    proposal, other = (Proposal.objects.get(source_key=key) for key in ("B-03", "B-04"))
    requirement = grant.checklist.first()
    named = GrantCandidate.objects.create(grant=grant, proposal=other)
    acts = ("edit", "announce", "close", "continue", "archive", "requirements/add", "candidates/add")
    parts = (f"requirements/{requirement.pk}", f"requirements/{requirement.pk}/remove", f"candidates/{named.pk}/remove")
    for page in (*acts, *parts):
        secretariat.go(f"{grant.get_absolute_url()}{page}/", audited=BOTH)
    for page in ("steps", "grant-days", "candidate", "code"):
        secretariat.go(f"{proposal.get_absolute_url()}{page}/", audited=BOTH)


def test_verbs_of_plans_and_of_what_the_finance_system_reads(visitor):
    secretariat, finance = visitor("u006"), visitor("u009")
    plan = IntroductionPlan.objects.get(source_key="IP-05")
    hurdle = plan.hurdle_links.create(hurdle=Hurdle.objects.get(number="H-2022-0001")).hurdle
    for page in ("return/", f"hurdles/{hurdle.pk}/remove/"):
        secretariat.go(f"{plan.get_absolute_url()}{page}", audited=BOTH)
    form = FinanceFileFormat.objects.first()
    for page in ("edit", "archive"):
        finance.go(f"/budget/export/formats/{form.uid}/{page}/", audited=BOTH)


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


def test_pages_of_the_appraisal(visitor):
    """The verbs of a proposal on its way, and the year before and after its result is told."""
    secretariat, finance = visitor("u006"), visitor("u009")
    proposal, by = Proposal.objects.get(source_key="B-03"), User.objects.get(employee_number="u009")
    secretariat.go(f"{proposal.get_absolute_url()}confirm/", status=403)
    proposal.stage = BudgetStage.objects.get(kind="section")
    proposal.save()
    for verb in ("coordinate", "submit", "return", "withdraw"):
        secretariat.go(f"{proposal.get_absolute_url()}{verb}/", audited=BOTH)
    submit_proposal(proposal=proposal, by=User.objects.get(employee_number="u006"))
    finance.go(f"{proposal.get_absolute_url()}hear/", audited=BOTH)
    first = next(iter(asked_for(proposal)))
    appraise_proposal(proposal=proposal, amounts={first: 2_022}, words="窓口案内員は1人で試行", by=by)
    for verb in ("appraise/", "hold/"):
        finance.go(f"{proposal.get_absolute_url()}{verb}", audited=BOTH)
    hold_proposal(proposal=proposal, words="台数を確かめる。", by=by)
    # On hold it cannot be appraised: the page says so and has no form.
    for verb in ("resume/", "appraise/", ""):
        finance.go(f"{proposal.get_absolute_url()}{verb}", audited=BOTH)
    finance.go("/budget/appraisal/2023/disclose/", audited=BOTH)
    resume_proposal(proposal=proposal, by=by)
    secretariat.go(proposal.get_absolute_url(), audited=BOTH)
    year = ("/budget/appraisal/", "/budget/appraisal/2023/disclose/", "/budget/appraisal/2023/settle/")
    for path in year:
        finance.go(path, audited=BOTH)
    disclose_budget(fiscal_year=FiscalYear(2023), by=by)
    secretariat.go(f"{proposal.get_absolute_url()}revive/", audited=BOTH)
    revive_proposal(proposal=Proposal.objects.get(pk=proposal.pk), amounts={first: 4_044}, words="要る。", by=manager())
    finance.go(f"{proposal.get_absolute_url()}appraise-revival/", audited=BOTH)
    finance.go(year[2], audited=BOTH)


def manager():
    """市民課長, who asks for B-03."""
    return User.objects.get(employee_number="u013")


SLID = "[...document.querySelectorAll('.table-wrap')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.ariaLabel)"


def test_first_pages_of_others(visitor):
    for number in ("u014", "u009", "u024", "u022"):
        person = visitor(number)
        person.look()
        for path in ("/budget/proposals/", "/budget/investment/", "/budget/scenarios/")[: 3 if number == "u009" else 1]:
            person.go(path)
            slid = person.page.evaluate(SLID)
            assert slid == [], f"{number}: a table of {path} slides sideways"


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
