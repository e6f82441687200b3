"""Rol → rechten: the one table. Views, templates (`mag.…`), demo data and tests read it; nothing else decides by role.

A recht says what a person may do in general. Which dossiers that is about is decided by the querysets
(`Dossier.objects.zichtbaar_voor(gebruiker)`): a stranger gets 404, an insider without the right 403.
"""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices


class Rol(TextChoices):
    INSPECTEUR = "inspecteur", "Inspecteur"
    ANALIST = "analist", "Analist"
    BEHEERDER = "beheerder", "Beheerder"


class Recht(TextChoices):
    DOSSIER_BEHANDELEN = "dossier_behandelen", "eigen dossiers lezen en bewerken, en dossiers van collega's toetsen"
    DOSSIERS_LEZEN = "dossiers_lezen", "alle dossiers lezen, zonder persoonsgegevens"
    UITKOMSTEN_ZIEN = "uitkomsten_zien", "uitkomsten van een ronde zien"
    RAPPORT_SCHRIJVEN = "rapport_schrijven", "rapporten schrijven en downloaden"
    RONDE_ZIEN = "ronde_zien", "rondes en hun voortgang zien"
    RONDE_BEHEREN = "ronde_beheren", "rondes maken, dossiers toewijzen, openen en sluiten"
    REFERENTIE_ZIEN = "referentie_zien", "gemeenten en regio's opzoeken"
    REFERENTIE_BEHEREN = "referentie_beheren", "gemeenten en regio's wijzigen"
    INSTRUMENT_ZIEN = "instrument_zien", "vragenlijst en aandachtspunten inzien"
    INSTRUMENT_BEHEREN = "instrument_beheren", "vragenlijsten maken, wijzigen, inlezen en vaststellen"
    GEBRUIKERS_BEHEREN = "gebruikers_beheren", "gebruikers en rollen beheren"
    LOGBOEK_ZIEN = "logboek_zien", "het logboek inzien"
    PERSOONSGEGEVENS_BEHEREN = (
        "persoonsgegevens_beheren",
        "persoonsgegevens na de termijn wissen, en verzoeken om inzage behandelen",
    )


RECHTEN: dict[str, frozenset[Recht]] = {
    Rol.INSPECTEUR: frozenset({Recht.DOSSIER_BEHANDELEN, Recht.REFERENTIE_ZIEN, Recht.INSTRUMENT_ZIEN}),
    Rol.ANALIST: frozenset(
        {
            Recht.DOSSIERS_LEZEN,
            Recht.UITKOMSTEN_ZIEN,
            Recht.RAPPORT_SCHRIJVEN,
            Recht.RONDE_ZIEN,
            Recht.REFERENTIE_ZIEN,
            Recht.INSTRUMENT_ZIEN,
        }
    ),
    Rol.BEHEERDER: frozenset(
        {
            Recht.RONDE_ZIEN,
            Recht.RONDE_BEHEREN,
            Recht.REFERENTIE_ZIEN,
            Recht.REFERENTIE_BEHEREN,
            Recht.INSTRUMENT_ZIEN,
            Recht.INSTRUMENT_BEHEREN,
            Recht.GEBRUIKERS_BEHEREN,
            Recht.LOGBOEK_ZIEN,
            Recht.PERSOONSGEGEVENS_BEHEREN,
        }
    ),
}


class Mag:
    """What one person may, for templates: `{% if mag.ronde_beheren %}`. An unknown recht is an error, not a no."""

    def __init__(self, gebruiker):
        self._rechten = rechten_van(gebruiker)

    def __getitem__(self, naam: str) -> bool:
        return Recht(naam) in self._rechten


def rechten_van(gebruiker) -> frozenset[Recht]:
    """The rights of this person; none for who is not logged in or not active."""
    if not getattr(gebruiker, "is_authenticated", False) or not gebruiker.is_active:
        return frozenset()
    return RECHTEN.get(gebruiker.rol, frozenset())


def recht_vereist(*rechten: Recht):
    """View decorator: 403 unless the user has at least one of these rights. It runs before anything is validated."""

    def decorator(view):
        @wraps(view)
        def met_recht(request, *args, **kwargs):
            if not rechten_van(request.user) & set(rechten):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        met_recht.rechten = rechten
        return met_recht

    return decorator
