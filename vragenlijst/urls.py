"""Addresses of the inspection."""

from django.urls import include, path

from vragenlijst.views import bewaren, bewijs, dossier, geschiedenis, interview, oordeel

urlpatterns = [
    path("dossiers/<int:pk>/", dossier.dossier, name="dossier"),
    path("dossiers/<int:pk>/status/", dossier.dossier_status, name="dossier_status"),
    path("dossiers/<int:pk>/geschiedenis/", geschiedenis.dossier_geschiedenis, name="dossier_geschiedenis"),
    path("dossiers/<int:pk>/bewijs/nieuw/", bewijs.bewijsstuk_nieuw, name="bewijsstuk_nieuw"),
    path("dossiers/<int:pk>/bewijs/<int:stuk>/", bewijs.bewijsstuk, name="bewijsstuk"),
    path("dossiers/<int:pk>/bewijs/<int:stuk>/vervangen/", bewijs.bewijsstuk_vervangen, name="bewijsstuk_vervangen"),
    path("dossiers/<int:pk>/bewijs/<int:stuk>/bestand/", bewijs.bewijsstuk_bestand, name="bewijsstuk_bestand"),
    path("dossiers/<int:pk>/bevindingen/", oordeel.bevindingen, name="bevindingen"),
    path("dossiers/<int:pk>/bevindingen/overnemen/", oordeel.bevindingen_overnemen, name="bevindingen_overnemen"),
    path("dossiers/<int:pk>/bevindingen/<str:code>/", oordeel.bevinding, name="bevinding"),
    path("dossiers/<int:pk>/beoordelingen/", oordeel.beoordelingen, name="beoordelingen"),
    path("dossiers/<int:pk>/beoordelingen/<str:code>/", oordeel.beoordeling, name="beoordeling"),
    path("interviews/<int:pk>/", interview.interview, name="interview"),
    path("interviews/<int:pk>/status/", interview.interview_status, name="interview_status"),
    path("interviews/<int:pk>/antwoorden/", bewaren.antwoord_bewaren, name="antwoord_bewaren"),
    path("interviews/<int:pk>/onderdeel/<str:code>/", interview.interview_onderdeel, name="interview_onderdeel"),
    path("", include("vragenlijst.urls_rondes")),
    path("", include("vragenlijst.urls_toetsing")),
    path("", include("vragenlijst.urls_werk")),
]
