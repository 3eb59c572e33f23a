"""The channels of petitions."""

from django.contrib import admin

from apps.petitions.models import PetitionChannel


@admin.register(PetitionChannel)
class PetitionChannelAdmin(admin.ModelAdmin):
    list_display = ("order", "name", "measure_limit", "cases_and_effects_limit", "limits_source")
