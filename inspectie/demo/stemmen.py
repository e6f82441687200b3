"""What each actor answers, derived from a dossier's settled facts. Pure: the same every time.

Who is close to a matter states the fact; who is further away often does not know. Where the file says that an actor contradicts, it
does. Routing is followed within each interview, so a question that this actor's answers do not open is not answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspectie.demo.bron import Dossierbron, kies, lees, nummer, vul
from vragenlijst.inhoud import Inhoud
from vragenlijst.routing import Voorwaarde, gevraagd

KIND = {
    "gemeente-sociale-zaken": "gemeente",
    "gemeente-economische-zaken": "gemeente",
    "gemeente-bestuur": "gemeente",
    "cwi": "cwi_uwv",
    "uwv": "cwi_uwv",
    "scholing": "scholing",
    "werkgevers": "werkgevers",
    "werknemers-clientenraad": "werknemers",
}
# What is out of sight for whom; every second municipality's actor knows it all the same.
BUITEN_BEELD = {
    "gemeente": (),
    "cwi_uwv": ("V1.2", "V1.6"),
    "scholing": ("V1.1", "V1.2", "V2.3", "V2.5"),
    "werkgevers": ("V1.1", "V1.2", "V1.6", "V2.1", "V2.3", "V2.5"),
    "werknemers": ("V1.1", "V1.4", "V1.6", "V1.7", "V2.1", "V2.2", "V2.5"),
}
WOORD_VAN_PARTIJ = {
    "cwi_uwv": ("CWI", "UWV"),
    "scholing": ("ROC", "school", "college", "POA"),
    "werkgevers": ("kring", "Kring", "vereniging", "Club", "fabriek"),
    "werknemers": (),
}
ALLEEN_BIJ = ("V1.3", "V1.7", "V2.1", "V2.2", "V2.5")  # the one question at which such an interview has a note
IN_POOL = ("V3.1", "V3.2", "V3.3", "V3.4", "V3.5")


@dataclass(frozen=True)
class Gesprek:
    """Who is spoken to: the group of actors, and its place among the interviews of the dossier."""

    groep: str
    plaats: int
    vertelt: bool  # whether this is the interview that tells what nobody else can, in the words of the finding

    @property
    def soort(self) -> str:
        return KIND[self.groep]


def gesprekken(bron: Dossierbron) -> list[Gesprek]:
    """The interviews of a dossier; the first with the municipality is the one that tells."""
    verteller = next((a.groep for a in bron.interviews if KIND[a.groep] == "gemeente"), "")
    return [Gesprek(a.groep, plaats, vertelt=a.groep == verteller) for plaats, a in enumerate(bron.interviews)]


def antwoorden(
    bron: Dossierbron,
    gesprek: Gesprek,
    soorten: Mapping[str, str],
    voorwaarden: Mapping[str, Voorwaarde | None],
    gemeente: dict,
    ronde: dict,
) -> dict[str, Inhoud]:
    """The answers of one interview by code of the question, in the order in which they are asked.

    `soorten` has the kind of every question (Vraag.Soort), in the order of the questionnaire.
    """
    gegeven: dict[str, Inhoud] = {}
    for code, soort in soorten.items():
        keuzes = {c: inhoud.keuze for c, inhoud in gegeven.items() if inhoud.keuze}
        if code not in gevraagd(voorwaarden, keuzes):
            continue
        inhoud = {
            "keuze": _keuze,
            "gemeente": _gemeente,
            "afspraken": _afspraken,
            "open": _open,
        }[soort](bron, gesprek, code, gemeente, ronde)
        if inhoud is not None:
            gegeven[code] = inhoud
    return gegeven


def _keuze(bron: Dossierbron, gesprek: Gesprek, code: str, gemeente: dict, ronde: dict) -> Inhoud:
    if tegen := bron.spreekt_tegen(code, gesprek.groep):
        return Inhoud(keuze=tegen.keuze, toelichting=tegen.toelichting)
    if code not in bron.feiten:
        return Inhoud(keuze="weet-niet")
    buiten = BUITEN_BEELD[gesprek.soort]
    if code in buiten and (nummer(bron.code) + buiten.index(code)) % 2:
        geen_partij = gesprek.soort == "werknemers" and bron.feiten[code] != "weet-niet"
        return Inhoud(keuze="nvt" if geen_partij else "weet-niet")
    if gesprek.vertelt:
        return Inhoud(
            keuze=bron.feiten[code],
            toelichting=bron.toelichting.get(code, ""),
            citaat=bron.citaat.get(code, ""),
        )
    toelichting = ""
    if code == ALLEEN_BIJ[(nummer(bron.code) + gesprek.plaats) % len(ALLEEN_BIJ)] and gesprek.soort != "gemeente":
        toelichting = vul(kies(lees("stemmen")["toelichting"][gesprek.soort], nummer(bron.code)), gemeente, ronde)
    return Inhoud(keuze=bron.feiten[code], toelichting=toelichting)


def _gemeente(bron: Dossierbron, gesprek: Gesprek, code: str, gemeente: dict, ronde: dict) -> Inhoud | None:
    if code not in bron.feiten or gesprek.soort == "werknemers":
        return None
    return Inhoud(gemeente=bron.feiten[code])


def _afspraken(bron: Dossierbron, gesprek: Gesprek, code: str, gemeente: dict, ronde: dict) -> Inhoud | None:
    """The municipality names all agreements, another actor those with its own kind."""
    rijen = bron.afspraken
    if gesprek.soort != "gemeente":
        rijen = [rij for rij in rijen if any(woord in rij[0] for woord in WOORD_VAN_PARTIJ[gesprek.soort])]
    elif not gesprek.vertelt:
        rijen = ()
    return Inhoud(rijen=tuple(rijen)) if rijen else None


def _open(bron: Dossierbron, gesprek: Gesprek, code: str, gemeente: dict, ronde: dict) -> Inhoud | None:
    if code not in IN_POOL:
        return Inhoud(tekst=bron.open[code]) if gesprek.vertelt and code in bron.open else None
    tekst = vul(kies(_stemmen(bron, gesprek, code), nummer(bron.code), gesprek.plaats), gemeente, ronde)
    citaat = bron.citaat.get(code, "") if _zegt_het_zelf(gesprek, code) else ""
    return Inhoud(tekst=tekst, citaat=citaat)


def _stemmen(bron: Dossierbron, gesprek: Gesprek, code: str) -> Sequence[str]:
    pool = lees("stemmen")[code]
    if gesprek.soort == "gemeente":
        return pool["gemeente_samen" if bron.feiten.get("V1.3") == "ja" else "gemeente_alleen"]
    return pool[gesprek.soort]


def _zegt_het_zelf(gesprek: Gesprek, code: str) -> bool:
    """Whose words the quote is: on the approach of employers an employer's, else the municipality's."""
    return gesprek.soort == "werkgevers" if code == "V3.3" else gesprek.vertelt
