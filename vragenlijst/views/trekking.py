"""Drawing the municipalities of a round by lot: first what a drawing would give, then for real, and what became of it."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Conflict, Geweigerd
from vragenlijst.actions import trekkingen as actions_trekkingen
from vragenlijst.forms.trekking import AantallenForm, Afbakening, IntrekForm, TrekkingForm, UitvalForm
from vragenlijst.models import Ronde, Trekking
from vragenlijst.queries import rondes as queries_rondes
from vragenlijst.queries import trekkingen as queries_trekkingen
from vragenlijst.queries.trekkingen import Voorstel
from vragenlijst.views.rondes import haal_ronde


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.RONDE_ZIEN)
def ronde_trekking(request, slug: str):
    """How the round was drawn; as long as it was not, the beheerder does it here."""
    ronde = haal_ronde(slug)
    mag = request.user.heeft(Recht.RONDE_BEHEREN)
    if request.method == "POST" and not mag:
        raise PermissionDenied
    stand = queries_trekkingen.trekkingstand(ronde)
    bezwaren = actions_trekkingen.bezwaren_trekken(ronde)
    if stand or bezwaren or not mag:
        for reden in bezwaren if request.method == "POST" else ():
            messages.error(request, reden)
        return _toon_stand(request, ronde, stand)
    return _trek(request, ronde)


def _trek(request, ronde: Ronde):
    kandidaten = queries_rondes.kandidaten(ronde)
    gegevens = request.POST if request.method == "POST" else None
    afbakening = Afbakening(gegevens, kandidaten=kandidaten, ronde=ronde)
    form = TrekkingForm(gegevens, kandidaten=kandidaten)
    voorstel = aantallen = None
    if gegevens is not None and afbakening.is_valid() & form.is_valid():
        voorstel, aantallen = _voorstel(gegevens, afbakening, form)
    verouderd = False
    if voorstel and not voorstel.bezwaar and gegevens.get("actie") == "trek":
        try:
            actions_trekkingen.trekken(ronde, voorstel, gegevens.get("gezien", ""), request.user)
        except Geweigerd as weigering:
            messages.error(request, " ".join(weigering.redenen))
            return redirect("ronde_trekking", ronde.slug)
        except Conflict:
            verouderd = True
        else:
            messages.success(request, f"De steekproef is getrokken. Gemeenten in de ronde: {ronde.dossiers.count()}.")
            return redirect("ronde_trekking", ronde.slug)
    return _toon_ontwerp(request, ronde, afbakening, form, voorstel, aantallen, verouderd=verouderd)


def _voorstel(gegevens, afbakening: Afbakening, form: TrekkingForm) -> tuple[Voorstel, AantallenForm | None]:
    """What these data would give; with an own number per stratum also the form that asks for those."""
    populatie = afbakening.populatie()
    voorstel = queries_trekkingen.voorstel(form.ontwerp(afbakening.zin), populatie)
    if voorstel.ontwerp.verdeling != Trekking.Verdeling.EIGEN:
        return voorstel, None
    ingevuld = any(naam.startswith("aantal_") for naam in gegevens)
    aantallen = AantallenForm(gegevens if ingevuld else None, voorstel=voorstel)
    if aantallen.is_valid():
        ontwerp = replace(voorstel.ontwerp, aantallen=aantallen.aantallen)
        return queries_trekkingen.voorstel(ontwerp, populatie), aantallen
    return replace(voorstel, bezwaar="Vul per stratum in hoeveel gemeenten er getrokken worden."), aantallen


def _toon_ontwerp(request, ronde, afbakening, form, voorstel, aantallen, *, verouderd: bool):
    fouten = bool(form.errors or afbakening.errors)
    return render(
        request,
        "vragenlijst/rondes/trekken.html",
        {
            "ronde": ronde,
            "afbakening": afbakening,
            "form": form,
            "voorstel": voorstel,
            "rijen": [(s, aantallen[f"aantal_{s.sleutel}"] if aantallen else None) for s in voorstel.strata]
            if voorstel
            else [],
            "verouderd": verouderd,
        },
        status=422 if fouten else 409 if verouderd else 200,
    )


def _toon_stand(request, ronde: Ronde, stand, *, uitval=None, intrekken=None):
    mag = request.user.heeft(Recht.RONDE_BEHEREN) and stand is not None
    return render(
        request,
        "vragenlijst/rondes/trekking.html",
        {
            "ronde": ronde,
            "stand": stand,
            "uitval": uitval or (UitvalForm(stand=stand) if mag and ronde.status != Ronde.Status.GESLOTEN else None),
            "intrekken": intrekken or (IntrekForm() if mag and ronde.status == Ronde.Status.CONCEPT else None),
        },
        status=422 if uitval or intrekken else 200,
    )


@require_POST
@recht_vereist(Recht.RONDE_BEHEREN)
def trekking_uitval(request, slug: str):
    ronde = haal_ronde(slug)
    stand = queries_trekkingen.trekkingstand(ronde)
    if stand is None:
        return redirect("ronde_trekking", slug)
    form = UitvalForm(request.POST, stand=stand)
    if form.is_valid():
        gegevens = form.cleaned_data
        try:
            lot, vervanger = actions_trekkingen.laat_uitvallen(
                ronde, gegevens["gemeente"], gegevens["reden"], request.user
            )
        except Geweigerd as weigering:
            form.add_error("gemeente", weigering.redenen)
        else:
            if vervanger:
                messages.success(
                    request, f"{lot.gemeente} is uitgevallen; {vervanger.gemeente} komt ervoor in de plaats."
                )
            else:
                messages.warning(request, f"{lot.gemeente} is uitgevallen; dit stratum heeft geen reserve meer.")
            return redirect("ronde_trekking", slug)
    return _toon_stand(request, ronde, stand, uitval=form)


@require_POST
@recht_vereist(Recht.RONDE_BEHEREN)
def trekking_intrekken(request, slug: str):
    ronde = haal_ronde(slug)
    stand = queries_trekkingen.trekkingstand(ronde)
    if stand is None:
        return redirect("ronde_trekking", slug)
    form = IntrekForm(request.POST)
    if form.is_valid():
        try:
            actions_trekkingen.trekking_intrekken(ronde, form.cleaned_data["reden"], request.user)
        except Geweigerd as weigering:
            form.add_error("reden", weigering.redenen)
        else:
            messages.success(request, "De steekproef is ingetrokken; de getrokken gemeenten zijn uit de ronde.")
            return redirect("ronde_trekking", slug)
    return _toon_stand(request, ronde, stand, intrekken=form)
