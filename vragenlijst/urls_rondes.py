"""Addresses of the rounds and of the instrument."""

from django.urls import include, path

from vragenlijst.views import bewaartermijn, instrument, rondes, rondevulling, toewijzing, trekking, xlsform

urlpatterns = [
    path("rondes/", rondes.rondes, name="rondes"),
    path("rondes/nieuw/", rondes.ronde_nieuw, name="ronde_nieuw"),
    path("rondes/<slug:slug>/", rondes.ronde, name="ronde"),
    path("rondes/<slug:slug>/status/", rondes.ronde_status, name="ronde_status"),
    path("rondes/<slug:slug>/wijzigen/", rondes.ronde_wijzigen, name="ronde_wijzigen"),
    path("rondes/<slug:slug>/gemeenten/", rondevulling.ronde_gemeenten, name="ronde_gemeenten"),
    path("rondes/<slug:slug>/gemeenten/vorige/", rondevulling.ronde_vorige, name="ronde_vorige"),
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
    path("rondes/<slug:slug>/steekproef/", trekking.ronde_trekking, name="ronde_trekking"),
    path("rondes/<slug:slug>/steekproef/uitval/", trekking.trekking_uitval, name="trekking_uitval"),
    path("rondes/<slug:slug>/steekproef/intrekken/", trekking.trekking_intrekken, name="trekking_intrekken"),
    path("rondes/<slug:slug>/verwijderen/", rondes.ronde_verwijderen, name="ronde_verwijderen"),
    path("rondes/<slug:slug>/toewijzing/", toewijzing.ronde_toewijzing, name="ronde_toewijzing"),
    path("rondes/<slug:slug>/bewaartermijn/", bewaartermijn.ronde_bewaartermijn, name="ronde_bewaartermijn"),
    path("rondes/<slug:slug>/bewaartermijn/wissen/", bewaartermijn.ronde_wissen, name="ronde_wissen"),
    path("bewaartermijnen/", bewaartermijn.bewaartermijnen, name="bewaartermijnen"),
    path("instrument/", instrument.instrumenten, name="instrumenten"),
    path("instrument/xlsform/", xlsform.xlsform, name="xlsform"),
    path("instrument/xlsform/inlezen/", xlsform.xlsform_inlezen, name="xlsform_inlezen"),
    path("", include("vragenlijst.urls_instrument")),
]
