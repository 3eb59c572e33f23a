"""A second load: what is new comes with its links, what was there stays, and what a person took away stays away."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db.models import Q

from apps.budget.models import ProposalInitiative
from apps.city.services import load_city
from apps.core.history import entries_of
from apps.decisions.models import Decision, Meeting
from apps.hurdles.models import Hurdle, OwnerView
from apps.petitions.models import PetitionChannel
from apps.reports.choices import ReportStatus
from apps.reports.models import Report
from apps.roadmap.models import Initiative, InitiativeHurdle, Policy
from apps.training.models import (
    Course,
    CourseSkillRole,
    Headcount,
    Skill,
    SkillRole,
    SkillStandard,
    SkillType,
)
from tests.city.demo_city import AS_OF, DEMO, ROWS, row_counts

pytestmark = pytest.mark.django_db

LATE_FILES = (
    "staff.yaml",
    "common_hurdles.yaml",
    "voices.yaml",
    "comprehensive_plan.yaml",
    "policies.yaml",
    "roadmap.yaml",
    "baselines.yaml",
    "training.yaml",
    "skills.yaml",
    "rolls.yaml",
    "grants_reference.yaml",
    "introduction_plans.yaml",
    "policy_requests.yaml",
    "meetings.yaml",
    "reviews.yaml",
    "interim_report.yaml",
)


def holdings() -> dict[str, int]:
    counts = row_counts()
    return {label: counts[label] for label in ROWS}


def change(folder: Path, file: str, how: Callable[[Any], None]) -> None:
    """Changes a file of a city as data."""
    path = folder / file
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    how(document)
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture
def early_folder(folder: Path) -> Path:
    """The city before the later rooms were built: hurdles, grants and proposals, which name nothing else."""

    def unlink_hurdles(document: Any) -> None:
        for hurdle in document["hurdles"]:
            hurdle["links"] = {"depends_on": hurdle["links"]["depends_on"]}

    def unlink_proposals(document: Any) -> None:
        for proposal in document["proposals"]:
            proposal["roadmap"] = []

    for file in LATE_FILES:
        (folder / file).unlink()
    change(folder, "hurdles.yaml", unlink_hurdles)
    change(folder, "budget_proposals.yaml", unlink_proposals)
    return folder


def test_a_city_without_the_later_files_loads_too(early_folder):
    report = load_city(folder=early_folder, as_of=AS_OF)
    assert (report.added["ハードル"], report.added["予算要求"]) == (30, 8)
    empty = {label for label, count in row_counts().items() if not count}
    assert {"roadmap.Initiative", "training.Course", "decisions.Meeting", "reports.Report"} <= empty


def test_an_older_city_gets_what_it_lacks_with_every_link(early_folder):
    load_city(folder=early_folder, as_of=AS_OF)
    load_city(folder=DEMO, as_of=AS_OF)
    assert holdings() == ROWS


def test_what_was_left_out_comes_with_a_later_load_and_so_do_its_links():
    load_city(folder=DEMO, as_of=date(2022, 5, 20))
    load_city(folder=DEMO, as_of=AS_OF)
    # The points of the review belong to plans that were there already, and these stay as they are; so do sessions,
    # whose rolls would come with them, and people, who would come as candidates.
    personal = {"training.Enrolment": 0, "training.SkillRecord": 0, "training.Candidate": 0}
    assert holdings() == ROWS | {"budget.PlanPoint": 0} | personal
    policies = {each.source_key: each.policy and each.policy.source_key for each in Initiative.objects.all()}
    assert (policies["R-01"], policies["R-03"], policies["R-12"], policies["R-05"]) == ("PL-01", "PL-03", "PL-05", None)
    report = Report.objects.get()
    assert (report.meeting.source_key, report.status) == ("MTG-2022-03", ReportStatus.UNDER_REVIEW)


def test_numbers_go_on_where_they_were():
    load_city(folder=DEMO, as_of=date(2022, 6, 10))
    first = set(Hurdle.objects.values_list("source_key", "number"))
    load_city(folder=DEMO, as_of=AS_OF)
    assert first < set(Hurdle.objects.values_list("source_key", "number"))
    assert Hurdle.objects.latest("pk").number == "H-2022-0030"
    assert Policy.objects.get(source_key="PL-06").number == "P-2022-0005"


def test_an_unanswered_question_stays_as_it_is():
    load_city(folder=DEMO, as_of=date(2022, 6, 10))
    load_city(folder=DEMO, as_of=AS_OF)
    silent = OwnerView.objects.get(hurdle__source_key="H-011")
    assert (silent.answer, silent.answered_on) == ("", None)


def test_a_link_that_a_person_took_away_stays_away():
    load_city(folder=DEMO, as_of=AS_OF)
    InitiativeHurdle.objects.get(initiative__source_key="R-02").delete()
    ProposalInitiative.objects.filter(proposal__source_key="B-03").delete()
    Meeting.objects.get(source_key="MTG-2022-03").agenda.get(order=3).hurdle_links.all().delete()
    before = row_counts()
    assert dict(load_city(folder=DEMO, as_of=AS_OF).added) == {}
    assert row_counts() == before


def test_a_policy_that_a_person_gave_an_initiative_stays():
    load_city(folder=DEMO, as_of=date(2022, 5, 20))
    guideline = Policy.objects.get(source_key="PL-03")
    Initiative.objects.filter(source_key="R-12").update(policy=guideline)
    load_city(folder=DEMO, as_of=AS_OF)
    assert Initiative.objects.get(source_key="R-12").policy == guideline


def test_a_policy_that_comes_later_is_one_act_on_its_initiative():
    load_city(folder=DEMO, as_of=date(2022, 5, 20))
    load_city(folder=DEMO, as_of=AS_OF)
    initiative = Initiative.objects.get(source_key="R-12")
    assert initiative.version == 2
    newest = entries_of(initiative)[0]
    assert (newest.actor, [change.new for change in newest.changes]) == (
        "データの読込み",
        ["DXの予算を投資として査定する"],
    )


def publish_standard() -> None:
    """A later version of the skill standard, with a type and a role of the same names."""
    SkillStandard.objects.update(is_current=False)
    later = SkillStandard.objects.create(name="デジタルスキル標準", version="ver.2", is_current=True)
    kind = SkillType.objects.create(standard=later, name="デザイナー")
    SkillRole.objects.create(skill_type=kind, name="サービスデザイナー")


def test_what_people_wrote_stays():
    load_city(folder=DEMO, as_of=AS_OF)
    PetitionChannel.objects.filter(name="提案募集方式").update(measure_limit=300)
    Headcount.objects.filter(profile__code="LEADER", fiscal_year=2023).update(needed=70)
    Decision.objects.filter(source_key="MTG-2022-01 2").update(text="人が直した決定")
    publish_standard()
    assert dict(load_city(folder=DEMO, as_of=AS_OF).added) == {}
    assert PetitionChannel.objects.get(name="提案募集方式").measure_limit == 300
    assert Headcount.objects.get(profile__code="LEADER", fiscal_year=2023).needed == 70
    assert Decision.objects.get(source_key="MTG-2022-01 2").text == "人が直した決定"
    # Courses and profiles keep pointing to the roles of the version from which they were mapped.
    mapped = SkillRole.objects.filter(Q(pk__in=CourseSkillRole.objects.values("role")) | Q(profiles__isnull=False))
    assert {role.skill_type.standard.version for role in mapped} == {""}
    assert SkillRole.objects.filter(skill_type__standard__version="ver.2").count() == 1


def test_one_side_is_enough_to_link(folder):
    def say_less(document: Any) -> None:
        for hurdle in document["hurdles"]:
            hurdle["links"] = {"roadmap": [], "depends_on": hurdle["links"]["depends_on"]}

    change(folder, "hurdles.yaml", say_less)
    load_city(folder=folder, as_of=AS_OF)
    assert holdings() == ROWS


def test_the_other_side_is_enough_to_link(folder):
    def say_less(rows: str) -> Callable[[Any], None]:
        return lambda document: [each.update(hurdles=[]) for each in document[rows]]

    def say_less_in_meetings(document: Any) -> None:
        for meeting in document["meetings"]:
            for directive in meeting["directives"]:
                directive["hurdles"] = []

    change(folder, "roadmap.yaml", say_less("items"))
    change(folder, "training.yaml", say_less("programs"))
    change(folder, "policy_requests.yaml", say_less("requests"))
    change(folder, "budget_proposals.yaml", say_less("proposals"))
    change(folder, "budget_proposals.yaml", lambda document: [p.update(roadmap=[]) for p in document["proposals"]])
    change(folder, "meetings.yaml", say_less_in_meetings)
    load_city(folder=folder, as_of=AS_OF)
    assert holdings() == ROWS


def test_new_entries_of_the_files_are_added_to_what_is_there(folder):
    load_city(folder=DEMO, as_of=AS_OF)

    def add_session(document: Any) -> None:
        course = document["programs"][6]
        course["sessions"].append(course["sessions"][0] | {"id": "T-07-2", "date": "2022-10-07", "title": "第2回"})

    def add_hurdle(document: Any) -> None:
        first = document["hurdles"][0]
        document["hurdles"].append(first | {"id": "H-031", "title": "別の件", "reported_on": "2022-10-01"})

    change(folder, "training.yaml", add_session)
    change(folder, "hurdles.yaml", add_hurdle)
    report = load_city(folder=folder, as_of=AS_OF)
    assert dict(report.added) == {"ハードル": 1, "研修の回": 1}
    added = Hurdle.objects.get(source_key="H-031")
    assert added.number == "H-2022-0031"
    assert [each.source_key for each in added.initiatives.all()] == ["R-01"]
    assert [each.source_key for each in added.proposals.all()] == ["B-01"]
    assert [each.source_key for each in added.directives.all()] == ["DIR-2022-01"]
    assert Initiative.objects.get(source_key="R-01").hurdle_links.count() == 4


def test_a_city_without_the_file_loads_as_before_and_gets_the_skills_later(folder):
    (folder / "skills.yaml").unlink()
    load_city(folder=folder, as_of=AS_OF)
    assert (Skill.objects.count(), SkillStandard.objects.get().name) == (0, "デジタルスキル標準")
    load_city(folder=DEMO, as_of=AS_OF)
    found = {
        label: count for label, count in row_counts().items() if label.startswith("training.") and "Skill" in label
    }
    # New skills come with their links; courses, profiles and the plan were there, and stay as they are.
    assert (found["training.Skill"], found["training.ProfileSkill"], found["training.CourseSkill"]) == (14, 28, 17)
    assert (found["training.ProfileSkillRole"], Course.objects.filter(recognises=True).count()) == (6, 0)


def test_a_city_says_which_version_it_uses(folder):
    used = {"version": "ver.1.2", "published": "2024-07-01", "checked_on": "2022-10-03"}
    change(folder, "skills.yaml", lambda document: document["standard"].update(used))
    load_city(folder=folder, as_of=AS_OF)
    standard = SkillStandard.objects.get()
    assert (str(standard), standard.published_on, standard.checked_on) == (
        "デジタルスキル標準 ver.1.2", date(2024, 7, 1), date(2022, 10, 3),
    )  # fmt: skip
