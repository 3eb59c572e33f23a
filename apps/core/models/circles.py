"""The database's own word against circles in a table of links: nothing needs itself by way of others."""

import pgtrigger

# The names are those of the models that ask for it; nothing that anybody types comes in here.
_REFUSE = """
    -- One link at a time, so that two halves of a circle cannot be made side by side.
    PERFORM pg_advisory_xact_lock(hashtext('{lock}'));
    IF EXISTS (
        WITH RECURSIVE first(id) AS (
            SELECT NEW.{needs}
            UNION
            SELECT link.{needs} FROM {table} link JOIN first ON link.{owner} = first.id
        )
        SELECT 1 FROM first WHERE id = NEW.{owner}
    ) THEN
        RAISE EXCEPTION '{words}'
        USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
"""


def refuse_circles(*, name: str, lock: str, words: str, table: str, owner: str, needs: str) -> pgtrigger.Trigger:
    """Refuses a link that closes a circle, with IntegrityError; the service finds it first and says which.

    In `table` the record in the column `owner` needs that in the column `needs` first.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_REFUSE.format(name=name, lock=lock, words=words, table=table, owner=owner, needs=needs),
    )
