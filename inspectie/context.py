"""What every template knows."""

from django.conf import settings

from inspectie.navigatie import hoofdmenu
from regio.rechten import Mag


def huis(request) -> dict:
    """Version, the person's rights (`mag.…`), the main menu, and an optional house-style sheet."""
    gebruiker = getattr(request, "user", None)
    return {
        "versie": settings.VERSIE,
        "huisstijl_css": settings.HUISSTIJL_CSS,
        "demo": settings.DEBUG,
        "sso": settings.OIDC,
        "mag": Mag(gebruiker),
        "hoofdmenu": hoofdmenu(request),
    }
