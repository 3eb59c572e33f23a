"""Where a course leads, and which hurdles it helps to clear: pages to choose, and pages to take a link away."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.models import NumberedRecord
from apps.core.pages import VerbPage
from apps.hurdles.models import Hurdle
from apps.roadmap.views.hurdle_links import HurdleRemovePage, HurdlesPage
from apps.training import selectors
from apps.training.forms.course_parts import LinkCourseForm, LinkHurdleForm, UnlinkForm
from apps.training.models import Course
from apps.training.selectors.continuity import courses_to_link
from apps.training.services.course_hurdles import link_course_hurdle, unlink_course_hurdle
from apps.training.services.course_links import follow_course, follow_course_no_more, need_course, need_course_no_more
from apps.training.views.course_pages import CoursePage


class CourseLinks(CoursePage, VerbPage):
    """What one completes before, and what comes next; another one is found by the search below."""

    permission = "training.edit_course"
    verb_label = gettext_lazy("Prerequisites and next course")
    template_name = "training/course_links.html"
    form_class = LinkCourseForm

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"course": self.request.GET.get("course", ""), "kind": self.request.GET.get("kind", "")}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, words = self.request.user, self.request.GET.get("q", "")
        needed = selectors.courses_visible_to(user).filter(needed_by_links__course=self.record)
        return super().get_context_data(
            q=words,
            needed=needed.order_by("pk"),
            offered=courses_to_link(self.record, user, words),
            chosen=self._chosen(kwargs["form"]["course"].value()),
            **kwargs,
        )

    def _chosen(self, uid: Any) -> Any:
        visible: Any = selectors.courses_visible_to(self.request.user).select_related("next_course")
        return NumberedRecord.at_address(visible, str(uid or "")).first()

    def done(self, form: Any) -> HttpResponse:
        other, reason = self._chosen(form.cleaned_data["course"]), form.cleaned_data["reason"]
        if other is None:
            form.add_error(None, _("There is no such course."))
            return self.show(form, status=422)
        if form.cleaned_data["kind"] == "needs":
            need_course(course=self.record, needs=other, reason=reason, by=self.request.user)
        else:
            follow_course(course=self.record, after=other, reason=reason, by=self.request.user)
        return self.go(self.record, _("Added."))


class CourseNeedsNoMore(CoursePage, VerbPage):
    permission = "training.edit_course"
    verb_label = gettext_lazy("Take the prerequisite out")
    form_class = UnlinkForm

    def load(self) -> None:
        super().load()
        needed = Course.objects.filter(needed_by_links__course=self.record, pk=self.kwargs["other"]).first()
        if needed is None:
            raise Http404
        self.needed = needed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=[(_("Prerequisite"), self.needed.name)], **kwargs)

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        need_course_no_more(course=self.record, needs=self.needed, reason=reason, by=self.request.user)
        return self.go(self.record, _("Removed."))


class CourseFollowedNoMore(CoursePage, VerbPage):
    permission = "training.edit_course"
    verb_label = gettext_lazy("Take the next course out")
    form_class = UnlinkForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        after = self.record.next_course
        return super().get_context_data(facts=[(_("Next course"), after.name if after else "－")], **kwargs)

    def done(self, form: Any) -> HttpResponse:
        follow_course_no_more(course=self.record, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.go(self.record, _("Removed."))


class CourseHurdles(CoursePage, HurdlesPage):
    """Which hurdles it helps to clear; another one is added by its number, which the search below helps to find."""

    permission = "training.link_course_hurdles"
    verb_label = gettext_lazy("Hurdles that it helps to clear")
    template_name = "training/course_hurdles.html"
    form_class = LinkHurdleForm

    def link(self, hurdle: Hurdle, form: Any) -> None:
        reason = form.cleaned_data["reason"]
        link_course_hurdle(course=self.record, hurdle=hurdle, reason=reason, by=self.request.user)


class CourseHurdleRemove(CoursePage, HurdleRemovePage):
    permission = "training.link_course_hurdles"
    verb_label = gettext_lazy("Take the hurdle out")
    form_class = UnlinkForm

    def unlink(self, reason: str) -> None:
        unlink_course_hurdle(course=self.record, hurdle=self.hurdle, reason=reason, by=self.request.user)
