"""The rule that the database keeps: Σ sources = Σ 節, in 千円, always.

It is checked when the transaction ends, so that lines and sources may be written one after the other.
"""

import pgtrigger
from django.utils.translation import gettext_lazy as _

BALANCE_NAME = "proposal_sources_equal_request"
BALANCE_MESSAGE = _("The sources must add up to the sum of the expense items.")

_CHECK = f"""
    FOREACH target IN ARRAY ARRAY[{{old}}, {{new}}] LOOP
        CONTINUE WHEN target IS NULL;
        SELECT p.general_k,
               COALESCE((SELECT SUM(l.request_k) FROM budget_requestline l WHERE l.proposal_id = p.id), 0),
               COALESCE((SELECT SUM(f.amount_k) FROM budget_funding f WHERE f.proposal_id = p.id), 0)
          INTO general, requested, funded
          FROM budget_proposal p WHERE p.id = target;
        IF FOUND AND requested <> funded + general THEN
            RAISE EXCEPTION 'proposal %: request % is not funding % + general %', target, requested, funded, general
                USING ERRCODE = 'check_violation', CONSTRAINT = '{BALANCE_NAME}';
        END IF;
    END LOOP;
    RETURN NULL;
"""  # noqa: S608 only constants of this module


def balance_trigger(key: str) -> pgtrigger.Trigger:
    """The check on one table; `key` is the column that names the proposal."""
    return pgtrigger.Trigger(
        name="sources_equal_request",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        declare=[
            ("target", "bigint"),
            ("general", "bigint"),
            ("requested", "bigint"),
            ("funded", "bigint"),
        ],
        func=_CHECK.format(old=f"OLD.{key}", new=f"NEW.{key}"),
    )
