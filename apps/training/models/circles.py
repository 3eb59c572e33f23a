"""The database's own word against circles: no course needs itself by way of others, and none follows itself."""

import pgtrigger

_REFUSE = """
    -- One link at a time, so that two halves of a circle cannot be made side by side.
    PERFORM pg_advisory_xact_lock(hashtext('training_prerequisites'));
    IF EXISTS (
        WITH RECURSIVE first(id) AS (
            SELECT NEW.needs_id
            UNION
            SELECT link.needs_id FROM training_courseprerequisite link JOIN first ON link.course_id = first.id
        )
        SELECT 1 FROM first WHERE id = NEW.course_id
    ) THEN
        RAISE EXCEPTION 'courses would need each other in a circle'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'prerequisites_make_no_circle';
    END IF;
    RETURN NEW;
"""


def refuse_circles() -> pgtrigger.Trigger:
    """Refuses a prerequisite that closes a circle, with IntegrityError; the service finds it first and says which."""
    return pgtrigger.Trigger(
        name="prerequisites_make_no_circle",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_REFUSE,
    )


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
