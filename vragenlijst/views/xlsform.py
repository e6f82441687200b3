"""A questionnaire from an XLSForm: upload, look at what it became, confirm."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Geweigerd
from vragenlijst.actions.instrumenten import laatste_versie
from vragenlijst.actions.xlsform import formulier_inlezen, verslag_van
from vragenlijst.forms.xlsform import BevestigFormulier, XlsformFormulier


@recht_vereist(Recht.INSTRUMENT_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def xlsform(request):
    """Nothing is stored here: what was read travels in the page to the button that takes it in."""
    form = XlsformFormulier(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "vragenlijst/instrument/xlsform.html", {"form": form}, status=status)
    context = {
        "bestandsnaam": form.cleaned_data["bestand"].name,
        "gegeven": form.gegeven,
        "vertaling": form.vertaling,
        "vorige": laatste_versie(form.gegeven.code),
        "form": BevestigFormulier(
            initial={
                "inhoud": form.inhoud,
                "verslag": verslag_van(form.vertaling, form.cleaned_data["bestand"].name),
            }
        ),
    }
    return render(request, "vragenlijst/instrument/xlsform_bekijken.html", context)


@recht_vereist(Recht.INSTRUMENT_BEHEREN)
@require_POST
def xlsform_inlezen(request):
    form = BevestigFormulier(request.POST)
    redenen = []
    if form.is_valid():
        try:
            instrument = formulier_inlezen(form.cleaned_data["inhoud"], request.user, form.cleaned_data["verslag"])
        except Geweigerd as geweigerd:
            redenen = geweigerd.redenen
        else:
            messages.success(request, f"{instrument} is ingelezen als concept.")
            return redirect("instrument", instrument.code, instrument.versie)
    redenen += [*form.errors.get("inhoud", []), *form.errors.get("verslag", [])]
    context = {"form": XlsformFormulier(), "redenen": redenen}
    return render(request, "vragenlijst/instrument/xlsform.html", context, status=422)
