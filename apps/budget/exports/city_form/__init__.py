"""The city's own form of the budget request, filled with proposals."""

from apps.budget.exports.city_form.filling import fill_form, fill_forms, form_name

__all__ = ["fill_form", "fill_forms", "form_name"]
