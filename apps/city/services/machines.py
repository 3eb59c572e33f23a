"""What brings the records of a city without a person, by the words of the history."""

from django.utils.translation import gettext_lazy

from apps.core.history import declare_machine

LOADING = declare_machine("load_city", gettext_lazy("Loading of the city's data"))
GENERATING = declare_machine("generate_city", gettext_lazy("Making of an invented city"))
