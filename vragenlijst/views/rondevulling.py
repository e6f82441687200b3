"""Filling a round: which municipalities take part."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Geweigerd
from vragenlijst.actions import rondebeheer as actions_rondes
from vragenlijst.forms.rondes import GemeentenForm, Kandidatenfilter, LijstForm
from vragenlijst.models import Dossier, Ronde
from vragenlijst.queries import rondes as queries_rondes
from vragenlijst.queries.rondes import Kandidaat
from vragenlijst.queries.voortzetting import voortzettingen
from vragenlijst.views.rondes import haal_ronde

OP_EEN_PAGINA = 100  # candidates; the browser sends each of them back, and so many still fit a phone
FILTERS = ("zoek", "provincie", "regio", "grootteklasse", "randstad", "voortrekker", "soort", "uit_vorige")


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.RONDE_BEHEREN)
def ronde_gemeenten(request, slug: str):
    """Search, tick, search again, add: one form, so that nothing ticked gets lost on the way."""
    ronde = haal_ronde(slug)
    kandidaten = queries_rondes.kandidaten(ronde)
    gegevens = request.POST if request.method == "POST" else request.GET
    zoekform = Kandidatenfilter(gegevens, kandidaten=kandidaten, ronde=ronde)
    passend = zoekform.passend()
    gevonden = [kandidaat for kandidaat in passend if not kandidaat.in_ronde]
    lijst = Lijst(LijstForm())
    if gegevens.get("actie") == "alle":
        gegevens = _met(gegevens, [kandidaat.gemeente.code for kandidaat in gevonden])
    elif gegevens.get("lijst", "").strip():  # a list that was not ticked yet is read first, whatever was clicked
        lijst = _lees_lijst(gegevens, kandidaten)
        gegevens = _met(gegevens, lijst.erbij)
    form = GemeentenForm(gegevens, kandidaten=kandidaten)
    toevoegen = request.method == "POST" and gegevens.get("actie") == "toevoegen" and not lijst.gelezen
    if toevoegen and form.is_valid():
        try:
            dossiers = actions_rondes.gemeenten_toevoegen(ronde, form.rollen, request.user)
        except Geweigerd as weigering:
            form.add_error("gemeente", weigering.redenen)
        else:
            messages.success(request, _toegevoegd(dossiers))
            # The name that was searched for is in the round now: looking for it again finds nothing.
            terug = urlencode({naam: gegevens[naam] for naam in FILTERS if naam != "zoek" and gegevens.get(naam)})
            return redirect(f"{reverse('ronde_gemeenten', args=[slug])}{'?' if terug else ''}{terug}")
    fouten = toevoegen and bool(form.errors)
    return _toon_gemeenten(request, ronde, zoekform, form, gevonden, fouten=fouten, lijst=lijst, passend=len(passend))


def _toon_gemeenten(
    request,
    ronde: Ronde,
    zoekform,
    form: GemeentenForm,
    gevonden: list[Kandidaat],
    *,
    fouten: bool,
    lijst,
    passend: int,
):
    gekozen = set(form.gekozen)
    overig = [kandidaat for kandidaat in gevonden if kandidaat.gemeente.code not in gekozen]
    return render(
        request,
        "vragenlijst/rondes/gemeenten.html",
        {
            "ronde": ronde,
            "zoekform": zoekform,
            "lijst": lijst,
            "al_in_ronde": passend - len(gevonden),
            "form": form if fouten else None,
            "gekozen": [_rij(form, form.kandidaten[code], fouten=fouten) for code in form.gekozen],
            "gevonden": [_rij(form, kandidaat) for kandidaat in overig[:OP_EEN_PAGINA]],
            "aantal_gevonden": len(overig),
            "verborgen": max(0, len(overig) - OP_EEN_PAGINA),
            "rollen": Dossier.Rol.choices,
            "deelnemers": queries_rondes.deelnemers(ronde, form.kandidaten),
        },
        status=422 if fouten else 200,
    )


@dataclass(frozen=True)
class Rij:
    """A municipality that can be ticked, as the page shows it."""

    kandidaat: Kandidaat
    gekozen: bool
    rol: str
    fouten: list[str]


def _rij(form: GemeentenForm, kandidaat: Kandidaat, *, fouten: bool = False) -> Rij:
    veld = f"rol_{kandidaat.gemeente.code}"
    gekozen = veld in form.fields
    return Rij(kandidaat, gekozen, form.rol_van(kandidaat), list(form.errors.get(veld, [])) if fouten else [])


def _met(gegevens: QueryDict, codes: Iterable[str]) -> QueryDict:
    """The posted data with these municipalities ticked as well."""
    gegevens = gegevens.copy()
    erbij = set(codes) - set(gegevens.getlist("gemeente"))
    gegevens.setlist("gemeente", [*gegevens.getlist("gemeente"), *erbij])
    return gegevens


@dataclass(frozen=True)
class Lijst:
    """A pasted list: what it ticks, and sentences on what it does not. The form is empty again once everything was readable."""

    form: LijstForm
    gelezen: bool = False
    erbij: tuple[str, ...] = ()
    zinnen: tuple[str, ...] = ()


def _lees_lijst(gegevens: QueryDict, kandidaten: dict[str, Kandidaat]) -> Lijst:
    form = LijstForm(gegevens)
    if not form.is_valid():
        return Lijst(form, gelezen=True)
    herkend = form.herkend(kandidaten)
    al = [code for code in herkend.codes if kandidaten[code].in_ronde]
    zinnen = herkend.zinnen
    if al:
        zinnen.append(f"Al in de ronde: {', '.join(str(kandidaten[code].gemeente) for code in al)}.")
    return Lijst(LijstForm(), gelezen=True, erbij=tuple(c for c in herkend.codes if c not in al), zinnen=tuple(zinnen))


def _toegevoegd(dossiers: list[Dossier]) -> str:
    if len(dossiers) == 1:
        return f"{dossiers[0].gemeente} is aan de ronde toegevoegd."
    return f"{len(dossiers)} gemeenten zijn aan de ronde toegevoegd."


@require_safe
@recht_vereist(Recht.RONDE_BEHEREN)
def ronde_vorige(request, slug: str):
    """The municipalities of the previous round with their successors; what is ticked is added as on the page of choosing."""
    ronde = haal_ronde(slug)
    if ronde.status == Ronde.Status.GESLOTEN:
        return redirect("ronde_gemeenten", slug)
    stand = voortzettingen(ronde) if ronde.vorige_id else None
    context = {"ronde": ronde, "stand": stand, "rollen": Dossier.Rol.choices}
    return render(request, "vragenlijst/rondes/vorige.html", context)


@require_POST
@recht_vereist(Recht.RONDE_BEHEREN)
def ronde_gemeente_verwijderen(request, slug: str, code: str):
    dossier = get_object_or_404(
        Dossier.objects.select_related("ronde", "gemeente", "inspecteur", "tweede_inspecteur", "toetser"),
        ronde__slug=slug,
        gemeente__code=code,
    )
    try:
        actions_rondes.gemeente_verwijderen(dossier, request.user)
    except Geweigerd as weigering:
        messages.error(request, " ".join(weigering.redenen))
    else:
        messages.success(request, f"{dossier.gemeente} is uit de ronde gehaald.")
    return redirect("ronde_gemeenten", slug)


@require_POST
@recht_vereist(Recht.RONDE_BEHEREN)
def ronde_gemeente_rol(request, slug: str, code: str):
    dossier = get_object_or_404(Dossier.objects.select_related("gemeente"), ronde__slug=slug, gemeente__code=code)
    rol = request.POST.get("rol", "")
    if rol not in Dossier.Rol.values:
        messages.error(request, "Kies een van de twee rollen.")
        return redirect("ronde_gemeenten", slug)
    try:
        actions_rondes.rol_wijzigen(dossier, rol, request.user)
    except Geweigerd as weigering:
        messages.error(request, " ".join(weigering.redenen))
    else:
        messages.success(request, f"{dossier.gemeente} doet mee als {Dossier.Rol(rol).label}.")
    return redirect("ronde_gemeenten", slug)
