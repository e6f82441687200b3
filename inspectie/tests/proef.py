"""Addresses and a form that exist only in tests: every kind of field, a view that stores, views that fail."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from regio.formulier import Datumveld, Formulier

handler400 = "inspectie.views.slecht_verzoek"
handler500 = "inspectie.views.serverfout"

ontvangen = []  # what the form view has accepted

BLADZIJDE = """{% extends "basis.html" %}{% load crispy_forms_tags %}
{% block titel %}Proef{% endblock %}
{% block kruimelpad %}{% include "_kruimel.html" with naam="Rondes" adres="/" %}{% include "_kruimel.html" with naam="Proef" %}{% endblock %}
{% block inhoud %}
<h1>Proef</h1>
<div class="tabelvak"><table class="tabel kaarten"><caption>Interviews</caption>
<thead><tr><th scope="col">Actorgroep</th><th scope="col">Status</th><th scope="col" class="getal">Beantwoord</th></tr></thead>
<tbody><tr><th scope="row">UWV</th><td>{% include "_status.html" with waarde="gehouden" naam="Gehouden" only %}</td><td class="getal">12 van 17</td></tr></tbody>
</table></div>
{% include "_leeg.html" with titel="Nog geen bewijs" tekst="Voeg het eerste toe." knop="Toevoegen" adres="/" only %}
{% include "_bezwaren.html" with titel="Vaststellen kan nog niet" bezwaren=bezwaren only %}
<form method="post" novalidate data-bewaak enctype="multipart/form-data">
{% csrf_token %}{% crispy form %}{% include "_knoppen.html" with knop="Opslaan" annuleer="/" only %}
</form>
{% endblock %}"""


class Proefformulier(Formulier):
    naam = forms.CharField(label="Naam", max_length=20)
    toelichting = forms.CharField(
        label="Toelichting", required=False, help_text="In uw eigen woorden.", widget=forms.Textarea
    )
    datum = Datumveld(label="Datum", required=False)
    keuze = forms.ChoiceField(
        label="Is er samenwerking?", choices=[("ja", "Ja"), ("nee", "Nee")], widget=forms.RadioSelect
    )
    soorten = forms.MultipleChoiceField(
        label="Bewijs",
        choices=[("a", "Plan"), ("b", "Convenant")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    actor = forms.ChoiceField(label="Actorgroep", choices=[("", "Kies"), ("cwi", "CWI")], required=False)
    bestand = forms.FileField(label="Bestand", required=False)
    akkoord = forms.BooleanField(label="Het college stemde in", required=False)
    sleutel = forms.CharField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
def formulier(request):
    form = Proefformulier(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        ontvangen.append(form.cleaned_data)
        return HttpResponse("opgeslagen")
    inhoud = engines["django"].from_string(BLADZIJDE).render({"form": form, "bezwaren": ["UWV ontbreekt."]}, request)
    return HttpResponse(inhoud)


@login_not_required
def database_weg(request):
    raise OperationalError("de verbinding is verbroken")


@login_not_required
def kapot(request):
    raise RuntimeError("kapot")


@login_not_required
def weg(request):
    raise Http404


@login_not_required
def foutpagina(request, template):
    context = {"versie": "0", "pad": "/proef/", "getypt": [("Toelichting", "Dit had ik getypt")], "minuten": 15}
    return render(request, template, context | {"velden": {"toelichting": ["Dit had ik getypt"]}})


urlpatterns = [
    path("proef/", formulier),
    path("proef/database/", database_weg),
    path("proef/kapot/", kapot),
    path("proef/weg/", weg),
    path("proef/pagina/<path:template>", foutpagina),
    path("", include("inspectie.urls")),
]
