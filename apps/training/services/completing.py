"""What a completion brings: a certificate's number, the course's skills, and the profile where the course recognises.

Taking it back takes these back, unless something else rests on them: another completion, or a placement.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_numbers
from apps.training.choices import RecognitionBasis
from apps.training.models import Course, Enrolment, Recognition, Session, SkillRecord
from apps.training.selectors.completion import completions, day_of_completion
from apps.training.selectors.recognitions import open_recognitions

# The series of the certificates; on paper 第2022-0001号.
SERIES = "CERT"
FINISHED = declare_event("training.enrolment.series_finished", gettext_lazy("The series is complete"))


def number_certificates(rows: Sequence[Enrolment], session: Session) -> None:
    """Each row gets its number for ever; the caller stores the rows. A series is certified with its last part."""
    if rows and not session.course.is_series:
        _number(rows, session)


def _number(rows: Sequence[Enrolment], session: Session) -> None:
    if rows:
        numbers = next_numbers(SERIES, FiscalYear.of(session.date), len(rows))
        for row, number in zip(rows, numbers, strict=True):
            row.certificate_number = number.removeprefix(f"{SERIES}-")


def record_completion(rows: Sequence[Enrolment], session: Session) -> None:
    """The skills and the recognitions of those who have completed the course with this session; the rows are stored."""
    if session.course.is_series:
        rows = _whole_series(rows)
        _number_series(rows, session)
    if rows:
        day = day_of_completion(session)
        _record_skills(rows, session.course, day)
        if session.course.recognises:
            _recognise(rows, session.course, day)


def finish_series(*, course: Course, by: Any) -> None:
    """A part of a series has dropped out: who has completed all others has completed the course with them."""
    if not course.is_series:
        return
    rows = completions(Enrolment.objects.filter(session__course=course)).select_related("session__course")
    last = {row.person_id: row for row in rows.order_by("session__date", "pk")}
    numbered = Enrolment.objects.filter(session__course=course, certificate_number__isnull=False)
    certified = set(numbered.values_list("person", flat=True))
    new = [row for person, row in last.items() if person not in certified]
    if new:
        with act(FINISHED, by=by):
            record_completion(new, new[0].session)


def _whole_series(rows: Sequence[Enrolment]) -> list[Enrolment]:
    whole = completions(Enrolment.objects.filter(pk__in=[row.pk for row in rows]))
    keys = set(whole.values_list("pk", flat=True))
    return [row for row in rows if row.pk in keys]


def _number_series(rows: Sequence[Enrolment], session: Session) -> None:
    """One certificate for the whole series, on the part that was written last."""
    _number(rows, session)
    Enrolment.objects.bulk_update(rows, ["certificate_number"])


def _record_skills(rows: Sequence[Enrolment], course: Course, day: date) -> None:
    raised = list(course.raised_skills.all())
    people = [row.person_id for row in rows]
    known = set(SkillRecord.objects.filter(person__in=people).values_list("person", "skill", "level"))
    reached = [
        SkillRecord(person_id=row.person_id, skill_id=each.skill_id, level=each.level, reached_on=day, enrolment=row)
        for row in rows
        for each in raised
        if (row.person_id, each.skill_id, each.level) not in known
    ]
    # The roll of another session may be written at the same moment: what it was quicker to write is there.
    SkillRecord.objects.bulk_create(reached, ignore_conflicts=True)


def _recognise(rows: Sequence[Enrolment], course: Course, day: date) -> None:
    people = [row.person_id for row in rows]
    belonging = open_recognitions().filter(person__in=people, profile=course.profile_id)
    known = set(belonging.values_list("person", flat=True))
    new = [
        Recognition(
            person_id=person,
            profile_id=course.profile_id,
            recognised_on=day,
            basis=RecognitionBasis.COURSE,
            course=course,
        )
        for person in people
        if person not in known
    ]
    Recognition.objects.bulk_create(new, ignore_conflicts=True)


def take_back_completion(rows: Sequence[Enrolment], session: Session) -> None:
    """The rows are stored as no longer completed; what they were a part of falls with them."""
    if rows and session.course.is_series:
        rows = _parts_of_series(rows, session.course)
    if rows:
        _take_skills_back(rows)
        _take_recognitions_back(rows, session.course)


def _parts_of_series(rows: Sequence[Enrolment], course: Course) -> list[Enrolment]:
    """All parts of these people, none with the certificate of the whole any more."""
    parts = Enrolment.objects.filter(session__course=course, person__in=[row.person_id for row in rows])
    parts.filter(certificate_number__isnull=False).update(certificate_number=None)
    return list(parts)


def _take_skills_back(rows: Sequence[Enrolment]) -> None:
    records = list(SkillRecord.objects.filter(enrolment__in=rows))
    others = _other_completions(records)
    gone, kept = [], []
    for record in records:
        if other := others.get((record.person_id, record.skill_id, record.level)):
            record.enrolment_id, record.reached_on = other
            kept.append(record)
        else:
            gone.append(record.pk)
    SkillRecord.objects.bulk_update(kept, ["enrolment", "reached_on"])
    SkillRecord.objects.filter(pk__in=gone).delete()


def _other_completions(records: Iterable[SkillRecord]) -> dict[tuple[int, int, int], tuple[int, date]]:
    """What the same people have completed that raises a skill to a level; the earliest of each."""
    rows = Enrolment.objects.filter(
        person__in={record.person_id for record in records},
        session__course__raised_skills__skill__in={record.skill_id for record in records},
    )
    raised = "session__course__raised_skills"
    values = (
        completions(rows)
        .order_by("-session__date", "-pk")
        .values_list("person", f"{raised}__skill", f"{raised}__level", "pk", "session__date")
    )
    return {(person, skill, level): (pk, day) for person, skill, level, pk, day in values}


def _take_recognitions_back(rows: Sequence[Enrolment], course: Course) -> None:
    """Whatever the course has made of them: since then its profile may be another one, or it recognises no more."""
    resting = Recognition.objects.filter(
        person__in={row.person_id for row in rows},
        basis=RecognitionBasis.COURSE,
        course=course,
        ended_on__isnull=True,
        placed_on__isnull=True,
    )
    found = list(resting)
    others = _other_recognising(found)
    for recognition in found:
        _rest_or_end(recognition, others.get((recognition.person_id, recognition.profile_id)))
    Recognition.objects.bulk_update(found, ["course", "recognised_on", "ended_on", "archived_at", "version"])


def _other_recognising(recognitions: Iterable[Recognition]) -> dict[tuple[int, int], tuple[int, date]]:
    """Another completed session that makes one of the same profile, by person and profile; the earliest."""
    rows = Enrolment.objects.filter(
        person__in={each.person_id for each in recognitions},
        session__course__recognises=True,
        session__course__profile__in={each.profile_id for each in recognitions},
    )
    values = completions(rows).order_by("-session__date", "-pk")
    found = values.values_list("person", "session__course__profile", "session__course", "session__date")
    return {(person, profile): (other, day) for person, profile, other, day in found}


def _rest_or_end(recognition: Recognition, other: tuple[int, date] | None) -> None:
    """It rests on the other completion from now on, or never was."""
    recognition.version += 1
    if other:
        recognition.course_id, recognition.recognised_on = other
    else:
        recognition.ended_on, recognition.archived_at = recognition.recognised_on, clock.now()
