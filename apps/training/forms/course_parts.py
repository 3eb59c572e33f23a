"""The forms of what hangs on a course: its lessons, what it raises, where it leads, its hurdles."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.forms import RecordForm
from apps.core.forms import words as in_words
from apps.core.text import PlainFormField
from apps.training.choices import SkillLevel
from apps.training.forms.course_boxes import DecimalBox, line, reason_line
from apps.training.models import Course, LiteracyArea, Skill, SkillRole
from apps.training.services.course_parts import HALF, Lesson

SPARE_ROWS, MOST_ROWS = 5, 60
BOXES = ("title", "hours", "method")


@dataclass(frozen=True)
class LessonRow:
    """One line of the table of lessons."""

    place: int
    boxes: list[Any]


class CurriculumForm(RecordForm):
    """One line a lesson; a line without a lesson is left out, and lines may be sorted by their place."""

    def __init__(self, data: Any = None, *, record: Any, **kwargs: Any) -> None:
        self.present = list(record.curriculum.order_by("order"))
        typed = sum(name.startswith("title_") for name in data or ())
        self.rows = min(max(len(self.present) + SPARE_ROWS, typed), MOST_ROWS)
        super().__init__(data, record=record, **kwargs)
        for place in range(1, self.rows + 1):
            self.fields |= _lesson_boxes(place)

    def values_of(self, record: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for place, lesson in enumerate(self.present, start=1):
            found |= {f"{name}_{place}": getattr(lesson, name) for name in BOXES}
        return found | {f"place_{place}": place for place in range(1, self.rows + 1)}

    @property
    def grid(self) -> list[LessonRow]:
        places = range(1, self.rows + 1)
        return [LessonRow(place, [self[f"{name}_{place}"] for name in ("place", *BOXES)]) for place in places]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for place in range(1, self.rows + 1):
            self._check_row(cleaned, place)
        return cleaned

    def _check_row(self, cleaned: dict[str, Any], place: int) -> None:
        title, hours, name = cleaned.get(f"title_{place}"), cleaned.get(f"hours_{place}"), f"hours_{place}"
        if title and hours is None and name not in self.errors:
            self.add_error(name, _("Say how many hours it takes."))
        if hours is not None and not title:
            self.add_error(f"title_{place}", _("Say what the lesson is about."))
        if hours is not None and (hours <= 0 or hours % HALF):
            self.add_error(name, _("Hours are given in halves, such as 1.5."))

    def lessons(self) -> list[Lesson]:
        """The lessons in the order that was typed; of equal places the upper line comes first."""
        said, places = self.cleaned_data, range(1, self.rows + 1)
        filled = [place for place in places if said[f"title_{place}"]]
        filled.sort(key=lambda place: said[f"place_{place}"] or self.rows + 1)
        return [Lesson(*(said[f"{name}_{place}"] for name in BOXES)) for place in filled]

    def differences(self, present: RecordForm) -> list[dict[str, Any]]:
        rows = []
        for bound in self.visible_fields():
            theirs = in_words(bound.field, present[bound.name].value()) if bound.name in present.fields else ""
            if (mine := in_words(bound.field, bound.value())) != theirs:
                rows.append({"name": bound.name, "label": bound.label, "mine": mine, "theirs": theirs})
        return rows


def _lesson_boxes(place: int) -> dict[str, forms.Field]:
    """The boxes of one line; each says its line to those who do not see the table."""
    which = {"place": place}
    return {
        f"place_{place}": forms.IntegerField(
            label=_("Place of line %(place)d") % which,
            required=False,
            min_value=1,
            max_value=999,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "control--number", "autocomplete": "off"}),
        ),
        f"title_{place}": line(_("Lesson of line %(place)d") % which),
        f"hours_{place}": DecimalBox(
            label=_("Hours of line %(place)d") % which, required=False, max_digits=5, decimal_places=1
        ),
        f"method_{place}": line(_("Method of line %(place)d") % which, most=50),
    }


class _OfStandard(forms.ModelMultipleChoiceField):
    """Areas or roles; of an earlier version of the standard it is said which."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, record: Any) -> str:
        skill_type = getattr(record, "skill_type", None)
        standard = skill_type.standard if skill_type else record.standard
        name = f"{skill_type}：{record}" if skill_type else str(record)
        return name if standard.is_current else f"{name}（{_earlier(standard)}）"


