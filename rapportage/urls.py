"""Addresses of uitkomsten, report and gespreksverslag; the round and the interview themselves are the inspection's."""

from django.urls import path

from rapportage.views import (
    bewaren,
    drukken,
    fotomoment,
    kwantoren,
    maten,
    passage,
    rapport,
    status,
    toevoegen,
    wederhoor,
)
from rapportage.views import export as views_export
from rapportage.views import gemeenterapport as views_gemeenterapport
from rapportage.views import gesprekken as views_gesprekken
from rapportage.views import kruis as views_kruis
from rapportage.views import telbestanden as views_telbestanden
from rapportage.views import themas as views_themas
from rapportage.views import trend as views_trend
from rapportage.views import uitkomsten as views_uitkomsten
from rapportage.views import verslag as views_verslag
from rapportage.views import voortgang as views_voortgang

urlpatterns = [
    path("rondes/<slug:slug>/voortgang/", views_voortgang.ronde_voortgang, name="ronde_voortgang"),
    path("rondes/<slug:slug>/gesprekken/", views_gesprekken.gesprekken, name="gesprekken"),
    path("rondes/<slug:slug>/kruistabel/", views_kruis.kruistabel, name="kruistabel"),
    path("rondes/<slug:slug>/maten/", maten.maat_dossiers, name="maat_dossiers"),
    path("rondes/<slug:slug>/uitkomsten/", views_uitkomsten.uitkomsten, name="uitkomsten"),
    path("rondes/<slug:slug>/uitkomsten/<str:code>/", views_uitkomsten.uitkomst_vraag, name="uitkomst_vraag"),
    path("rondes/<slug:slug>/uitkomsten/normen/<str:code>/", views_uitkomsten.uitkomst_norm, name="uitkomst_norm"),
    path(
        "rondes/<slug:slug>/uitkomsten/<str:code>/telling.<str:soort>",
        views_telbestanden.uitkomst_vraag_bestand,
        name="uitkomst_vraag_bestand",
    ),
    path(
        "rondes/<slug:slug>/uitkomsten/normen/<str:code>/telling.<str:soort>",
        views_telbestanden.uitkomst_norm_bestand,
        name="uitkomst_norm_bestand",
    ),
    path(
        "rondes/<slug:slug>/gesprekken/<str:code>/telling.<str:soort>",
        views_telbestanden.gesprekken_bestand,
        name="gesprekken_bestand",
    ),
    path(
        "rondes/<slug:slug>/kruistabel/<str:rij>/<str:kolom>/telling.<str:soort>",
        views_telbestanden.kruistabel_bestand,
        name="kruistabel_bestand",
    ),
    path("rondes/<slug:slug>/uitkomsten/<str:code>/themas/", views_themas.themas, name="themas"),
    path("rondes/<slug:slug>/gegevens/", views_export.gegevens, name="gegevens"),
    path("rondes/<slug:slug>/gegevens/<str:naam>", views_export.gegevens_bestand, name="gegevens_bestand"),
    path("rondes/<slug:slug>/ontwikkeling.csv", views_trend.ontwikkeling_csv, name="ontwikkeling_csv"),
    path("rondes/<slug:slug>/ontwikkeling/", views_trend.ontwikkeling, name="ontwikkeling"),
    path(
        "rondes/<slug:slug>/ontwikkeling/intenties/", views_trend.ontwikkeling_intenties, name="ontwikkeling_intenties"
    ),
    path("rondes/<slug:slug>/ontwikkeling/<str:code>/", views_trend.ontwikkeling_vraag, name="ontwikkeling_vraag"),
    path("rondes/<slug:slug>/rapport/", rapport.rapport, name="rapport"),
    path("rondes/<slug:slug>/rapport.pdf", drukken.rapport_pdf, name="rapport_pdf"),
    path("rondes/<slug:slug>/rapport/drukken/<str:sleutel>/", drukken.rapport_drukken, name="rapport_drukken"),
    path("rondes/<slug:slug>/rapport/drukken/<str:sleutel>.pdf", drukken.gedrukt_pdf, name="gedrukt_pdf"),
    path("rondes/<slug:slug>/rapport/voeg-toe/", toevoegen.uitspraak_toevoegen, name="uitspraak_toevoegen"),
    path("rondes/<slug:slug>/rapport/<int:pk>/", passage.passage, name="passage"),
    path("rondes/<slug:slug>/rapport/<int:pk>/bewaren/", bewaren.passage_bewaren, name="passage_bewaren"),
    path("rondes/<slug:slug>/rapport/<int:pk>/meekijken/", passage.passage_meekijken, name="passage_meekijken"),
    path("rondes/<slug:slug>/rapport/<int:pk>/versies/", passage.passage_versies, name="passage_versies"),
    path("rondes/<slug:slug>/rapport/status/", status.rapport_status, name="rapport_status"),
    path("rondes/<slug:slug>/rapport/uitgeven/", status.rapport_uitgeven, name="rapport_uitgeven"),
    path("rondes/<slug:slug>/rapport/uitgave-<int:versie>.pdf", status.uitgave_pdf, name="uitgave_pdf"),
    path("rondes/<slug:slug>/rapport/wederhoor/", wederhoor.wederhoor, name="wederhoor"),
    path("rondes/<slug:slug>/rapport/wederhoor/<int:pk>/", wederhoor.wederhoorreactie, name="wederhoorreactie"),
    path("rondes/<slug:slug>/fotomomenten/", fotomoment.fotomomenten, name="fotomomenten"),
    path("rondes/<slug:slug>/fotomoment-<int:versie>.json", fotomoment.fotomoment_bestand, name="fotomoment_bestand"),
    path("rondes/<slug:slug>/kwantoren/", kwantoren.ronde_kwantoren, name="ronde_kwantoren"),
    path("kwantoren/", kwantoren.kwantoren, name="kwantoren"),
    path("dossiers/<int:pk>/gemeenterapport.pdf", views_gemeenterapport.gemeenterapport, name="gemeenterapport_pdf"),
    path("interviews/<int:pk>/verslag-<int:nummer>.pdf", views_verslag.verslag_pdf, name="verslag_pdf"),
]
