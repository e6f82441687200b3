"""Filling a round: which municipalities take part, and who works on their dossiers."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from regio.models import Gebeurtenis, Gebruiker
from regio.rechten import Recht, recht_vereist
from vragenlijst import actions_rondes, bezetting, queries_rondes
from vragenlijst.actions import Geweigerd
from vragenlijst.actions_rondes import Toewijzingsconflict, Wens
from vragenlijst.bezetting import Bezetting
from vragenlijst.forms.rondes import GemeentenForm, Kandidatenfilter, LijstForm, ToewijzingForm
from vragenlijst.models import Dossier, Ronde
from vragenlijst.queries_rondes import Kandidaat
from vragenlijst.views.rondes import haal_ronde

OP_EEN_PAGINA = 100  # candidates; the browser sends each of them back, and so many still fit a phone
FILTERS = ("zoek", "provincie", "grootteklasse", "randstad", "voortrekker", "uit_vorige")


# --- Municipalities -----------------------------------------------------------------------------------------------


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


# --- People on dossiers -------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.RONDE_BEHEREN)
def ronde_toewijzing(request, slug: str):
    """Who works on which dossier, in one table. Saving is all or nothing; a stale row is shown, never overwritten."""
    ronde = haal_ronde(slug)
    forms = _forms(request.POST if request.method == "POST" else None, ronde)
    if request.method != "POST":
        return _toon_toewijzing(request, ronde, forms)
    if ronde.status == Ronde.Status.GESLOTEN:
        messages.error(request, "Deze ronde is gesloten: de toewijzing staat vast.")
        return redirect(ronde)
    if request.POST.get("actie") == "verdeel":
        return _toon_voorstel(request, ronde, forms)
    geldig = [form.is_valid() for form in forms if form.is_bound]
    if not all(geldig):
        return _toon_toewijzing(request, ronde, forms, status=422)
    wensen = {f.dossier.pk: Wens(f.cleaned_data["gezien"], f.gewenst) for f in forms if f.is_bound}
    try:
        aantal = actions_rondes.toewijzen(ronde, wensen, request.user)
    except Toewijzingsconflict as conflict:
        return _toon_conflict(request, ronde, conflict)
    except Geweigerd as weigering:
        return _toon_toewijzing(request, ronde, forms, weigering=weigering.redenen, status=422)
    messages.success(request, _opgeslagen(aantal))
    return redirect("ronde_toewijzing", slug)


def _forms(gegevens: QueryDict | None, ronde: Ronde) -> list[ToewijzingForm]:
    """A form per dossier, bound when something was changed in its row; a row left alone shows what stands there now."""
    dossiers = list(queries_rondes.dossiers_van(ronde))
    situaties = queries_rondes.situaties(ronde, dossiers)
    mensen = {mens.pk: mens for mens in queries_rondes.inspecteurs()}
    return [
        ToewijzingForm(
            gegevens if gegevens is not None and _gewijzigd(gegevens, dossier) else None,
            dossier=dossier,
            situatie=situaties[dossier.pk],
            mensen=mensen,
        )
        for dossier in dossiers
    ]


def _gewijzigd(gegevens: QueryDict, dossier: Dossier) -> bool:
    gezien = gegevens.get(f"d{dossier.pk}-gezien")
    gekozen = "-".join(gegevens.get(f"d{dossier.pk}-{plaats}") or "0" for plaats in bezetting.PLAATSEN)
    return gezien is not None and gezien != gekozen


def _toon_toewijzing(request, ronde: Ronde, forms, *, conflicten=None, weigering=(), voorstellen=None, status=200):
    conflicten, voorstellen = conflicten or {}, voorstellen or {}
    return render(
        request,
        "vragenlijst/rondes/toewijzing.html",
        {
            "ronde": ronde,
            "rijen": [
                Toewijsrij(
                    form,
                    in_conflict=form.dossier.pk in conflicten,
                    gebeurtenis=conflicten.get(form.dossier.pk),
                    voorstellen=tuple(voorstellen.get(form.dossier.pk, ())),
                )
                for form in forms
            ],
            "fouten": [form for form in forms if form.is_bound and form.errors],
            "conflict": bool(conflicten),
            "weigering": weigering,
            "voorgesteld": sum(map(len, voorstellen.values())),
            "vast": ronde.status == Ronde.Status.GESLOTEN,
            "mensen": _mensen(request, forms),
            "plaatsen": queries_rondes.PLAATSNAMEN.values(),
            "met_tweede": "met_tweede" in request.POST,
        },
        status=status,
    )


@dataclass(frozen=True)
class Toewijsrij:
    form: ToewijzingForm
    in_conflict: bool
    gebeurtenis: Gebeurtenis | None  # who changed it in the meantime, and when
    voorstellen: tuple[str, ...]  # the places that were filled in by a proposal

    @property
    def cellen(self) -> list[tuple]:
        """Per place: its field, whether it is a proposal, and who has it now but cannot work on it any more."""
        return [
            (self.form[plaats], plaats in self.voorstellen, self.form.weg.get(plaats, ""))
            for plaats in bezetting.PLAATSEN
        ]


@dataclass(frozen=True)
class Mens:
    """Somebody among whom the dossiers are spread, with how many they have of each place: as it is, and as the page would save it."""

    mens: Gebruiker
    meedoen: bool
    aantallen: tuple[tuple[int, int], ...]

    @property
    def samen(self) -> tuple[int, int]:
        return tuple(map(sum, zip(*self.aantallen, strict=True)))


def _mensen(request, forms: list[ToewijzingForm]) -> list[Mens]:
    was = [form.situatie.staat for form in forms]
    wordt = [form.gewenst if form.is_bound and form.is_valid() else form.situatie.staat for form in forms]

    def aantallen(mens: Gebruiker):
        return tuple(
            tuple(sum(getattr(stand, plaats) == mens.pk for stand in standen) for standen in (was, wordt))
            for plaats in bezetting.PLAATSEN
        )

    return [Mens(mens, _doet_mee(request, mens), aantallen(mens)) for mens in queries_rondes.inspecteurs()]


def _doet_mee(request, mens: Gebruiker) -> bool:
    """Whether dossiers are spread over this person: when ticked, and everybody as long as nobody was asked."""
    return "deelnemers" not in request.POST or str(mens.pk) in request.POST.getlist("deelnemer")


def _toon_voorstel(request, ronde: Ronde, forms: list[ToewijzingForm]):
    """What an even spread would be, with somebody else for who has left; nothing is saved."""
    for form in forms:
        form.is_valid()
    mensen = [mens.pk for mens in queries_rondes.inspecteurs() if _doet_mee(request, mens)]
    nu = {form.dossier.pk: form.gewenst if form.is_bound else form.situatie.staat for form in forms}
    situaties = {form.dossier.pk: form.situatie for form in forms}
    met_tweede = "met_tweede" in request.POST
    te_vullen = {pk: situatie.te_vullen(nu[pk], met_tweede=met_tweede) for pk, situatie in situaties.items()}
    verdeeld = bezetting.verdeel(
        {pk: situatie.zonder_weg(nu[pk]) for pk, situatie in situaties.items()},
        mensen,
        uitgesloten={pk: situatie.gewerkt for pk, situatie in situaties.items()},
        plaatsen=bezetting.PLAATSEN,
        alleen=te_vullen,
    )
    gegevens = request.POST.copy()
    voorstellen = {}
    for pk, plaatsen in te_vullen.items():
        for plaats in plaatsen:
            if mens := getattr(verdeeld[pk], plaats):
                _zet_regel(gegevens, pk, nu[pk], situaties[pk].staat)
                gegevens[f"d{pk}-{plaats}"] = str(mens)
                voorstellen.setdefault(pk, []).append(plaats)
    if not mensen and "deelnemers" in request.POST:
        messages.error(request, "Kies ten minste één inspecteur om over te verdelen.")
    elif not voorstellen:
        messages.info(request, "Er valt niets te verdelen: alles is ingevuld, of er is niemand meer vrij.")
    return _toon_toewijzing(request, ronde, _forms(gegevens, ronde), voorstellen=voorstellen)


def _zet_regel(gegevens: QueryDict, pk: int, nu: Bezetting, staat: Bezetting) -> None:
    """A row that the browser did not send stands there as it is, so that a proposal changes one place of it and not the others."""
    if f"d{pk}-gezien" not in gegevens:
        gegevens[f"d{pk}-gezien"] = str(staat)
        for plaats in bezetting.PLAATSEN:
            gegevens[f"d{pk}-{plaats}"] = str(getattr(nu, plaats) or "")


def _toon_conflict(request, ronde: Ronde, conflict: Toewijzingsconflict):
    """The page again: what was chosen stays in the controls, beside it what stands there now and who put it there."""
    gegevens = request.POST.copy()
    forms = _forms(None, ronde)
    wie = queries_rondes.laatste_toewijzing(conflict.dossiers)
    for form in forms:
        if form.dossier.pk in conflict.dossiers:
            gegevens[f"d{form.dossier.pk}-gezien"] = str(form.situatie.staat)
    conflicten = {pk: wie.get(pk) for pk in conflict.dossiers}
    return _toon_toewijzing(request, ronde, _forms(gegevens, ronde), conflicten=conflicten, status=409)


def _opgeslagen(aantal: int) -> str:
    if not aantal:
        return "Er was niets te wijzigen."
    return (
        "De toewijzing van 1 dossier is opgeslagen."
        if aantal == 1
        else f"De toewijzing van {aantal} dossiers is opgeslagen."
    )
