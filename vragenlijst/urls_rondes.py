"""Addresses of the rounds and of the instrument."""

from django.urls import path

from vragenlijst.views import instrument, rondes, rondevulling

urlpatterns = [
    path("rondes/", rondes.rondes, name="rondes"),
    path("rondes/nieuw/", rondes.ronde_nieuw, name="ronde_nieuw"),
    path("rondes/<slug:slug>/", rondes.ronde, name="ronde"),
    path("rondes/<slug:slug>/status/", rondes.ronde_status, name="ronde_status"),
    path("rondes/<slug:slug>/wijzigen/", rondes.ronde_wijzigen, name="ronde_wijzigen"),
    path("rondes/<slug:slug>/gemeenten/", rondevulling.ronde_gemeenten, name="ronde_gemeenten"),
    path(
        "rondes/<slug:slug>/gemeenten/<slug:code>/verwijderen/",
        rondevulling.ronde_gemeente_verwijderen,
        name="ronde_gemeente_verwijderen",
    ),
    path(
        "rondes/<slug:slug>/gemeenten/<slug:code>/rol/",
        rondevulling.ronde_gemeente_rol,
        name="ronde_gemeente_rol",
    ),
    path("rondes/<slug:slug>/verwijderen/", rondes.ronde_verwijderen, name="ronde_verwijderen"),
    path("rondes/<slug:slug>/toewijzing/", rondevulling.ronde_toewijzing, name="ronde_toewijzing"),
    path("instrument/", instrument.instrumenten, name="instrumenten"),
    path("instrument/<slug:code>/<int:versie>/", instrument.instrument, name="instrument"),
]
