"""From a right password to a session: at once, or after the second step. There is no session before that.

What is known after the first step travels, signed and for five minutes, in the form of the second.
"""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from inspectie import bewaard
from regio import tweede_stap as regels
from regio.forms.tweede_stap import ONJUIST, CodeFormulier
from regio.models import Gebruiker

ZOUT = "inspectie.eerste_stap"
GELDIG = 5 * 60  # seconds between the password and the code


def ga_verder(request, gebruiker: Gebruiker, *, volgende: str, pakket: str):
    """After the first step: in, or on to the second."""
    if not regels.heeft(gebruiker):
        return meld_aan(request, gebruiker, gebruiker.backend, volgende=volgende, pakket=pakket)
    eerste = signing.dumps(
        {"pk": gebruiker.pk, "backend": gebruiker.backend, "stand": gebruiker.get_session_auth_hash()}, salt=ZOUT
    )
    return _vraag_code(request, CodeFormulier(), eerste=eerste, volgende=volgende, pakket=pakket)


def meld_aan(request, gebruiker: Gebruiker, backend: str, *, volgende: str, pakket: str):
    """Begin the session, and go on where one was going, or with what one had typed."""
    login(request, gebruiker, backend)
    if inhoud := bewaard.pak_uit(pakket):
        return render(request, "inspectie/bewaard.html", inhoud | {"getypt": bewaard.getypt(inhoud["velden"])})
    return redirect(volgende or "start")


@login_not_required
@never_cache
@sensitive_post_parameters("code", "eerste")
@require_http_methods(["GET", "HEAD", "POST"])
def tweede_stap(request):
    from inspectie.views import veilig_adres

    if request.user.is_authenticated:
        return redirect("start")
    gebruiker, backend = _na_eerste_stap(request.POST.get("eerste", ""))
    if gebruiker is None:
        return render(request, "inspectie/tweede_stap_verlopen.html")
    form = CodeFormulier(request.POST if "code" in request.POST else None)
    volgende, pakket = veilig_adres(request, request.POST.get("next", "")), request.POST.get("bewaard", "")
    if form.is_valid():
        if regels.probeer(request, gebruiker, form.cleaned_data["code"]):
            return meld_aan(request, gebruiker, backend, volgende=volgende, pakket=pakket)
        form.add_error("code", ONJUIST)
    return _vraag_code(request, form, eerste=request.POST["eerste"], volgende=volgende, pakket=pakket)


def _na_eerste_stap(eerste: str) -> tuple[Gebruiker | None, str]:
    """Who got the password right, less than five minutes ago and with the password they still have."""
    try:
        stand = signing.loads(eerste, salt=ZOUT, max_age=GELDIG)
    except signing.BadSignature:
        return None, ""
    gebruiker = Gebruiker.objects.filter(pk=stand["pk"], is_active=True).first()
    if gebruiker is None or not constant_time_compare(gebruiker.get_session_auth_hash(), stand["stand"]):
        return None, ""
    return gebruiker, stand["backend"]


def _vraag_code(request, form: CodeFormulier, *, eerste: str, volgende: str, pakket: str):
    return render(
        request,
        "inspectie/tweede_stap.html",
        {"form": form, "eerste": eerste, "next": volgende, "bewaard": pakket},
        status=422 if form.errors else 200,
    )
