"""Addresses of toetsing and of intentions."""

from django.urls import path

from vragenlijst.views import intenties, leemten, toetsing

urlpatterns = [
    path("dossiers/<int:pk>/opmerkingen/", toetsing.opmerkingen, name="opmerkingen"),
    path(
        "dossiers/<int:pk>/opmerkingen/<int:opmerking>/afgehandeld/",
        toetsing.opmerking_afgehandeld,
        name="opmerking_afgehandeld",
    ),
    path(
        "dossiers/<int:pk>/opmerkingen/<int:opmerking>/heropend/",
        toetsing.opmerking_heropend,
        name="opmerking_heropend",
    ),
    path(
        "dossiers/<int:pk>/opmerkingen/<int:opmerking>/ingetrokken/",
        toetsing.opmerking_ingetrokken,
        name="opmerking_ingetrokken",
    ),
    path("dossiers/<int:pk>/ontbreekt/", leemten.leemten, name="leemten"),
    path(
        "dossiers/<int:pk>/ontbreekt/<int:uitzondering>/terug/", leemten.uitzondering_terug, name="uitzondering_terug"
    ),
    path("dossiers/<int:pk>/intenties/", intenties.intenties, name="intenties"),
    path("dossiers/<int:pk>/opvolgingen/", intenties.opvolgingen, name="opvolgingen"),
    path("dossiers/<int:pk>/opvolgingen/<int:intentie>/", intenties.opvolging, name="opvolging"),
]
