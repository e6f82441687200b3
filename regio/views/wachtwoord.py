"""One's own password. What happens after a mail is done by Django's own views, with our forms and pages (see `regio.urls`)."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from regio import actions
from regio.forms.wachtwoord import WachtwoordVergeten, WachtwoordWijzigen
from regio.models import Gebruiker
from regio.views.formulierpagina import toon_formulier

MAIL = {
    "email_template_name": "regio/wachtwoord_mail.txt",
    "subject_template_name": "regio/wachtwoord_mail_onderwerp.txt",
}
WELKOM = {
    "email_template_name": "regio/welkom_mail.txt",
    "subject_template_name": "regio/welkom_mail_onderwerp.txt",
}


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def wachtwoord_wijzigen(request):
    form = WachtwoordWijzigen(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.zet_wachtwoord(request.user, form.cleaned_data["new_password1"], request.user)
        update_session_auth_hash(request, request.user)  # this session goes on, the others end
        messages.success(request, "Uw wachtwoord is gewijzigd. Op andere apparaten bent u uitgelogd.")
        return redirect("start")
    return toon_formulier(request, form, titel="Uw wachtwoord wijzigen", terug=reverse("start"))


def stuur_wachtwoordmail(request, gebruiker: Gebruiker) -> None:
    """The mail with which this person chooses a password: a welcome, or the same that they can ask for themselves."""
    form = WachtwoordVergeten({"email": gebruiker.email})
    if form.is_valid():
        mail = MAIL if gebruiker.last_login else WELKOM
        form.save(request=request, use_https=request.is_secure(), **mail)
