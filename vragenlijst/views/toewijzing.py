"""Who works on the dossiers of a round: one table, an even spread proposed, a stale row shown and never overwritten."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from regio.models import Gebeurtenis, Gebruiker
from regio.rechten import Recht, recht_vereist
from vragenlijst import bezetting
from vragenlijst.actions import Geweigerd
from vragenlijst.actions import rondebeheer as actions_rondes
from vragenlijst.actions.rondebeheer import Toewijzingsconflict, Wens
from vragenlijst.bezetting import Bezetting
from vragenlijst.forms.toewijzing import ToewijzingForm
from vragenlijst.models import Dossier, Ronde
from vragenlijst.queries import rondes as queries_rondes
from vragenlijst.views.rondes import haal_ronde

RIJEN_OP_EEN_PAGINA = 50  # three lists to choose from on each


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
    if request.POST.get("naar"):  # to another page of the table; what was changed on this one goes along
        return _toon_toewijzing(request, ronde, forms)
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
    rijen = [
        Toewijsrij(
            form,
            in_conflict=form.dossier.pk in conflicten,
            gebeurtenis=conflicten.get(form.dossier.pk),
            voorstellen=tuple(voorstellen.get(form.dossier.pk, ())),
        )
        for form in forms
    ]
    gegevens = request.POST if request.method == "POST" else request.GET
    pagina = Paginator(rijen, RIJEN_OP_EEN_PAGINA).get_page(gegevens.get("naar") or gegevens.get("pagina"))
    hier = {rij.form.dossier.pk for rij in pagina}
    # What asks for attention stands on every page; what was chosen on another goes along unseen.
    te_zien = [rij for rij in rijen if rij.form.dossier.pk in hier or rij.vraagt_aandacht]
    return render(
        request,
        "vragenlijst/rondes/toewijzing.html",
        {
            "ronde": ronde,
            "rijen": te_zien,
            "pagina": pagina,
            "elders": [rij.form for rij in rijen if rij not in te_zien and rij.form.is_bound],
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
    def vraagt_aandacht(self) -> bool:
        return self.in_conflict or (self.form.is_bound and bool(self.form.errors))

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