def _earlier(standard: Any) -> str:
    return _("earlier version: %(standard)s") % {"standard": standard}


class SkillsForm(RecordForm):
    """Which skills the course raises, and to which level; the areas and roles of the standard in use.

    What was chosen from an earlier version stays to be seen, is marked, and goes only when somebody takes it away.
    """

    areas = _OfStandard(
        label=gettext_lazy("Areas of digital literacy"), queryset=LiteracyArea.objects.none(), required=False
    )
    roles = _OfStandard(
        label=gettext_lazy("Roles of the digital skill standard"), queryset=SkillRole.objects.none(), required=False
    )

    def __init__(self, data: Any = None, *, record: Any, **kwargs: Any) -> None:
        self.skills = _skills_of(record)
        super().__init__(data, record=record, **kwargs)
        areas = LiteracyArea.objects.filter(_current("standard") | Q(pk__in=record.literacy_links.values("area")))
        roles = SkillRole.objects.filter(_current("skill_type__standard") | Q(pk__in=record.skill_links.values("role")))
        self.fields["areas"].queryset = areas.select_related("standard")  # type: ignore[attr-defined]
        self.fields["roles"].queryset = roles.select_related("skill_type__standard")  # type: ignore[attr-defined]
        for skill in self.skills:
            self.fields[f"skill_{skill.pk}"] = _level_of(skill)

    def values_of(self, record: Any) -> dict[str, Any]:
        levels = {f"skill_{row.skill_id}": row.level for row in record.raised_skills.all()}
        areas = list(record.literacy_links.values_list("area", flat=True))
        roles = list(record.skill_links.values_list("role", flat=True))
        return {**levels, "areas": areas, "roles": roles}

    @property
    def grid(self) -> list[tuple[Skill, Any]]:
        return [(skill, self[f"skill_{skill.pk}"]) for skill in self.skills]

    def levels(self) -> dict[Skill, int]:
        chosen = ((skill, self.cleaned_data[f"skill_{skill.pk}"]) for skill in self.skills)
        return {skill: int(level) for skill, level in chosen if level}


def _skills_of(course: Course) -> list[Skill]:
    """The skills of the standard in use, the city's own, and those that the course raises already."""
    rows = Skill.objects.filter(
        _current("standard") | Q(standard__isnull=True) | Q(pk__in=course.raised_skills.values("skill"))
    )
    return list(rows.select_related("standard").order_by("order", "pk"))


def _current(path: str) -> Q:
    return Q(**{f"{path}__is_current": True})


def _level_of(skill: Skill) -> forms.Field:
    label = skill.name
    if skill.standard and not skill.standard.is_current:
        label = f"{label}（{_earlier(skill.standard)}）"
    choices = [("", _("Does not raise it")), *SkillLevel.choices]
    return forms.ChoiceField(label=label, choices=choices, required=False)


class LinkCourseForm(forms.Form):
    """Which course is linked, and whether it comes before or after."""

    KINDS = (
        ("needs", gettext_lazy("One completes it before (prerequisite)")),
        ("next", gettext_lazy("It comes next (next course)")),
    )
    course = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("How they belong together"), choices=KINDS, widget=forms.RadioSelect)
    reason = reason_line()


class UnlinkForm(forms.Form):
    """A link goes with one more click."""

    reason = reason_line()


class LinkHurdleForm(forms.Form):
    """Which hurdle it helps to clear."""

    number = PlainFormField(
        label=gettext_lazy("Number of the hurdle"),
        help_text=gettext_lazy("For example H-2022-0001."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    reason = reason_line()
