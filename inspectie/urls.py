"""All addresses, by room."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from inspectie import dienst, views

handler400 = "inspectie.views.slecht_verzoek"
handler500 = "inspectie.views.serverfout"

urlpatterns = [
    path("", views.start, name="start"),
    path("inloggen/", views.inloggen, name="inloggen"),
    path("uitloggen/", views.uitloggen, name="uitloggen"),
    path("gezond/", views.gezond, name="gezond"),
    path("dienst.js", dienst.dienst, name="dienst"),
    path("zonder-verbinding/", dienst.zonder_verbinding, name="zonder_verbinding"),
    path("privacy/", dienst.privacy, name="privacy"),
    path("", include("vragenlijst.urls")),
    path("", include("rapportage.urls")),
    path("", include("regio.urls")),
]

if settings.DEBUG:
    urlpatterns.append(path("admin/", admin.site.urls))
