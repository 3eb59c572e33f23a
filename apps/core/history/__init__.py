"""History: database triggers write it, `acts` says who acted and why, `entries` reads it back."""

from apps.core.history.acts import act, declare_event, declare_machine
from apps.core.history.entries import Entry, entries_of
from apps.core.history.rows import event_model_of, version_of
from apps.core.history.words import Change, OtherWords

__all__ = [
    "Change",
    "Entry",
    "OtherWords",
    "act",
    "declare_event",
    "declare_machine",
    "entries_of",
    "event_model_of",
    "version_of",
]
