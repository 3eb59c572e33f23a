"""Signing in leads to the first page of one's role: organization knows the person, dashboards the pages."""

from apps.dashboards.selectors import first_page
from apps.organization.views import SignIn


class SignInToFirstPage(SignIn):
    def get_default_redirect_url(self) -> str:
        return first_page(self.request.user)
