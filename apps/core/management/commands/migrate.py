"""Django's migrate, without making all model classes anew for each new table, trigger, index and constraint.

A new table is referred to by nothing yet, and the others change nothing about the classes that later operations see.
Yet each of them has every related class made anew: with the tables of the history and their triggers that is two
thirds of the time that an empty database takes. What is created is the same (docs/adr/0009).
"""

from typing import Any
from unittest.mock import patch

from django.core.management.commands.migrate import Command as DjangoCommand
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger


def remember_trigger(self: AddTrigger, app_label: str, state: ProjectState) -> None:
    """What AddTrigger remembers of its trigger, and nothing else."""
    options = state.models[app_label, self.model_name.lower()].options
    options["triggers"] = [*options.get("triggers", []), self.trigger]


def forget_trigger(self: RemoveTrigger, app_label: str, state: ProjectState) -> None:
    """What RemoveTrigger forgets, and nothing else."""
    options = state.models[app_label, self.model_name.lower()].options
    options["triggers"] = [each for each in options.get("triggers", []) if each.name != self.name]


def remember_option(self: ProjectState, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    """What adding an index or a constraint remembers, and nothing else."""
    options = self.models[app_label, model_name].options
    options[option_name] = [*options.get(option_name, []), obj]


def add_field_in_place(
    self: ProjectState, app_label: str, model_name: str, name: str, field: Any, preserve_default: bool
) -> None:
    """What ProjectState.add_field does, but the field joins the class that is there instead of a whole new family.

    A link through a table of its own makes a class, so there Django's own way stays.
    """
    if field.many_to_many or "apps" not in self.__dict__:
        add_field(self, app_label, model_name, name, field, preserve_default)
        return
    apps = self.__dict__.pop("apps")
    add_field(self, app_label, model_name, name, field, preserve_default)
    self.__dict__["apps"] = apps
    self.models[app_label, model_name].fields[name].clone().contribute_to_class(
        apps.get_model(app_label, model_name), name
    )
    apps.clear_cache()


def add_model_alone(self: Any, model_state: ModelState) -> None:
    """What ProjectState.add_model does, but for the classes that the new one refers to: these stay as they are."""
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])
        self.apps.clear_cache()


add_field = ProjectState.add_field


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with (
            patch.object(AddTrigger, "state_forwards", remember_trigger),
            patch.object(RemoveTrigger, "state_forwards", forget_trigger),
            patch.object(ProjectState, "_append_option", remember_option),
            patch.object(ProjectState, "add_model", add_model_alone),
            patch.object(ProjectState, "add_field", add_field_in_place),
        ):
            super().handle(*args, **options)
