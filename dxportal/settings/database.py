"""One PostgreSQL: the one that DATABASE_URL names, or the private one under var/."""

from typing import Any

from dxportal.embedded.address import database_settings

# 15 s a statement, 3 s for a lock: a page that waits longer has failed already, and must not hold others.
SESSION_LIMITS = "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=60000"


def databases(*, session_limits: str = SESSION_LIMITS) -> dict[str, dict[str, Any]]:
    """Django's DATABASES; connections live for a minute and are tested before use."""
    default = database_settings()
    options = default.setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} {session_limits}".strip()
    return {"default": {**default, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
