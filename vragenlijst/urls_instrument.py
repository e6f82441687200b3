"""Addresses of one version of the instrument: reading it, and editing a concept."""

from django.urls import include, path

from vragenlijst.views import instrument, instrumentbewerken

EEN_VERSIE = [
    path("", instrument.instrument, name="instrument"),
    path("controle/", instrument.instrument_controle, name="instrument_controle"),
    path("dekking/", instrument.instrument_dekking, name="instrument_dekking"),
    path("verschil/", instrument.instrument_verschil, name="instrument_verschil"),
    path("voorbeeld/", instrument.instrument_voorbeeld, name="instrument_voorbeeld"),
    path("bestand/", instrument.instrument_bestand, name="instrument_bestand"),
    path("status/", instrumentbewerken.instrument_status, name="instrument_status"),
    path("nieuwe-versie/", instrumentbewerken.instrument_versie, name="instrument_versie"),
    path("verwijderen/", instrumentbewerken.instrument_verwijderen, name="instrument_verwijderen"),
    path("gegevens/", instrumentbewerken.instrument_gegevens, name="instrument_gegevens"),
    path("<slug:soort>/nieuw/<int:ouder>/", instrumentbewerken.deel_nieuw, name="deel_nieuw"),
    path("<slug:soort>/<int:pk>/", instrumentbewerken.deel_wijzigen, name="deel_wijzigen"),
    path("<slug:soort>/<int:pk>/verplaatsen/", instrumentbewerken.deel_verplaatst, name="deel_verplaatst"),
    path("<slug:soort>/<int:pk>/verwijderen/", instrumentbewerken.deel_verwijderd, name="deel_verwijderd"),
]
urlpatterns = [
    path("instrument/nieuw/", instrumentbewerken.instrument_nieuw, name="instrument_nieuw"),
    path("instrument/inlezen/", instrumentbewerken.instrument_inlezen, name="instrument_inlezen"),
    path("instrument/<slug:code>/<int:versie>/", include(EEN_VERSIE)),
]
