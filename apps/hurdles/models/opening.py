"""The day from which all staff see a hurdle, kept by the database itself.

All staff see a submitted hurdle once its present owning unit has answered, on the day after the answer was due, or at
once where the owning unit is itself the reporting unit (design, Rights). To find this out for each row of a list took
190 ms at 95,000 hurdles; kept as a column it is one index. Triggers keep it, so that no way of writing can forget it.
"""

import pgtrigger

# The first day that opens; a question counts from the day on which it is asked.
OPENING_DAY = """
    IF NEW.owning_unit_id IS NULL THEN
        NEW.opened_on := NULL;
    ELSIF NEW.owning_unit_id = NEW.reporting_unit_id THEN
        NEW.opened_on := NEW.reported_on;
    ELSE
        SELECT min(greatest(asked_on, least(coalesce(answered_on, due_on + 1), due_on + 1)))
            INTO NEW.opened_on
            FROM hurdles_ownerview WHERE hurdle_id = NEW.id AND unit_id = NEW.owning_unit_id;
    END IF;
    RETURN NEW;
"""

OPENING_TRIGGERS = [
    pgtrigger.Trigger(
        name="keep_opening_day",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert
        | pgtrigger.UpdateOf("owning_unit_id", "reporting_unit_id", "reported_on", "opened_on"),
        func=OPENING_DAY,
    )
]

# Touching the column is enough: the trigger above computes it.
RECOMPUTE = """
    UPDATE hurdles_hurdle SET opened_on = opened_on WHERE id = {row}.hurdle_id;
    RETURN NULL;
"""

VIEW_TRIGGERS = [
    pgtrigger.Trigger(
        name="keep_opening_day",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=RECOMPUTE.format(row="NEW"),
    ),
    pgtrigger.Trigger(
        name="keep_opening_day_of_deleted",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        func=RECOMPUTE.format(row="OLD"),
    ),
]
