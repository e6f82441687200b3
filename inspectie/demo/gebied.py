"""The invented municipalities and regions of the demo, through the years of its rounds, with boundaries that are drawn by chance."""

from datetime import date
from pathlib import Path

from inspectie.demo import bron
from regio.actions import werk_grenzen_bij
from regio.gebeurtenissen import leg_vast
from regio.geojson import lees_grenzen
from regio.inlezingen import neem_aan
from regio.models import Gebeurtenis, Gebruiker, Gemeente, Herindeling, Inlezing, Kenmerken, Lidmaatschap, Regio

BEGIN = date(1998, 1, 1)
SOORTEN = {
    "provincies": Regio.Soort.PROVINCIE,
    "corops": Regio.Soort.COROP,
    "rpas": Regio.Soort.RPA,
    "verbanden": Regio.Soort.SAMENWERKING,
    "plusregios": Regio.Soort.PLUSREGIO,
}
AANGEBODEN = (("demo-waterkant", "Werkkring Waterkant"), ("demo-geeste", "Platform Geeststreek"))


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
    gemeenten = {}
    for rij in gegevens["gemeente"]:
        einde = _einde(rij)
        gemeenten[rij["code"]] = gemeente = Gemeente.objects.create(
            code=rij["code"], naam=rij["naam"], fictief=True, geldig_van=BEGIN, geldig_tot=einde
        )
        Kenmerken.objects.bulk_create(_kenmerken(gemeente, rij, gegevens["gemeente"]))
        Lidmaatschap.objects.bulk_create(
            Lidmaatschap(gemeente=gemeente, regio=regios[code], geldig_van=BEGIN, geldig_tot=einde)
            for code in rij["lid"]
        )
        leg_vast(gemeente, Gebeurtenis.Soort.GEMAAKT, None, reden="Fictieve gemeente voor de demo.")
    Herindeling.objects.bulk_create(
        Herindeling(datum=_einde(rij), oud=gemeenten[rij["code"]], nieuw=gemeenten[rij["opgegaan"]["in"]])
        for rij in gegevens["gemeente"]
        if "opgegaan" in rij
    )
    for bestand in sorted(Path(__file__).parent.glob("grenzen-*.geojson")):
        grenzen, problemen = lees_grenzen(bestand.read_bytes())
        if problemen:
            raise ValueError(f"{bestand.name}: {problemen[0]}")
        werk_grenzen_bij(grenzen, date(int(bestand.stem.removeprefix("grenzen-")), 1, 1), None)


def bied_regios_aan(wie: Gebruiker) -> None:
    """A file that waits for the beheerder: looked at, not yet carried out."""
    regels = ["soort;code;naam", *(f"samenwerking;{code};{naam}" for code, naam in AANGEBODEN)]
    neem_aan(Inlezing.Soort.REGIOS, "samenwerkingsverbanden-2010.csv", "\r\n".join(regels).encode("cp1252"), None, wie)


def _einde(rij: dict) -> date | None:
    return rij["opgegaan"]["op"] if "opgegaan" in rij else None


def _kenmerken(gemeente: Gemeente, rij: dict, alle: list[dict]) -> list[Kenmerken]:
    """One period per year: every municipality grows a little, and with those that went over into it; none into another grootteklasse."""
    perioden = []
    for jaar in (2008, 2009, 2010):
        begin = date(jaar, 1, 1)
        if gemeente.geldig_tot and gemeente.geldig_tot <= begin:
            break
        erbij = [r for r in alle if "opgegaan" in r and r["opgegaan"]["in"] == rij["code"] and _einde(r) <= begin]
        perioden.append(
            Kenmerken(
                gemeente=gemeente,
                geldig_van=begin,
                geldig_tot=date(jaar + 1, 1, 1) if jaar < 2010 else None,
                inwoners=sum(_inwoners(r, jaar) for r in (rij, *erbij)),
                inwoners_peildatum=begin,
                randstad=rij["randstad"],
                voortrekker=rij["rol"] == "voortrekker",
            )
        )
    return perioden


def _inwoners(rij: dict, jaar: int) -> int:
    groei = 4 + bron.nummer(rij["code"]) % 5  # per thousand in a year
    return round(rij["inwoners"] * (1000 + (jaar - 2008) * groei) / 10_000) * 10
