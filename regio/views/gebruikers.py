"""People and their roles. Nobody is ever deleted; who leaves loses access."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regio import actions, queries, tweede_stap
from regio.forms.gebruikers import GebruikerFormulier, GebruikerNieuwFormulier, GebruikerZoekFormulier
from regio.forms.wachtwoord import WachtwoordInstellen
from regio.lopend_werk import lopend_werk
from regio.models import Gebruiker
from regio.rechten import RECHTEN, Recht, Rol, recht_vereist
from regio.views.formulierpagina import opslaan, toon_formulier
from regio.views.wachtwoord import stuur_wachtwoordmail

PER_PAGINA = 50
LIJST = {"lijst_naam": "Gebruikers", "lijst_adres": "gebruikers"}


@recht_vereist(Recht.GEBRUIKERS_BEHEREN)
@require_safe
def gebruikers(request):
    form = GebruikerZoekFormulier(request.GET)
    geldig = form.is_valid()
    zoek = form.cleaned_data if geldig else {}
    gevonden = Gebruiker.objects.order_by("naam", "pk") if geldig else Gebruiker.objects.none()
    if zoek.get("toegang") != "alle":
        gevonden = gevonden.filter(is_active=zoek.get("toegang") != "geen")
    if zoek.get("rol"):
        gevonden = gevonden.filter(rol=zoek["rol"])
    if tekst := zoek.get("q"):
        gevonden = gevonden.filter(Q(naam__icontains=tekst) | Q(username__icontains=tekst) | Q(email__icontains=tekst))
    pagina = Paginator(gevonden, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {"form": form, "geldig": geldig, "pagina": pagina, "gebruikers": pagina.object_list}
    return render(request, "regio/gebruikers.html", context)


@recht_vereist(Recht.GEBRUIKERS_BEHEREN)
@require_safe
def gebruiker(request, pk):
    gebruiker = get_object_or_404(Gebruiker, pk=pk)
    context = {
        "gebruiker": gebruiker,
        "rechten": [recht.label for recht in Recht if recht in RECHTEN[gebruiker.rol]],
        "lopend": lopend_werk(gebruiker),
        "tweede_stap": tweede_stap.heeft(gebruiker),
        "geschiedenis": queries.geschiedenis(gebruiker),
    }
    return render(request, "regio/gebruiker.html", context)


@recht_vereist(Recht.GEBRUIKERS_BEHEREN)
@sensitive_post_parameters("wachtwoord")
@require_http_methods(["GET", "HEAD", "POST"])
def gebruiker_nieuw(request):
    form = GebruikerNieuwFormulier(request.POST if request.method == "POST" else None)
    if request.method == "POST" and opslaan(form, lambda: actions.maak_gebruiker(form, request.user)):
        nieuw = form.instance
        if not form.cleaned_data["wachtwoord"]:
            stuur_wachtwoordmail(request, nieuw)
            messages.success(request, f"{nieuw} is toegevoegd en krijgt een e-mail om een wachtwoord te kiezen.")
        else:
            messages.success(request, f"{nieuw} is toegevoegd.")
        return redirect(nieuw)
    return toon_formulier(request, form, titel="Gebruiker toevoegen", terug=reverse("gebruikers"), **LIJST)


@recht_vereist(Recht.GEBRUIKERS_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def gebruiker_wijzigen(request, pk):
    gebruiker = get_object_or_404(Gebruiker, pk=pk)
    form = GebruikerFormulier(request.POST if request.method == "POST" else None, instance=gebruiker)
    if request.method == "POST" and opslaan(form, lambda: actions.bewaar_gebruiker(form, request.user)):
        messages.success(request, f"{gebruiker} is opgeslagen.")
        # Who has just taken this right from themselves has nothing to look for here any more.
        return redirect(
            gebruiker if gebruiker.pk != request.user.pk or gebruiker.heeft(Recht.GEBRUIKERS_BEHEREN) else "start"
        )
    huidig = Gebruiker.objects.get(pk=gebruiker.pk)
    return toon_formulier(request, form, titel=f"{huidig} wijzigen", terug=huidig, lopend=form.lopend, **LIJST)


@recht_vereist(Recht.GEBRUIKERS_BEHEREN)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def gebruiker_wachtwoord(request, pk):
    gebruiker = get_object_or_404(Gebruiker, pk=pk)
    if gebruiker == request.user:
        return redirect("wachtwoord_wijzigen")
    form = WachtwoordInstellen(gebruiker, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.zet_wachtwoord(gebruiker, form.cleaned_data["new_password1"], request.user)
        messages.success(request, f"Het wachtwoord van {gebruiker} is ingesteld. Geef het langs een andere weg door.")
        return redirect(gebruiker)
    return toon_formulier(request, form, titel=f"Wachtwoord van {gebruiker} instellen", terug=gebruiker, **LIJST)


@recht_vereist(Recht.GEBRUIKERS_BEHEREN)
@require_POST
def gebruiker_herstelmail(request, pk):
    gebruiker = get_object_or_404(Gebruiker, pk=pk)
    if gebruiker.is_active and gebruiker.email and gebruiker.has_usable_password():
        stuur_wachtwoordmail(request, gebruiker)
        messages.success(request, f"{gebruiker} krijgt een e-mail om een wachtwoord te kiezen.")
    else:
        messages.error(request, f"{gebruiker} heeft geen toegang of geen e-mailadres: er is niets verstuurd.")
    return redirect(gebruiker)


@require_safe
def rechten(request):
    """Rol × recht, from the one table. For everyone: what a role may is no secret."""
    rijen = [(recht.label, [recht in RECHTEN[rol] for rol in Rol]) for recht in Recht]
    return render(request, "regio/rechten.html", {"rollen": [rol.label for rol in Rol], "rijen": rijen})
