"""The themes of one question: their names and places, and how far two analisten who coded the same answers agree."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from rapportage import actions, scherm
from rapportage.forms import ThemaplekForm
from rapportage.models import Thema
from rapportage.queries import themas as queries_themas
from rapportage.views.uitkomsten import ronde_van, themas_staan_vast, vraag_van
from regio.rechten import Recht, recht_vereist
from vragenlijst.actions import Geweigerd
from vragenlijst.models import Ronde, Vraag


@recht_vereist(Recht.UITKOMSTEN_ZIEN)
@require_http_methods(["GET", "HEAD", "POST"])
def themas(request, slug, code):
    """The tree of themes of a question, and the agreement between coders."""
    ronde = ronde_van(slug)
    vraag = vraag_van(ronde, code)
    if request.method == "POST" and not request.user.heeft(Recht.RAPPORT_SCHRIJVEN):
        raise PermissionDenied
    if request.method == "POST" and "verwijder" in request.POST:
        return _verwijderen(request, ronde, vraag)
    boom = queries_themas.boom(ronde, vraag)
    form = _wijzigen(request, ronde, vraag, boom) if request.method == "POST" else None
    if form and not form.errors:
        return redirect(request.path)
    staan_vast = themas_staan_vast(ronde)
    context = {
        "ronde": ronde,
        "vraag": vraag,
        "boom": boom,
        "staan_vast": staan_vast,
        "codeert": request.user.heeft(Recht.RAPPORT_SCHRIJVEN) and not staan_vast,
        "forms": [(form if form and form.thema == t else ThemaplekForm(thema=t, boom=boom), pad) for t, pad in boom],
        "vergelijkingen": scherm.vergelijkingen(queries_themas.vergelijkingen(ronde, vraag), boom),
    }
    return render(request, "rapportage/themas.html", context)


def _thema(ronde: Ronde, vraag: Vraag, nummer: str) -> Thema:
    pk = int(nummer) if nummer.isdecimal() and len(nummer) < 19 else 0
    return get_object_or_404(Thema, ronde=ronde, vraag=vraag, pk=pk)


def _verwijderen(request, ronde: Ronde, vraag: Vraag):
    thema = _thema(ronde, vraag, request.POST["verwijder"])
    try:
        actions.thema_verwijderen(thema, request.user)
        messages.success(request, f"Thema '{thema}' is verwijderd.")
    except Geweigerd as weigering:
        messages.error(request, str(weigering))
    return redirect(request.path)


def _wijzigen(request, ronde: Ronde, vraag: Vraag, boom) -> ThemaplekForm:
    """The form as it was sent; without errors the theme is as it says."""
    thema = _thema(ronde, vraag, request.POST.get("wijzig", ""))
    form = ThemaplekForm(request.POST, thema=thema, boom=boom)
    if form.is_valid():
        try:
            thema = actions.thema_wijzigen(thema, **form.keuze, wie=request.user)
            messages.success(request, f"Thema '{thema}' is opgeslagen.")
        except Geweigerd as weigering:
            form.add_error("naam", str(weigering))
    return form
