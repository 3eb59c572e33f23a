"""The form of a talent profile: who is meant, which roles of the standard these are, and what they can do."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.forms import VerbForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.training.choices import SkillLevel, Tier
from apps.training.forms.growing import GrowingForm
from apps.training.forms.words import NOT_CHOSEN, words
from apps.training.models import Skill, SkillRole, TalentProfile
from apps.training.selectors.profiles import roles_to_choose, skills_to_choose

# So many empty rows stand below the skills that a profile has; each save brings as many again.
EMPTY_ROWS = 5
LEVELS = [("", NOT_CHOSEN), *SkillLevel.choices]
CODE = RegexValidator(r"\A[A-Z0-9_-]+\Z", gettext_lazy("Only capital letters, figures, - and _."))


def _version(record: Any) -> str:
    """The version of the standard where it is no longer the one in use."""
    standard = record.standard if isinstance(record, Skill) else record.skill_type.standard
    return "" if standard is None or standard.is_current else f"（{standard}）"


class SkillChoice(forms.ModelChoiceField):
    """Skills under their category."""

    def label_from_instance(self, skill: Any) -> str:
        return " › ".join(filter(None, (skill.category, skill.name))) + _version(skill)


class RoleChoice(forms.ModelMultipleChoiceField):
    """Roles under their type."""

    def label_from_instance(self, role: Any) -> str:
        return f"{role.skill_type.name} › {role.name}{_version(role)}"


class ProfileForm(GrowingForm):
    """What a profile says; below it one row for each skill with its level."""

    name = PlainFormField(
        label=gettext_lazy("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Under which lists and files know it, for example LEADER. It stays as it is."),
        max_length=20,
        validators=[CODE],
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    tier = forms.ChoiceField(label=gettext_lazy("Tier"), choices=Tier.choices, widget=forms.RadioSelect)
    description = PlainFormField(
        label=gettext_lazy("Who is counted"),
        help_text=gettext_lazy("For example: who has completed the basic course."),
        max_length=200,
        required=False,
    )
    roles = RoleChoice(
        label=gettext_lazy("Roles of the digital skill standard"),
        queryset=SkillRole.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, record: TalentProfile | None = None, **kwargs: Any) -> None:
        self.links = list(record.skill_links.all()) if record is not None else []
        super().__init__(data, record=record, **kwargs)
        if record is not None:
            del self.fields["code"]
        roles: Any = self.fields["roles"]
        roles.queryset = roles_to_choose(record)
        self._add_rows(skills_to_choose(record))

    def _add_rows(self, skills: Any) -> None:
        """All rows offer the same skills, which are read once."""
        shown = SkillChoice(queryset=skills, required=False)
        choices = [("", NOT_CHOSEN), *((skill.pk, shown.label_from_instance(skill)) for skill in skills)]
        self.skills = {str(skill.pk): skill for skill in skills}
        for row in range(1, self._row_count() + 1):
            label = {"number": row}
            self.fields[f"skill_{row}"] = forms.ChoiceField(
                label=_("Skill %(number)s") % label, choices=choices, required=False
            )
            self.fields[f"level_{row}"] = forms.TypedChoiceField(
                label=_("Level %(number)s") % label, choices=LEVELS, coerce=int, empty_value=None, required=False
            )

    def _row_count(self) -> int:
        """Those that the profile has and some more; never fewer than were sent."""
        sent = [int(name[6:]) for name in self.data if name.startswith("skill_") and name[6:].isdecimal()]
        return max(len(self.links) + EMPTY_ROWS, min(max(sent, default=0), 200))

    def values_of(self, record: Any) -> dict[str, Any]:
        found = {**super().values_of(record), "roles": list(record.role_links.values_list("role", flat=True))}
        for row, link in enumerate(self.links, start=1):
            found |= {f"skill_{row}": link.skill_id, f"level_{row}": link.level}
        return found

    @property
    def plain_fields(self) -> list[Any]:
        """What stands above the rows."""
        return [field for field in self.visible_fields() if not field.name.startswith(("skill_", "level_"))]

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Skill and level, row by row."""
        return [(self[f"skill_{row}"], self[f"level_{row}"]) for row in range(1, self._row_count() + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for row in range(1, self._row_count() + 1):
            skill, level = cleaned.get(f"skill_{row}"), cleaned.get(f"level_{row}")
            if skill and not level and f"level_{row}" not in self.errors:
                self.add_error(f"level_{row}", _("Choose the level."))
            if level and not skill and f"skill_{row}" not in self.errors:
                self.add_error(f"skill_{row}", _("Choose the skill."))
            if skill and skill in seen:
                self.add_error(f"skill_{row}", _("This skill stands in a row above."))
            seen |= {skill} if skill else set()
        return cleaned

    def values(self) -> dict[str, Any]:
        cleaned = super().values()
        rows = range(1, self._row_count() + 1)
        skills = {
            self.skills[cleaned[f"skill_{row}"]]: cleaned[f"level_{row}"] for row in rows if cleaned[f"skill_{row}"]
        }
        plain = {name: value for name, value in cleaned.items() if not name.startswith(("skill_", "level_"))}
        return {**plain, "skills": skills}


class CountForm(VerbForm):
    """From which day on people are counted."""

    counted_from = WarekiDateField(
        label=gettext_lazy("Counted from people since"),
        help_text=gettext_lazy(
            "For example R4.10.1. People are counted from the fiscal year of this day on. "
            "Left empty, the estimates stand again."
        ),
        required=False,
    )
    reason = words(gettext_lazy("Reason"), gettext_lazy("It stands in the history."), required=False)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"counted_from": record.counted_from or clock.today()}
