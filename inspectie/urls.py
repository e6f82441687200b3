"""All addresses, by room."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from inspectie import aanmelden, beheer, dienst, inzagepagina, views

handler400 = "inspectie.views.slecht_verzoek"
handler500 = "inspectie.views.serverfout"

urlpatterns = [
    path("", views.start, name="start"),
    path("inloggen/", views.inloggen, name="inloggen"),
    path("inloggen/tweede-stap/", aanmelden.tweede_stap, name="tweede_stap"),
    path("uitloggen/", views.uitloggen, name="uitloggen"),
    path("gezond/", views.gezond, name="gezond"),
    path("dienst.js", dienst.dienst, name="dienst"),
    path("zonder-verbinding/", dienst.zonder_verbinding, name="zonder_verbinding"),
    path("privacy/", dienst.privacy, name="privacy"),
    path("inzageverzoek/", inzagepagina.inzageverzoek, name="inzageverzoek"),
    path("logboek/bestand.csv", beheer.logboek_csv, name="logboek_csv"),
    path("controle/", beheer.controle, name="controle"),
    path("", include("vragenlijst.urls")),
    path("", include("rapportage.urls")),
    path("", include("regio.urls")),
]

if settings.OIDC:
    urlpatterns.append(path("", include("inspectie.urls_oidc")))

if settings.DEBUG:
    urlpatterns.append(path("admin/", admin.site.urls))
