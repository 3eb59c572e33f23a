"""Signing in."""

from django.contrib.auth.views import LoginView

from apps.organization.forms.signing_in import SignInForm


class SignIn(LoginView):
    """The one page that a stranger sees. Where one goes from here depends on the role: the wiring says it."""

    template_name = "accounts/login.html"
    form_class = SignInForm
    redirect_authenticated_user = True
