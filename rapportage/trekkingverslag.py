"""How a round was drawn by lot, as the report tells it: in a few sentences and a table of the strata.

The seed is not in it: who has that and the list of municipalities can work out which ones were drawn, and the report names none.
"""

from collections.abc import Iterator, Sequence

from rapportage import opmaak
from rapportage.document import Blok, Tabel, Tekst
from rapportage.onderdrukking import DREMPEL
from vragenlijst.models import Ronde
from vragenlijst.queries.trekkingen import Stratumstand, Trekkingstand, trekkingstand


def trekkingblokken(ronde: Ronde) -> Iterator[Blok]:
    """Nothing for a round that was not drawn. Four queries at most."""
    stand = trekkingstand(ronde)
    if stand is None:
        return
    yield Tekst(opmaak.druk(alinea(stand, ronde.dossiers.count() - stand.samen.doet_mee)))
    if len(stand.strata) > 1:
        yield stratatabel(stand)


def alinea(stand: Trekkingstand, met_de_hand: int) -> str:
    samen, zinnen = stand.samen, [stand.hoe]
    if uitgesloten := len(stand.uitgesloten):
        zinnen.append(f"Vooraf {_zijn(uitgesloten)} {_gemeenten(uitgesloten)} met een reden buiten de loting gelaten.")
    if samen.uitgevallen:
        elk = "daarvoor" if samen.uitgevallen == 1 else "voor elk daarvan"
        vervangen = f"voor {samen.vervangers} daarvan" if samen.vervangers < samen.uitgevallen else elk
        deel = f"{vervangen} kwam de volgende gemeente van hetzelfde stratum in de plaats"
        zinnen.append(
            f"Er {'viel' if samen.uitgevallen == 1 else 'vielen'} {_gemeenten(samen.uitgevallen)} uit; "
            + (deel if samen.vervangers else "daarvoor kwam geen andere in de plaats")
            + "."
        )
    if met_de_hand:
        zinnen.append(f"Daarnaast {_zijn(met_de_hand)} {_gemeenten(met_de_hand)} zonder loting gekozen.")
    return " ".join(zinnen)


def stratatabel(stand: Trekkingstand) -> Tabel:
    """Population, drawn and taking part. Strata in which fewer than DREMPEL take part stand together."""
    apart, samen = _voeg_samen(stand.strata)
    if len(samen) == 1:  # nobody is in it, or another would stand with it
        apart, samen = list(stand.strata), []
    rijen = [(s.naam[:1].upper() + s.naam[1:], s.omvang, s.getrokken, s.doet_mee) for s in apart]
    if samen:
        som = [sum(getattr(s, veld) for s in samen) for veld in ("omvang", "getrokken", "doet_mee")]
        rijen.append((f"Overige strata ({len(samen)} samen)", *som))
    alle = stand.samen
    return Tabel(
        "De steekproef naar stratum",
        ("Stratum", "Gemeenten", "Getrokken", "Doen mee"),
        [*rijen, ("Alle strata", alle.omvang, alle.getrokken, alle.doet_mee)],
        noot=f"Strata waaruit minder dan {DREMPEL} gemeenten meedoen, staan samen." if samen else "",
    )


def _voeg_samen(strata: Sequence[Stratumstand]) -> tuple[list[Stratumstand], list[Stratumstand]]:
    """(strata that stand by themselves, strata that are added up); what is added up reaches DREMPEL too, or nobody is in it."""
    klein = [s for s in strata if s.doet_mee < DREMPEL]
    apart = sorted((s for s in strata if s.doet_mee >= DREMPEL), key=lambda s: s.doet_mee, reverse=True)
    while 0 < sum(s.doet_mee for s in klein) < DREMPEL and apart:
        klein.append(apart.pop())
    return [s for s in strata if s in apart], [s for s in strata if s in klein]


def _gemeenten(aantal: int) -> str:
    return "1 gemeente" if aantal == 1 else f"{aantal} gemeenten"


def _zijn(aantal: int) -> str:
    return "is" if aantal == 1 else "zijn"
