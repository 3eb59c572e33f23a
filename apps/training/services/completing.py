"""What a completion brings: a certificate's number, the course's skills, and the profile where the course recognises.

Taking it back takes these back, unless something else rests on them: another completion, or a placement.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.models.number import next_numbers
from apps.training.choices import EnrolmentState, RecognitionBasis
from apps.training.models import Course, Enrolment, Recognition, Session, SkillRecord
from apps.training.selectors.recognitions import open_recognitions

# The series of the certificates; on paper 第2022-0001号.
SERIES = "CERT"


def number_certificates(rows: Sequence[Enrolment], session: Session) -> None:
    """Each row gets its number for ever; the caller stores the rows."""
    if rows:
        numbers = next_numbers(SERIES, FiscalYear.of(session.date), len(rows))
        for row, number in zip(rows, numbers, strict=True):
            row.certificate_number = number.removeprefix(f"{SERIES}-")


def record_completion(rows: Sequence[Enrolment], session: Session) -> None:
    """The skills and the recognitions of those who have completed the session."""
    if rows:
        _record_skills(rows, session)
        if session.course.recognises:
            _recognise(rows, session)


def _record_skills(rows: Sequence[Enrolment], session: Session) -> None:
    raised = list(session.course.raised_skills.all())
    people = [row.person_id for row in rows]
    known = set(SkillRecord.objects.filter(person__in=people).values_list("person", "skill", "level"))
    SkillRecord.objects.bulk_create(
        SkillRecord(
            person_id=row.person_id, skill_id=each.skill_id, level=each.level, reached_on=session.date, enrolment=row
        )
        for row in rows
        for each in raised
        if (row.person_id, each.skill_id, each.level) not in known
    )


def _recognise(rows: Sequence[Enrolment], session: Session) -> None:
    people = [row.person_id for row in rows]
    course = session.course
    belonging = open_recognitions().filter(person__in=people, profile=course.profile_id)
    known = set(belonging.values_list("person", flat=True))
    Recognition.objects.bulk_create(
        Recognition(
            person_id=person,
            profile_id=course.profile_id,
            recognised_on=session.date,
            basis=RecognitionBasis.COURSE,
            course=course,
        )
        for person in people
        if person not in known
    )


def take_back_completion(rows: Sequence[Enrolment], session: Session) -> None:
    """The rows are stored as no longer completed."""
    if rows:
        _take_skills_back(rows)
        if session.course.recognises:
            _take_recognitions_back(rows, session.course)


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
    completed = Enrolment.objects.filter(
        person__in={record.person_id for record in records},
        state=EnrolmentState.COMPLETED,
        archived_at__isnull=True,
        session__course__raised_skills__skill__in={record.skill_id for record in records},
    )
    raised = "session__course__raised_skills"
    values = completed.order_by("-session__date", "-pk").values_list(
        "person", f"{raised}__skill", f"{raised}__level", "pk", "session__date"
    )
    return {(person, skill, level): (pk, day) for person, skill, level, pk, day in values}


def _take_recognitions_back(rows: Sequence[Enrolment], course: Course) -> None:
    people = {row.person_id for row in rows}
    resting = Recognition.objects.filter(
        person__in=people,
        profile=course.profile_id,
        basis=RecognitionBasis.COURSE,
        course=course,
        ended_on__isnull=True,
        placed_on__isnull=True,
    )
    others = _other_recognising(people, course)
    found = list(resting)
    for recognition in found:
        _rest_or_end(recognition, others.get(recognition.person_id))
    Recognition.objects.bulk_update(found, ["course", "recognised_on", "ended_on", "archived_at", "version"])


def _other_recognising(people: set[int], course: Course) -> dict[int, tuple[int, date]]:
    """Another completed session that makes one of the same profile, by person; the earliest."""
    completed = Enrolment.objects.filter(
        person__in=people,
        state=EnrolmentState.COMPLETED,
        archived_at__isnull=True,
        session__course__recognises=True,
        session__course__profile=course.profile_id,
    ).order_by("-session__date", "-pk")
    values = completed.values_list("person", "session__course", "session__date")
    return {person: (other, day) for person, other, day in values}


def _rest_or_end(recognition: Recognition, other: tuple[int, date] | None) -> None:
    """It rests on the other completion from now on, or never was."""
    recognition.version += 1
    if other:
        recognition.course_id, recognition.recognised_on = other
    else:
        recognition.ended_on, recognition.archived_at = recognition.recognised_on, clock.now()
