"""The page on which two questions, norms or groups are laid across each other."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rapportage import kruising, scherm
from rapportage.forms.weergave import KruisForm
from rapportage.indelingen import indelingen
from rapportage.queries import kruis as queries_kruis
from rapportage.views.uitkomsten import PER_PAGINA, ronde_van
from regio.rechten import Recht, recht_vereist


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_safe
def kruistabel(request, slug):
    """The table as it was asked for, with below it the dossiers of one cell."""
    ronde = ronde_van(slug)
    bekend = indelingen(ronde)
    form = KruisForm(request.GET, slug=slug, indelingen=bekend, assen=queries_kruis.assen(ronde, bekend))
    weergave = form.weergave
    context = {"ronde": ronde, "form": form, "weergave": weergave, "terug": weergave.uitkomsten()}
    if form.gekozen:
        kruis = queries_kruis.kruistabel(ronde, *form.gekozen, bekend, form.selectie)
        cel = form.cel(kruis)
        context |= {
            "kruis": kruis,
            "gekozen": [bekend[code].groep(groep) for code, groep in form.selectie.groepen],
            "tabel": scherm.kruistabel(kruis, weergave),
            "figuur": scherm.figuur(kruising.grafiek(kruis, scherm.BREEDTE)),
            "csv": weergave.bestand("kruistabel", kruis.rij.code, kruis.kolom.code, "csv"),
            "svg": weergave.bestand("kruistabel", kruis.rij.code, kruis.kolom.code, "svg"),
            "gekanteld": weergave.kruistabel(kruis.kolom.code, kruis.rij.code),
        }
        if cel:
            regels = queries_kruis.kruisregels(ronde, kruis, bekend, form.selectie, *cel)
            pagina = Paginator(scherm.kruisregels(kruis, regels), PER_PAGINA).get_page(request.GET.get("pagina"))
            context |= {"cel": scherm.celnaam(kruis, *cel), "regels": pagina, "pagina": pagina}
    return render(request, "rapportage/kruistabel.html", context)
