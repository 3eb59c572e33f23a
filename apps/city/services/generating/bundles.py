"""Common hurdles: one for each kind of problem and some subjects, with members from all sections."""

from collections import Counter
from datetime import date, timedelta

from apps.city.services.generating.hurdles import OFFICE_OPENS, HurdleWriter, Life
from apps.city.services.generating.problems import PROBLEMS, Problem
from apps.city.services.generating.texts import any_of, key_of
from apps.city.services.generating.words import SUBJECTS
from apps.city.services.generating.writing import Story
from apps.core.fiscal import FiscalYear
from apps.hurdles.models import CommonHurdle, CommonHurdleMember

MOST_MEMBERS = 40
ONE_IN = 40


class Bundles:
    """The common hurdles of the city and their members so far."""

    def __init__(self, city: HurdleWriter, hurdles: int) -> None:
        self.city, self.members = city, Counter[str]()
        self.year = FiscalYear.of(city.today)
        self.numbers = 0
        wanted = min(max(1, hurdles // ONE_IN), len(PROBLEMS) * 4)
        # By the words that its members share.
        self.stories: dict[str, Story] = {}
        for place in range(wanted):
            turn, at = divmod(place, len(PROBLEMS))
            self._bundle(PROBLEMS[at], SUBJECTS[turn - 1] if turn else "")

    def _bundle(self, problem: Problem, subject: str) -> None:
        """Made by the team in the present year."""
        city = self.city
        self.numbers += 1
        number = f"C-{self.year.year}-{self.numbers:04d}"
        title = (subject or "各課の手続", problem.title)
        day = min(self.year.start + timedelta(days=self.numbers * 2), city.today)
        secretary = any_of(city.chance, city.people.secretariat)
        act = city.writer.act("hurdles.common_hurdle.created", day, OFFICE_OPENS, secretary)
        fields = (problem.countermeasure, problem.desired, problem.practice)
        key = "\n".join((f"c{number[2:6]}{number[7:]}", "".join(map(key_of, title)), *map(key_of, fields)))
        self.stories["".join(title)] = city.writer.begin(
            CommonHurdle, act, uid=city.writer.uid(), number=number, title="".join(title), direction=fields[0],
            goal=fields[1], countermeasures=fields[2], target_date=self.year.next.end, search_key=key,
            lead_unit_id=city.made.lead(problem.category).pk, created_at=act.at, updated_at=act.at,
        )  # fmt: skip

    def offer(self, life: Life, on: date) -> None:
        """Now and then one of those that share it is bundled."""
        problem = life.texts.problem
        for name in (f"{life.texts.subject}{problem.title}", f"各課の手続{problem.title}"):
            story = self.stories.get(name)
            if story and self.members[name] < MOST_MEMBERS and self.city.chance.random() < 0.3:
                self.members[name] += 1
                day = max(on, min(self.year.start + timedelta(days=150), self.city.today))
                act = life.act("hurdles.common_hurdle.bundled", day, life.secretary)
                pk = story["id"]
                self.city.writer.add(CommonHurdleMember, act, common_hurdle_id=pk, hurdle_id=life.pk)
                return

    def end(self) -> None:
        for story in self.stories.values():
            story.end()
        self.city.writer.series("C", self.year, self.numbers)
