"""How long personal data of rounds are kept, what would be wiped, and wiping it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Geweigerd
from vragenlijst.actions import bewaartermijn as actions
from vragenlijst.forms.bewaartermijn import TermijnForm, WisForm
from vragenlijst.models import Ronde
from vragenlijst.queries import bewaartermijn as queries
from vragenlijst.views.meldingen import meld
from vragenlijst.views.rondes import haal_ronde


@require_safe
@recht_vereist(Recht.PERSOONSGEGEVENS_BEHEREN)
def bewaartermijnen(request):
    vandaag = timezone.localdate()
    rijen = [(bewaring, bewaring.is_te_wissen(vandaag)) for bewaring in queries.bewaringen()]
    return render(
        request,
        "vragenlijst/rondes/bewaartermijnen.html",
        {"rijen": rijen, "verlopen": sum(te_wissen for _, te_wissen in rijen)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@recht_vereist(Recht.PERSOONSGEGEVENS_BEHEREN)
def ronde_bewaartermijn(request, slug: str):
    """What is kept and until when; the form is for another term."""
    ronde = haal_ronde(slug)
    form = TermijnForm(request.POST if request.method == "POST" else None, ronde=ronde)
    if request.method == "POST" and form.is_valid():
        actions.zet_bewaartermijn(ronde, form.cleaned_data["maanden"], request.user, reden=form.cleaned_data["reden"])
        messages.success(request, "De bewaartermijn is opgeslagen.")
        return redirect("ronde_bewaartermijn", ronde.slug)
    return _toon(request, ronde, termijnform=form)


@require_POST
@recht_vereist(Recht.PERSOONSGEGEVENS_BEHEREN)
def ronde_wissen(request, slug: str):
    """Wipe, after the name of the round was typed."""
    ronde = haal_ronde(slug)
    form = WisForm(request.POST, ronde=ronde)
    if form.is_valid():
        try:
            gewist = actions.wis_persoonsgegevens(ronde, request.user, vandaag=timezone.localdate())
        except Geweigerd as weigering:
            meld(form, weigering)
        else:
            messages.success(request, f"De persoonsgegevens van {ronde} zijn gewist: {gewist.aantal} gegevens.")
            return redirect("ronde_bewaartermijn", ronde.slug)
    return _toon(request, ronde, wisform=form)


def _toon(request, ronde: Ronde, *, termijnform=None, wisform=None):
    bewaring = queries.bewaring(ronde)
    fout = any(form is not None and form.is_bound for form in (termijnform, wisform))
    return render(
        request,
        "vragenlijst/rondes/bewaartermijn.html",
        {
            "ronde": ronde,
            "bewaring": bewaring,
            "blijft": queries.blijft(ronde),
            "bezwaar": actions.waarom_niet(bewaring, timezone.localdate()),
            "termijnform": termijnform or TermijnForm(ronde=ronde),
            "wisform": wisform or WisForm(ronde=ronde),
        },
        status=422 if fout else 200,
    )
