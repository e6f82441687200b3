"""One's own second step: switching it on with a QR code, new recovery codes, switching it off. Also off for somebody else."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from regio import tweede_stap
from regio.forms.tweede_stap import ONJUIST, CodeFormulier
from regio.models import Gebruiker, TweedeStap
from regio.rechten import Recht, recht_vereist

SLEUTEL = "tweede_stap_sleutel"  # in the session, until the first code has shown that the app has it


@never_cache
@sensitive_post_parameters()
@sensitive_variables("sleutel", "codes")
@require_http_methods(["GET", "HEAD", "POST"])
def tweede_stap_instellen(request):
    if tweede := TweedeStap.objects.filter(gebruiker=request.user).first():
        return _beheer(request, tweede)
    sleutel = request.session.setdefault(SLEUTEL, tweede_stap.nieuwe_sleutel())
    form = CodeFormulier(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if codes := tweede_stap.zet_aan(request.user, sleutel, form.cleaned_data["code"]):
            del request.session[SLEUTEL]
            return _toon_codes(request, codes)
        form.add_error("code", ONJUIST)
    pad, breed = tweede_stap.qr_pad(request.user, sleutel)
    context = {
        "form": form,
        "pad": pad,
        "breed": breed,
        "sleutel": tweede_stap.in_groepen(sleutel),
        "verplicht": tweede_stap.is_verplicht(request.user),
    }
    return render(request, "regio/tweede_stap_instellen.html", context, status=422 if form.errors else 200)


def _beheer(request, tweede: TweedeStap):
    """It is on: new recovery codes or off, each with a code."""
    form = CodeFormulier(request.POST if request.method == "POST" else None)
    verplicht = tweede_stap.is_verplicht(request.user)
    if request.method == "POST" and form.is_valid():
        if not tweede_stap.probeer(request, request.user, form.cleaned_data["code"]):
            form.add_error("code", ONJUIST)
        elif request.POST.get("doe") == "codes":
            return _toon_codes(request, tweede_stap.vernieuw_herstelcodes(request.user))
        elif verplicht:
            form.add_error(None, "Voor uw rol is de tweede stap verplicht: zij kan niet uit.")
        else:
            tweede_stap.zet_uit(request.user, request.user)
            messages.success(request, "De tweede stap is uitgezet. U logt voortaan in met alleen uw wachtwoord.")
            return redirect("start")
    context = {
        "form": form,
        "tweede": tweede,
        "over": tweede.herstelcodes.filter(gebruikt_op=None).count(),
        "verplicht": verplicht,
    }
    return render(request, "regio/tweede_stap.html", context, status=422 if form.errors else 200)


def _toon_codes(request, codes: list[str]):
    return render(request, "regio/herstelcodes.html", {"codes": codes})


@recht_vereist(Recht.GEBRUIKERS_BEHEREN)
@require_POST
def gebruiker_tweede_stap_uit(request, pk):
    """For who lost their telephone and their recovery codes. Not for oneself: that takes a code."""
    gebruiker = get_object_or_404(Gebruiker, pk=pk)
    if gebruiker == request.user:
        return redirect("tweede_stap_instellen")
    if tweede_stap.zet_uit(gebruiker, request.user):
        messages.success(request, f"De tweede stap van {gebruiker} is uitgezet. Laat hem of haar een nieuwe instellen.")
    else:
        messages.info(request, f"{gebruiker} had geen tweede stap.")
    return redirect(gebruiker)
