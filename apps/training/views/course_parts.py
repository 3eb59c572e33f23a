"""Pages of what a course teaches and raises: its lessons; its skills, areas and roles."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import Entry
from apps.core.pages import EditPage
from apps.training.forms.course_parts import CurriculumForm, SkillsForm
from apps.training.services.course_parts import change_course_skills, change_curriculum
from apps.training.views.course_pages import CoursePage, course_history


class _CoursePart(CoursePage, EditPage):
    permission = "training.edit_course"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.record.get_absolute_url(), **kwargs)

    def last_entry(self, present: Any) -> Entry:
        return course_history(present, self.request.user)[0]

    def said(self, form: Any) -> dict[str, Any]:
        return {"course": self.record, "version": form.cleaned_data["version"] or 0, "by": self.request.user}


class CourseCurriculum(_CoursePart):
    title = gettext_lazy("Curriculum")
    template_name = "training/course_curriculum.html"
    form_class = CurriculumForm

    def get_title(self) -> Any:
        return self.title

    def save(self, form: Any) -> HttpResponse:
        return self.go(change_curriculum(lessons=form.lessons(), **self.said(form)), _("Saved."))


class CourseSkills(_CoursePart):
    title = gettext_lazy("Skills it raises")
    template_name = "training/course_skills.html"
    form_class = SkillsForm

    def get_title(self) -> Any:
        return self.title

    def save(self, form: Any) -> HttpResponse:
        chosen = {name: form.cleaned_data[name] for name in ("areas", "roles")}
        return self.go(change_course_skills(levels=form.levels(), **chosen, **self.said(form)), _("Saved."))
