"""Signing in, units with their reorganisations, the workload survey."""

from apps.organization.views.signing_in import SignIn

__all__ = ["SignIn"]
