"""From a count to a sentence in the report: "voeg toe aan rapport"."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rapportage import actions
from rapportage.forms import MaatForm, ToevoegForm
from rapportage.models import Rapport
from rapportage.queries.bewoording import Conceptzin, conceptzin
from rapportage.views.rapport import haal_ronde
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Geweigerd


@recht_vereist(Recht.RAPPORT_SCHRIJVEN)
@require_http_methods(["GET", "HEAD", "POST"])
def uitspraak_toevoegen(request, slug):
    """The drafted sentence of `?maat=…`, and the passage to put it in; without a maat, the form that asks for one."""
    ronde = haal_ronde(slug)
    rapport = Rapport.objects.filter(ronde=ronde).select_related("ronde").first()
    zoek = MaatForm(request.GET or None, ronde=ronde)
    zin = conceptzin(ronde, zoek.cleaned_data["maat"]) if zoek.is_valid() else None
    form = None
    if zin and zin.met_getal and rapport and rapport.te_bewerken:
        form = ToevoegForm(request.POST or None, rapport=rapport, zin=zin)
        if form.is_valid() and (klaar := _voeg_toe(request, form, zin)):
            return klaar
    context = {
        "ronde": ronde,
        "rapport": rapport,
        "zoek": MaatForm(ronde=ronde) if zin else zoek,
        "zin": zin,
        "form": form,
    }
    return render(request, "rapportage/uitspraak_toevoegen.html", context)


def _voeg_toe(request, form: ToevoegForm, zin: Conceptzin):
    passage = form.cleaned_data["passage"]
    try:
        actions.zin_toevoegen(passage, form.cleaned_data["zin"], request.user)
    except Geweigerd as weigering:
        form.add_error(None, str(weigering))
        return None
    messages.success(request, "De zin staat onderaan deze passage. Pas haar aan zoals u haar hebben wilt.")
    return redirect(passage)
