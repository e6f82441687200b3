"""Addresses of this room. Codes and numbers are checked here: an address that is no code reaches no view, and no database."""

from django.contrib.auth import views as auth_views
from django.urls import path, register_converter, reverse_lazy

from regio.forms.wachtwoord import WachtwoordKiezen, WachtwoordVergeten
from regio.models import CODEVORM
from regio.views import gebruikers, gemeenten, inlezingen, logboek, regios, tweede_stap, voortrekkers, wachtwoord


class CodeConverter:
    regex = CODEVORM.pattern

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(CodeConverter, "cbs")

urlpatterns = [
    path("gemeenten/", gemeenten.gemeenten, name="gemeenten"),
    path("gemeenten/nieuw/", gemeenten.gemeente_nieuw, name="gemeente_nieuw"),
    path("gemeenten/voortrekkers/", voortrekkers.voortrekkers, name="voortrekkers"),
    path("gemeenten/<cbs:code>/", gemeenten.gemeente, name="gemeente"),
    path("gemeenten/<cbs:code>/wijzigen/", gemeenten.gemeente_wijzigen, name="gemeente_wijzigen"),
    path("gemeenten/<cbs:code>/kenmerken/nieuw/", gemeenten.kenmerken_nieuw, name="kenmerken_nieuw"),
    path("gemeenten/<cbs:code>/kenmerken/<int:pk>/", gemeenten.kenmerken_wijzigen, name="kenmerken_wijzigen"),
    path("gemeenten/<cbs:code>/lidmaatschap/nieuw/", gemeenten.lidmaatschap_nieuw, name="lidmaatschap_nieuw"),
    path(
        "gemeenten/<cbs:code>/lidmaatschap/<int:pk>/beeindigen/",
        gemeenten.lidmaatschap_beeindigen,
        name="lidmaatschap_beeindigen",
    ),
    path("gemeenten/importeren/", inlezingen.importeren, name="importeren"),
    path(
        "gemeenten/importeren/voorbeeld/<slug:soort>/",
        inlezingen.importvoorbeeld_bestand,
        name="importvoorbeeld_bestand",
    ),
    path("gemeenten/importeren/<int:pk>/", inlezingen.inlezing, name="inlezing"),
    path("gemeenten/importeren/<int:pk>/weggooien/", inlezingen.inlezing_weg, name="inlezing_weg"),
    path("gemeenten/importeren/<int:pk>/bestand/", inlezingen.inlezing_bestand, name="inlezing_bestand"),
    path("regios/", regios.regios, name="regios"),
    path("regios/nieuw/", regios.regio_nieuw, name="regio_nieuw"),
    path("regios/<int:pk>/", regios.regio, name="regio"),
    path("regios/<int:pk>/wijzigen/", regios.regio_wijzigen, name="regio_wijzigen"),
    path("gebruikers/", gebruikers.gebruikers, name="gebruikers"),
    path("gebruikers/nieuw/", gebruikers.gebruiker_nieuw, name="gebruiker_nieuw"),
    path("gebruikers/<int:pk>/", gebruikers.gebruiker, name="gebruiker"),
    path("gebruikers/<int:pk>/wijzigen/", gebruikers.gebruiker_wijzigen, name="gebruiker_wijzigen"),
    path("gebruikers/<int:pk>/wachtwoord/", gebruikers.gebruiker_wachtwoord, name="gebruiker_wachtwoord"),
    path("gebruikers/<int:pk>/herstelmail/", gebruikers.gebruiker_herstelmail, name="gebruiker_herstelmail"),
    path(
        "gebruikers/<int:pk>/tweede-stap-uit/", tweede_stap.gebruiker_tweede_stap_uit, name="gebruiker_tweede_stap_uit"
    ),
    path("tweede-stap/", tweede_stap.tweede_stap_instellen, name="tweede_stap_instellen"),
    path("rechten/", gebruikers.rechten, name="rechten"),
    path("logboek/", logboek.logboek_zien, name="logboek"),
    path("wachtwoord/wijzigen/", wachtwoord.wachtwoord_wijzigen, name="wachtwoord_wijzigen"),
    path(
        "wachtwoord/vergeten/",
        auth_views.PasswordResetView.as_view(
            form_class=WachtwoordVergeten,
            template_name="regio/wachtwoord_vergeten.html",
            success_url=reverse_lazy("wachtwoord_verstuurd"),
            **wachtwoord.MAIL,
        ),
        name="wachtwoord_vergeten",
    ),
    path(
        "wachtwoord/verstuurd/",
        auth_views.PasswordResetDoneView.as_view(template_name="regio/wachtwoord_verstuurd.html"),
        name="wachtwoord_verstuurd",
    ),
    path(
        "wachtwoord/nieuw/<str:uidb64>/<str:token>/",
        auth_views.PasswordResetConfirmView.as_view(
            form_class=WachtwoordKiezen,
            template_name="regio/wachtwoord_kiezen.html",
            success_url=reverse_lazy("wachtwoord_klaar"),
        ),
        name="wachtwoord_kiezen",
    ),
    path(
        "wachtwoord/klaar/",
        auth_views.PasswordResetCompleteView.as_view(template_name="regio/wachtwoord_klaar.html"),
        name="wachtwoord_klaar",
    ),
]
