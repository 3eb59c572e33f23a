"""The database's own word against circles: no initiative waits for itself by way of others."""

import pgtrigger

_REFUSE = """
    -- One link at a time, so that two halves of a circle cannot be made side by side.
    PERFORM pg_advisory_xact_lock(hashtext('roadmap_dependencies'));
    IF EXISTS (
        WITH RECURSIVE first(id) AS (
            SELECT NEW.needs_id
            UNION
            SELECT link.needs_id FROM roadmap_initiativedependency link JOIN first ON link.initiative_id = first.id
        )
        SELECT 1 FROM first WHERE id = NEW.initiative_id
    ) THEN
        RAISE EXCEPTION 'initiatives would wait for each other in a circle'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'dependencies_make_no_circle';
    END IF;
    RETURN NEW;
"""


def refuse_circles() -> pgtrigger.Trigger:
    """Refuses a dependency that closes a circle, with IntegrityError; the service finds it first and says which."""
    return pgtrigger.Trigger(
        name="dependencies_make_no_circle",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_REFUSE,
    )
