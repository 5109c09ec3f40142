"""What a person is in charge of, where, and from when to when."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..scopes import ROLES, Scope, ScopeKind


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def in_force(self, at: datetime | None = None) -> Self:
        """Those that count at this moment (now unless told)."""
        at = at or timezone.now()
        return self.filter(
            models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at), starts_at__lte=at
        )


class RoleAssignment(models.Model):
    """One role of one person over one scope. It is ended, never deleted.

    Read it through `accounts.roles.has_role`, change it through `accounts.services`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="role_assignments",
    )
    role = models.CharField(
        _("role"), max_length=30, choices=[(role.code, role.label) for role in ROLES.values()]
    )
    scope_kind = models.CharField(
        _("kind of scope"),
        max_length=20,
        choices=ScopeKind.assignable(),
        default=ScopeKind.NATIONAL,
    )
    scope_code = models.CharField(_("scope"), max_length=60, blank=True)
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("granted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = RoleAssignmentQuerySet.as_manager()

    personal_data_retention = _("As long as the account, then anonymous with it.")

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["role", "scope_kind", "scope_code", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope_kind", "scope_code"],
                condition=models.Q(ends_at__isnull=True),
                name="role_held_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="role_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(scope_kind="national", scope_code="")
                | (~models.Q(scope_kind="national") & ~models.Q(scope_code="")),
                name="role_scope_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["role", "scope_kind", "scope_code"])]

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.scope})"

    @property
    def scope(self) -> Scope:
        return Scope(self.scope_kind, self.scope_code)

    @property
    def is_in_force(self) -> bool:
        now = timezone.now()
        return self.starts_at <= now and (self.ends_at is None or self.ends_at > now)
