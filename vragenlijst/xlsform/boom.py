"""The sheet `survey`: its rows as questions, each with the groups in which it stands. Pure, no Django."""

from dataclasses import dataclass, field

from vragenlijst.xlsform.blad import Blad, Rij
from vragenlijst.xlsform.melding import Ernst, Melding

# What the system knows by itself: who spoke to whom, and when.
METADATA = [
    "start",
    "end",
    "today",
    "deviceid",
    "phonenumber",
    "username",
    "email",
    "audit",
    "simserial",
    "subscriberid",
    "start-geopoint",
    "background-audio",
    "background-geopoint",
]
NIET_TE_STELLEN = {
    "note": "een mededeling is geen vraag",
    "calculate": "er wordt hier niet gerekend",
    "hidden": "een verborgen veld vraagt niets",
    "acknowledge": "een bevestiging is geen antwoord op een vraag",
    "trigger": "een bevestiging is geen antwoord op een vraag",
    "rank": "antwoorden op volgorde zetten kan hier niet",
    "select_one_from_file": "de antwoorden staan in een ander bestand",
    "select_multiple_from_file": "de antwoorden staan in een ander bestand",
    "select_one_external": "de antwoorden staan in een ander bestand",
    "xml-external": "gegevens uit een ander bestand worden niet gelezen",
    "csv-external": "gegevens uit een ander bestand worden niet gelezen",
}
BIJLAGE = ["geopoint", "geotrace", "geoshape", "image", "photo", "audio", "video", "file", "barcode"]
WAARDEN = {"integer": "integer", "int": "integer", "decimal": "decimal", "range": "decimal", "date": "date"}
ALS_TEKST = {
    "time": "een tijdstip",
    "datetime": "een datum en tijdstip",
}
TEKST = ("text", "string")
KEUZESOORTEN = ("select_one", "select_multiple")
ANDERS_GENOEMD = {
    "select one": "select_one",
    "select1": "select_one",
    "select one from": "select_one",
    "add select one prompt using": "select_one",
    "select multiple": "select_multiple",
    "select all that apply": "select_multiple",
    "select all that apply from": "select_multiple",
    "select_multiple from": "select_multiple",
    "select_one from": "select_one",
}
KADERS = {
    "begin group": "begin_group",
    "begin_group": "begin_group",
    "end group": "end_group",
    "end_group": "end_group",
    "begin repeat": "begin_repeat",
    "begin_repeat": "begin_repeat",
    "end repeat": "end_repeat",
    "end_repeat": "end_repeat",
}


@dataclass(eq=False)
class Groep:
    """A group of the form; compared by identity, since two groups may well be alike."""

    rij: Rij
    herhaald: bool = False
    eigen_vragen: int = 0  # that stand in it and in no group within it

    @property
    def titel(self) -> str:
        return " ".join((self.rij["label"] or self.rij["name"]).split())


@dataclass(frozen=True)
class Formuliervraag:
    """A row that asks something: `soort` is select_one, select_multiple, text, integer, decimal or date; `lijst` names its answers."""

    rij: Rij
    groepen: tuple[Groep, ...]
    soort: str
    lijst: str = ""
    of_anders: bool = False
    was: str = ""  # what kind of text the form wants: 'een datum'


@dataclass
class Boom:
    vragen: list[Formuliervraag] = field(default_factory=list)
    meldingen: list[Melding] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)


def lees_boom(blad: Blad) -> Boom:
    lezer = _Lezer(blad.naam)
    for rij in blad.rijen:
        lezer.lees(rij)
    for groep in lezer.open:
        lezer.fout(groep.rij, f"de groep ‘{groep.titel}’ wordt nergens gesloten.")
    return lezer.boom


