"""The invented municipalities and regions of the demo, through the years of its rounds."""

from datetime import date

from inspectie.demo import bron
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gemeente, Kenmerken, Lidmaatschap, Regio

BEGIN = date(1998, 1, 1)
SOORTEN = {
    "provincies": Regio.Soort.PROVINCIE,
    "corops": Regio.Soort.COROP,
    "rpas": Regio.Soort.RPA,
    "verbanden": Regio.Soort.SAMENWERKING,
    "plusregios": Regio.Soort.PLUSREGIO,
}


def maak() -> None:
    """Make the invented municipalities with their regions, unless they are there."""
    gegevens = bron.lees("gemeenten")
    if Gemeente.objects.filter(code=gegevens["gemeente"][0]["code"]).exists():
        return
    regios = {
        regio["code"]: Regio.objects.create(soort=soort, code=regio["code"], naam=regio["naam"], fictief=True)
        for lijst, soort in SOORTEN.items()
        for regio in gegevens[lijst]
    }
    for rij in gegevens["gemeente"]:
        gemeente = Gemeente.objects.create(code=rij["code"], naam=rij["naam"], fictief=True, geldig_van=BEGIN)
        Kenmerken.objects.bulk_create(_kenmerken(gemeente, rij))
        Lidmaatschap.objects.bulk_create(
            Lidmaatschap(gemeente=gemeente, regio=regios[code], geldig_van=BEGIN) for code in rij["lid"]
        )
        leg_vast(gemeente, Gebeurtenis.Soort.GEMAAKT, None, reden="Fictieve gemeente voor de demo.")


def _kenmerken(gemeente: Gemeente, rij: dict) -> list[Kenmerken]:
    """One period per year: every municipality grows a little, none into another grootteklasse."""
    groei = 4 + bron.nummer(gemeente.code) % 5  # per thousand in a year
    perioden = []
    for verstreken, jaar in enumerate((2008, 2009, 2010)):
        perioden.append(
            Kenmerken(
                gemeente=gemeente,
                geldig_van=date(jaar, 1, 1),
                geldig_tot=date(jaar + 1, 1, 1) if jaar < 2010 else None,
                inwoners=round(rij["inwoners"] * (1000 + verstreken * groei) / 10_000) * 10,
                inwoners_peildatum=date(jaar, 1, 1),
                randstad=rij["randstad"],
                voortrekker=rij["rol"] == "voortrekker",
            )
        )
    return perioden
