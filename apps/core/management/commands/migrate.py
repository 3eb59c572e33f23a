"""Django's migrate, without making all model classes anew for each new table and each trigger.

A new table is referred to by nothing yet, and a trigger changes nothing about the classes that later operations see.
Yet each of them has every related class made anew: with the tables of the history and their triggers that is two
thirds of the time that an empty database takes. What is created is the same (docs/adr/0009).
"""

from typing import Any
from unittest.mock import patch

from django.core.management.commands.migrate import Command as DjangoCommand
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger


def remember_trigger(self: AddTrigger, app_label: str, state: ProjectState) -> None:
    """What AddTrigger remembers of its trigger, and nothing else."""
    options = state.models[app_label, self.model_name.lower()].options
    options["triggers"] = [*options.get("triggers", []), self.trigger]


def add_model_alone(self: Any, model_state: ModelState) -> None:
    """What ProjectState.add_model does, but for the classes that the new one refers to: these stay as they are."""
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])
        self.apps.clear_cache()


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with (
            patch.object(AddTrigger, "state_forwards", remember_trigger),
            patch.object(ProjectState, "add_model", add_model_alone),
        ):
            super().handle(*args, **options)
