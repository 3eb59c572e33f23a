"""The database's own word against a way that goes round: no course follows itself by way of others."""

import pgtrigger

_REFUSE_ROUND = """
    IF NEW.next_course_id IS NULL OR (
        TG_OP = 'UPDATE' AND OLD.next_course_id IS NOT DISTINCT FROM NEW.next_course_id
    ) THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('training_next_courses'));
    IF EXISTS (
        WITH RECURSIVE later(id) AS (
            SELECT NEW.next_course_id
            UNION
            SELECT course.next_course_id FROM training_course course JOIN later ON course.id = later.id
            WHERE course.next_course_id IS NOT NULL
        )
        SELECT 1 FROM later WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'courses would follow each other in a circle'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'next_courses_make_no_circle';
    END IF;
    RETURN NEW;
"""


def refuse_going_round() -> pgtrigger.Trigger:
    """Refuses a next course from which one comes back to the course itself, with IntegrityError."""
    return pgtrigger.Trigger(
        name="next_courses_make_no_circle",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_REFUSE_ROUND,
    )