class _Lezer:
    def __init__(self, blad: str):
        self.blad = blad
        self.boom = Boom()
        self.open: list[Groep] = []

    def fout(self, rij: Rij, zin: str) -> None:
        self.boom.fouten.append(f"Blad {self.blad}, rij {rij.nummer}: {zin}")

    def meld(self, ernst: Ernst, rij: Rij, zin: str, kolom: str = "type") -> None:
        self.boom.meldingen.append(Melding(ernst, self.blad, rij.nummer, kolom, zin))

    def lees(self, rij: Rij) -> None:
        soort = " ".join(rij["type"].lower().split())
        if not soort:
            self._zonder_type(rij)
        elif rij["disabled"].lower() in ("yes", "true", "ja"):
            self.meld(Ernst.NIET, rij, f"‘{_naam(rij)}’ is in het formulier uitgezet.", "disabled")
        elif soort in KADERS:
            self._kader(rij, KADERS[soort])
        elif soort in METADATA:
            self.meld(Ernst.GEEN_DEEL, rij, f"‘{soort}’ legt het systeem zelf vast.")
        elif any(groep.herhaald for groep in self.open):
            self.meld(
                Ernst.NIET, rij, f"‘{_naam(rij)}’ staat in een herhaling, en een vraag wordt hier één keer gesteld."
            )
        else:
            self._vraag(rij, soort)

    def _zonder_type(self, rij: Rij) -> None:
        if rij["name"]:
            self.fout(rij, "de kolom type is leeg.")
        else:
            self.meld(Ernst.NIET, rij, "deze rij heeft geen type en geen name; wat er staat, is niet gelezen.", "")

    def _kader(self, rij: Rij, soort: str) -> None:
        if soort.startswith("begin"):
            self.open.append(Groep(rij, herhaald=soort == "begin_repeat"))
            if soort == "begin_repeat":
                self.meld(Ernst.NIET, rij, f"de herhaling ‘{_naam(rij)}’: een vraag wordt hier één keer gesteld.")
        elif not self.open or self.open[-1].herhaald != (soort == "end_repeat"):
            self.fout(rij, f"{soort} hoort niet bij wat het laatst is geopend.")
        else:
            self.open.pop()

    def _vraag(self, rij: Rij, soort: str) -> None:
        if reden := self._waarom_niet(soort):
            self.meld(Ernst.NIET, rij, f"‘{_naam(rij)}’: {reden}.")
            return
        vraag = self._ontleed(rij, soort)
        if vraag is None:
            keuzesoort = _kale_keuzesoort(soort)
            self.fout(
                rij,
                f"{keuzesoort} mist de naam van een keuzelijst."
                if keuzesoort
                else f"het type ‘{rij['type'][:60]}’ is niet bekend.",
            )
            return
        if not rij["name"]:
            self.fout(rij, "de kolom name is leeg.")
            return
        if self.open:
            self.open[-1].eigen_vragen += 1
        self.boom.vragen.append(vraag)

    def _waarom_niet(self, soort: str) -> str:
        kaal = soort.split()[0]
        if kaal in BIJLAGE:
            return "een plaats, opname of bestand is hier geen antwoord; een document hoort bij de bewijsstukken"
        return NIET_TE_STELLEN.get(soort) or NIET_TE_STELLEN.get(kaal, "")

    def _ontleed(self, rij: Rij, soort: str) -> Formuliervraag | None:
        groepen = tuple(self.open)
        if soort in TEKST:
            return Formuliervraag(rij, groepen, "text")
        if soort in WAARDEN:
            return Formuliervraag(rij, groepen, WAARDEN[soort])
        if soort in ALS_TEKST:
            return Formuliervraag(rij, groepen, "text", was=ALS_TEKST[soort])
        woorden = rij["type"].split()  # the name of a list keeps its capitals
        of_anders = woorden[-1].lower() == "or_other" or soort.endswith(" or specify other")
        if of_anders:
            woorden = woorden[:-1] if woorden[-1].lower() == "or_other" else woorden[:-3]
        begin = " ".join(woorden[:-1]).lower()
        begin = ANDERS_GENOEMD.get(begin, begin)
        if begin in KEUZESOORTEN and not _kale_keuzesoort(soort):
            return Formuliervraag(rij, groepen, begin, woorden[-1], of_anders)
        return None


def _kale_keuzesoort(soort: str) -> str:
    """Which kind of select this is when it does not name its list; empty when it does, or is none."""
    kaal = soort.removesuffix(" or_other").removesuffix(" or specify other")
    kaal = ANDERS_GENOEMD.get(kaal, kaal)
    return kaal if kaal in KEUZESOORTEN else ""


def _naam(rij: Rij) -> str:
    return rij["label"] or rij["name"] or rij["type"]


GELEZEN = ("type", "name", "label", "hint", "relevant", "required", "disabled")
