"""People and the roles they hold for a time."""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.models import SourcedModel
from apps.core.text import PlainCharField
from apps.organization.choices import RoleKind
from apps.organization.models.lineage import Lineage
from apps.organization.models.units import VALIDITY, Unit


class UserManager(BaseUserManager["User"]):
    def create_user(self, employee_number: str, name: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(employee_number=employee_number, name=name, **fields)
        user.set_password(password)
        user.save()
        return user

    def introduced(self) -> "models.QuerySet[User]":
        """Those who work here, with what tells two people of one name apart."""
        return self.filter(is_active=True).select_related("unit")

    def know_roles(self, people: Collection["User"]) -> None:
        """Reads roles and units of these people today in two queries, where each would ask for their own."""
        held: dict[int, list[Role]] = {person.pk: [] for person in people}
        for role in Role.objects.on(clock.today()).filter(user__in=held).select_related("unit"):
            held[role.user_id].append(role)
        lineage = Lineage.on(clock.today())
        for person in people:
            person.roles_today = held[person.pk]
            person.unit_ids = lineage.own(person.held_unit_ids)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, SourcedModel):
    """An employee. The employee number is the sign-in name."""

    employee_number = models.CharField(_("Employee number"), max_length=30, unique=True)
    name = PlainCharField(_("Full name"), max_length=100)
    kana = PlainCharField(_("Kana"), max_length=100, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("Unit")
    )
    position = PlainCharField(_("Position"), max_length=100, blank=True)
    role_label = PlainCharField(_("Role as printed"), max_length=100, blank=True)
    occupation = PlainCharField(_("Occupation"), max_length=100, blank=True)
    employment = PlainCharField(_("Form of employment"), max_length=100, blank=True)
    is_active = models.BooleanField(_("Active"), default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "employee_number"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("Employee")
        verbose_name_plural = _("Employees")
        ordering = ["employee_number"]

    def __str__(self) -> str:
        return self.name

    @property
    def introduction(self) -> str:
        """The name with what tells it apart from the same name: 山田 太郎（市民課 u016）."""
        unit = f"{self.unit} " if self.unit else ""
        return f"{self.name}（{unit}{self.employee_number}）"

    @cached_property
    def roles_today(self) -> list["Role"]:
        """The roles held today; read once for each instance, that is once for each request."""
        return list(self.roles.on(clock.today()).select_related("unit"))

    @cached_property
    def role_kinds(self) -> frozenset[str]:
        return frozenset(role.kind for role in self.roles_today) if self.is_active else frozenset()

    @cached_property
    def lineage_today(self) -> Lineage:
        """How units lead on; read once for each instance, like the roles."""
        return Lineage.on(clock.today())

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """The units that are "own" to this person: where they sit and where they hold a role.

        Their predecessors are own as well: whoever follows works on with what was left.
        """
        return self.lineage_today.own(self.held_unit_ids)

    @property
    def held_unit_ids(self) -> set[int]:
        """Where the person sits and where they hold a role today."""
        held = {role.unit_id for role in self.roles_today} | {self.unit_id}
        return {unit_id for unit_id in held if unit_id}

    def holds(self, *kinds: str) -> bool:
        """Whether one of these roles is held today."""
        return not self.role_kinds.isdisjoint(kinds)

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin opens: for administrators alone."""
        return self.holds(RoleKind.ADMINISTRATOR)

    def has_perm(self, permission: str, record: Any = None) -> bool:
        """Django's admin asks this for its lists; records themselves change through services only."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class RoleQuerySet(models.QuerySet["Role"]):
    def on(self, day: date) -> "RoleQuerySet":
        """The roles held on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


@pghistory.track()
class Role(SourcedModel):
    """A role at a unit (none: the whole city) from a day, to a day or until further notice."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles", verbose_name=_("Employee"))
    kind = models.CharField(_("Role"), max_length=20, choices=RoleKind.choices)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="roles", verbose_name=_("Unit")
    )
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Role")
        verbose_name_plural = _("Roles")
        ordering = ["user", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="role_begins_before_it_ends",
                violation_error_message=_("A role cannot end before it begins."),
            ),
            ExclusionConstraint(
                name="one_role_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Coalesce("unit", Value(0)), RangeOperators.EQUAL),
                    (VALIDITY, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already holds the role in this period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_kind_display()}"
