"""The database's own word on seats: no session has more people with a seat than it has places."""

import pgtrigger

_REFUSE = """
    IF TG_OP = 'UPDATE' AND OLD.state = 'enrolled' AND OLD.session_id = NEW.session_id THEN
        RETURN NEW;
    END IF;
    -- Whoever takes a seat waits for the others who do: the last one is given once.
    PERFORM 1 FROM training_session WHERE id = NEW.session_id FOR NO KEY UPDATE;
    IF (
        SELECT count(*) >= session.capacity FROM training_enrolment other JOIN training_session session
        ON session.id = other.session_id
        WHERE other.session_id = NEW.session_id AND other.state = 'enrolled' AND other.id <> NEW.id
        GROUP BY session.capacity
    ) OR (SELECT capacity = 0 FROM training_session WHERE id = NEW.session_id) THEN
        RAISE EXCEPTION 'the session has no seat left'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'seats_within_capacity';
    END IF;
    RETURN NEW;
"""


def keep_to_capacity() -> pgtrigger.Trigger:
    """Refuses a seat beyond the capacity, with IntegrityError; the service gives a waiting place before."""
    return pgtrigger.Trigger(
        name="seats_within_capacity",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__state="enrolled"),
        func=_REFUSE,
    )
