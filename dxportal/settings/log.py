"""Everything goes to the standard streams; the supervisor keeps them."""

from logging import LogRecord


def without_traces_of_refusals(record: LogRecord) -> bool:
    """Who may not see a page, or asks for none that is there, is told so: the trace is left to faults of the portal."""
    if getattr(record, "status_code", 500) < 500:
        record.exc_info = None
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"refusals": {"()": "django.utils.log.CallbackFilter", "callback": without_traces_of_refusals}},
    "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["stream"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["stream"], "level": "WARNING", "propagate": False}},
}
