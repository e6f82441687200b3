"""The page of an inzageverzoek: search, look, and take along. Each search and each download is a row of history, without the name."""

import io
import json
import zipfile
from dataclasses import asdict

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from inspectie.forms import InzageForm
from inspectie.inzage import Account, Dossiervondst, zoek
from rapportage.export import csv
from regio.gebeurtenissen import INZAGEVERZOEK, Geheel, leg_vast
from regio.models import Gebeurtenis, Gebruiker
from regio.rechten import Recht, recht_vereist

INZAGE, UITVOER = Gebeurtenis.Soort.INZAGE, Gebeurtenis.Soort.UITVOER
LAATSTE = 20  # earlier requests that the page shows


@recht_vereist(Recht.PERSOONSGEGEVENS_BEHEREN)
@sensitive_post_parameters("namen")
@require_http_methods(["GET", "HEAD", "POST"])
def inzageverzoek(request):
    form = InzageForm(request.POST if request.method == "POST" else None)
    gevonden = None
    if request.method == "POST" and form.is_valid():
        kenmerk = form.cleaned_data["kenmerk"]
        als_bestand = bool(request.POST.get("bestand"))
        gevonden = zoek(form.cleaned_data["namen"])
        leg_zoeken_vast(kenmerk, gevonden, request.user, UITVOER if als_bestand else INZAGE)
        if als_bestand:
            return _download(kenmerk, form.cleaned_data["namen"], gevonden)
    eerder = Gebeurtenis.objects.filter(ding_soort=INZAGEVERZOEK).select_related("wie")[:LAATSTE]
    context = {"form": form, "gevonden": gevonden, "eerder": eerder}
    return render(request, "inspectie/inzageverzoek.html", context, status=422 if form.errors else 200)


@transaction.atomic
def leg_zoeken_vast(kenmerk: str, gevonden: Dossiervondst, wie: Gebruiker, soort: Gebeurtenis.Soort) -> None:
    """Who looked, for which request and how much there was; and at each interview whose names were shown (besluit 0013)."""
    aantallen = {
        "Gebruikers": [None, len(gevonden.accounts)],
        "Gesprekspartners": [None, len(gevonden.gesprekspartners)],
        "Andere vindplaatsen": [None, len(gevonden.vondsten)],
    }
    leg_vast(Geheel(INZAGEVERZOEK, kenmerk), soort, wie, wijzigingen=aantallen)
    for interview in {partner.interview for partner in gevonden.gesprekspartners}:
        leg_vast(interview, INZAGE, wie, reden=f"inzageverzoek {kenmerk}", dossier_id=interview.dossier_id)


def _download(kenmerk: str, namen: list[str], gevonden: Dossiervondst) -> HttpResponse:
    bestand = io.BytesIO()
    with zipfile.ZipFile(bestand, "w", zipfile.ZIP_DEFLATED) as zip_:
        heel = {"kenmerk": kenmerk, "gezocht": namen, "op": timezone.localtime(), **als_gegevens(gevonden)}
        zip_.writestr("inzage.json", json.dumps(heel, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder))
        zip_.writestr("inzage.csv", csv.inhoud(("wat", "welk", "gegeven", "inhoud"), als_rijen(gevonden)))
    antwoord = HttpResponse(bestand.getvalue(), content_type="application/zip")
    antwoord.headers["Content-Disposition"] = 'attachment; filename="inzage.zip"'
    return antwoord


def als_gegevens(gevonden: Dossiervondst) -> dict:
    return {
        "gebruikers": [_account(account) for account in gevonden.accounts],
        "gesprekspartners": [
            {
                "naam": partner.naam,
                "functie": partner.functie,
                "organisatie": partner.organisatie,
                "interview": str(partner.interview),
                "ronde": str(partner.interview.dossier.ronde),
                "datum": partner.interview.datum,
            }
            for partner in gevonden.gesprekspartners
        ],
        "elders": [asdict(vondst) for vondst in gevonden.vondsten],
    }


def _account(account: Account) -> dict:
    return {
        "gegevens": dict(account.gegevens),
        "genoemd_bij": dict(account.verwijzingen),
        "handelingen": dict(account.gebeurtenissen),
        "aanmeldingen": [list(rij) for rij in account.aanmeldingen],
    }


def als_rijen(gevonden: Dossiervondst) -> list[tuple[str, str, str, str]]:
    rijen = []
    for account in gevonden.accounts:
        wie = account.gebruiker.username
        rijen += [("Gebruiker", wie, wat, waarde) for wat, waarde in account.gegevens]
        rijen += [("Genoemd bij", wie, wat, str(aantal)) for wat, aantal in account.verwijzingen]
        rijen += [("Handelingen", wie, wat, str(aantal)) for wat, aantal in account.gebeurtenissen]
        rijen += [("Aanmelding", wie, f"{wanneer} {wat}", waarmee) for wanneer, wat, waarmee in account.aanmeldingen]
    for partner in gevonden.gesprekspartners:
        welk = f"{partner.interview}, {partner.interview.dossier.ronde}"
        velden = (("naam", partner.naam), ("functie", partner.functie), ("organisatie", partner.organisatie))
        rijen += [("Gesprekspartner", welk, wat, waarde) for wat, waarde in velden]
    return rijen + [(v.soort, v.ding, v.veld, v.tekst) for v in gevonden.vondsten]
