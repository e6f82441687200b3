"""Database → Rapportdocument, with the anatomy of V08/01. The instrument is data: its onderdelen make the paragraphs.

Nothing here depends on the moment of printing: the same data and text give the same document, and so the same bytes. No name
of a municipality or of a person comes in from the data; what the analist writes is theirs.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from rapportage import concepttekst, drukker, indelingen, opmaak, pdf, queries, tabellen, tabellen_trend
from rapportage.afkortingen import afkortingen_in
from rapportage.bijlagen import bijlagen_over_het_rapport
from rapportage.canoniek import canoniek, sha256
from rapportage.document import (
    Bijlage,
    Blok,
    Colofon,
    Databestand,
    Grafiek,
    Hoofdstuk,
    Kop,
    Lijst,
    Paragraaf,
    Post,
    Rapportdocument,
    Tabel,
    Tekst,
)
from rapportage.drukpers import Drukwerk, NietGedrukt
from rapportage.export import tellingen
from rapportage.models import Passage, Rapport
from rapportage.onderdrukking import niet_te_vergelijken, openbaar
from rapportage.queries import fotomoment as queries_fotomoment
from rapportage.queries import trend as queries_trend
from rapportage.queries.status import uitgavenummer
from rapportage.tabellen import hoofdletter, kleine_letter
from rapportage.trekkingverslag import trekkingblokken
from rapportage.uitkomst import Onderdeeluitkomst, Steekproef, Uitkomsten
from vragenlijst.models import Aandachtspunt, Keuze, Ronde, Vraag
from vragenlijst.queries import onderdelen_met_vragen

ORGANISATIE = "Inspectie Werk en Inkomen"
BREEDTE = 760  # a picture drawn wider is printed smaller: so two questions with their tables fit a page
SOORTEN = {
    Vraag.Soort.OPEN: "in eigen woorden",
    Vraag.Soort.GEMEENTE: "een gemeente",
    Vraag.Soort.AFSPRAKEN: "afspraken per partij",
    Vraag.Soort.DATUM: "een datum",
}


def pdf_van_rapport(rapport: Rapport) -> bytes:
    """The report as PDF with its data embedded: what the browser downloads and the command writes.

    Once the text stands firm these are the bytes of its edition: it is never printed again. Raises NietGedrukt with a sentence
    when the press refuses or overruns its limits.
    """
    if not rapport.te_bewerken:
        return bytes(rapport.uitgaven.values_list("pdf", flat=True)[0])
    return drukker.druk_af(drukwerk_van(rapport))


def definitieve_pdf(rapport: Rapport) -> bytes:
    """The report as it is printed when it is vastgesteld. What `druk_vooraf` printed of the same text and data is used."""
    return _gedrukt(drukwerk_van(rapport, definitief=True))


def druk_vooraf(rapport: Rapport) -> None:
    """Print the edition to come, so that nothing has to wait for the press while it is made."""
    with suppress(NietGedrukt):
        definitieve_pdf(rapport)


def drukwerk_van(rapport: Rapport, *, definitief: bool = False) -> Drukwerk:
    uitkomsten = openbare_uitkomsten(rapport.ronde)
    return pdf.drukwerk_van(rapportdocument(rapport, uitkomsten, definitief=definitief), [databestand(uitkomsten)])


_laatst_gedrukt: dict[str, bytes] = {}


def _gedrukt(drukwerk: Drukwerk) -> bytes:
    sleutel = sha256(drukwerk.ingepakt())
    if sleutel not in _laatst_gedrukt:
        inhoud = drukker.druk_af(drukwerk)
        _laatst_gedrukt.clear()
        _laatst_gedrukt[sleutel] = inhoud
    return _laatst_gedrukt[sleutel]


def sjabloonzegel() -> str:
    """SHA-256 over the templates and style sheets that a report is printed with."""
    paden = [
        pad
        for map_ in (settings.BASE_DIR / "templates" / "rapportage" / "pdf", settings.BASE_DIR / pdf.STIJLBLADEN)
        for pad in sorted(map_.iterdir())
    ]
    return sha256(canoniek({pad.name: sha256(pad.read_bytes()) for pad in paden}))


def bestandsnaam(rapport: Rapport, versie: int = 0) -> str:
    """A name that says what it is in any folder: "V08-01-juni-2008.pdf"; a second version and later says so."""
    nummer = slugify(rapport.nummer.replace("/", "-")).upper()
    staart = f"-versie-{versie}" if versie > 1 else ""
    return f"{nummer}-{slugify(rapport.ronde.slug)}{staart}.pdf"


def openbare_uitkomsten(ronde: Ronde) -> Uitkomsten:
    """What a round comes to as the outside may see it: the figures of the report, its data file and the public tables."""
    return openbaar(queries.uitkomsten(ronde))


def databestand(uitkomsten: Uitkomsten) -> Databestand:
    return Databestand(
        "uitkomsten.csv", "text/csv", tellingen.csv_van(uitkomsten), "De tellingen waarop dit rapport berust"
    )


def rapportdocument(
    rapport: Rapport, uitkomsten: Uitkomsten | None = None, *, definitief: bool = False
) -> Rapportdocument:
    """The whole report, ready to print: text from the passages, every figure from the data as they are now.

    `definitief` is the edition that stands firm; anything else says on each page what it is."""
    ronde = rapport.ronde
    uitkomsten = uitkomsten or openbare_uitkomsten(ronde)
    steekproef = queries.steekproef(ronde)
    teksten = {(passage.plaats, passage.onderdeel_id): passage.tekst for passage in rapport.passages.all()}
    onderdelen = onderdelen_met_vragen(ronde.instrument)
    paren = list(zip(onderdelen, uitkomsten.onderdelen, strict=True))

    def passage(plaats: str, onderdeel: int | None = None) -> list[Blok]:
        tekst = teksten.get((plaats, onderdeel), "").strip()
        return [Tekst(opmaak.druk(tekst, kop=3))] if tekst else []

    inleiding = Hoofdstuk(
        "1",
        "Inleiding",
        paragrafen=(
            Paragraaf("1.1", "Aanleiding", passage(Passage.Plaats.AANLEIDING)),
            Paragraaf(
                "1.2",
                "Aanpak",
                [
                    *_tussenstand(uitkomsten),
                    *passage(Passage.Plaats.AANPAK),
                    *trekkingblokken(ronde),
                    *_steekproef(steekproef, uitkomsten),
                ],
            ),
        ),
    )
    bevindingen = Hoofdstuk(
        "2",
        "Bevindingen",
        paragrafen=[
            Paragraaf(
                f"2.{nummer}",
                uitkomst.titel,
                [*passage(Passage.Plaats.BEVINDINGEN, onderdeel.pk), *_uitkomsten_van(uitkomst)],
            )
            for nummer, (onderdeel, uitkomst) in enumerate(paren, start=1)
        ]
        + _ontwikkeling(ronde, f"2.{len(paren) + 1}", passage(Passage.Plaats.ONTWIKKELING)),
    )
    slotsom: list[Blok] = []
    for onderdeel, uitkomst in paren:
        if tekst := passage(Passage.Plaats.CONCLUSIES, onderdeel.pk):
            slotsom += [Kop(uitkomst.titel), *tekst]
    if tekst := passage(Passage.Plaats.VERVOLG):
        slotsom += [Kop("Vervolg"), *tekst]
    hoofdstukken = (inleiding, bevindingen, Hoofdstuk("3", "Conclusies", inhoud=slotsom))
    bijlagen = _bijlagen(ronde, onderdelen)
    bijlagen = (*bijlagen, *bijlagen_over_het_rapport(rapport, len(bijlagen) + 1))
    colofon = _colofon(rapport, uitkomsten, definitief)
    tekst = " ".join(tekst_van(hoofdstukken, bijlagen))
    return Rapportdocument(
        titel=rapport.titel,
        ondertitel=rapport.ondertitel,
        nummer=rapport.nummer,
        datum=rapport.datum,
        organisatie=ORGANISATIE,
        hoofdstukken=hoofdstukken,
        afkortingen=afkortingen_in(tekst),
        bijlagen=bijlagen,
        colofon=colofon,
        omschrijving=f"{rapport.titel}: {ronde.naam}, {tabellen.gemeenten(uitkomsten.aantal)}.",
        trefwoorden=(ronde.instrument.naam, ronde.naam, "monitor"),
        status="" if definitief else _status(rapport, uitkomsten),
        uitgave=_uitgave(rapport, definitief),
    )


def _uitgave(rapport: Rapport, definitief: bool) -> str:
    """Which edition this is, when there was one before: a reader must see it without the colofon."""
    nummer = uitgavenummer(rapport, komend=definitief)
    if nummer == 1:
        return ""
    return f"Versie {nummer}, vastgesteld op {datum(timezone.localdate())}" if definitief else f"Versie {nummer}"


def _status(rapport: Rapport, uitkomsten: Uitkomsten) -> str:
    """What stands on the title page and at the foot of each page, as long as report or round is not final."""
    return hoofdletter(", ".join(filter(None, [rapport.get_status_display(), concepttekst.tussenstand(uitkomsten)])))


# --- Inleiding and Bevindingen --------------------------------------------------------------------------------------


def _tussenstand(uitkomsten: Uitkomsten) -> Iterator[Blok]:
    """On a round that is not closed the report says so itself, from the figures of this moment, whatever the passage says."""
    if tekst := concepttekst.tussenstandalinea(uitkomsten):
        yield Tekst(opmaak.druk(tekst))


def _steekproef(steekproef: Steekproef, uitkomsten: Uitkomsten) -> Iterator[Blok]:
    if steekproef.aantal:
        yield tabellen.steekproeftabel(steekproef, (indelingen.GROOTTE.naam, indelingen.RANDSTAD.naam))
    if tabel := tabellen.gesprekkentabel(steekproef):
        yield tabel
    yield tabellen.bandentabel(uitkomsten.banden)


def _uitkomsten_van(onderdeel: Onderdeeluitkomst) -> Iterator[Blok]:
    """The figures of one onderdeel, as far as asked: closed questions and their themes, then the open ones, then the norms."""
    # How many were asked may be left out: then so is that it may have been none.
    gevraagd = [v for v in onderdeel.vragen if v.alle.gevraagd or "gevraagd" in v.alle.verborgen]
    weg, gevraagd = [v for v in gevraagd if v.alle.verborgen], [v for v in gevraagd if not v.alle.verborgen]
    gesloten = [vraag for vraag in gevraagd if vraag.is_gesloten]
    open_ = [vraag for vraag in gevraagd if not vraag.is_gesloten]
    if gesloten:
        yield Kop("Antwoorden op de vragen")
    for vraag in gesloten:
        yield tabellen.vraaggrafiek(vraag, BREEDTE) or tabellen.vraagtabel(vraag)
    if zin := tabellen.zonder_cijfers(weg):
        yield Tekst(opmaak.druk(zin))
    if themas := list(filter(None, map(tabellen.thematabel, gesloten))):
        yield Kop("Thema’s in de toelichtingen")
        yield from themas
    if open_:
        yield Kop("Open vragen")
        yield tabellen.opentabel(open_)
        yield from tabellen.getallentabellen(open_)
        yield from filter(None, map(tabellen.thematabel, open_))
    if onderdeel.normen:
        titel = f"Oordelen over {onderdeel.titel_aandachtspunten}"
        grafiek = tabellen.normengrafiek(onderdeel.normen, titel, tabellen.kenmerk(f"normen-{onderdeel.code}"), BREEDTE)
        if grafiek:
            yield Kop("Toetsing aan de aandachtspunten")
            yield grafiek
            yield tabellen.voldoettabel(onderdeel.normen)


def _ontwikkeling(ronde: Ronde, nummer: str, tekst: list[Blok]) -> list[Paragraaf]:
    """What changed since the round before; no paragraaf for the first."""
    if not ronde.vorige:
        return []
    ontwikkeling = queries_trend.ontwikkeling(ronde, ronde.vorige)
    lot = queries_trend.lot_van_intenties(ronde).telling
    titel = f"Ontwikkeling sinds {kleine_letter(ronde.vorige.naam)}"
    weg = niet_te_vergelijken(ontwikkeling, map(openbare_uitkomsten, (ronde, ronde.vorige)))
    return [Paragraaf(nummer, titel, [*tekst, *tabellen_trend.blokken(ontwikkeling, lot, weg)])]


# --- Bijlagen and colofon -------------------------------------------------------------------------------------------


def _bijlagen(ronde: Ronde, onderdelen) -> tuple[Bijlage, Bijlage]:
    normen: dict[int, list[Aandachtspunt]] = {onderdeel.pk: [] for onderdeel in onderdelen}
    for norm in Aandachtspunt.objects.filter(onderdeel__instrument=ronde.instrument_id):
        normen[norm.onderdeel_id].append(norm)
    punten: list[Blok] = []
    vragen: list[Blok] = []
    for onderdeel in onderdelen:
        if normen[onderdeel.pk]:
            punten += [Kop(onderdeel.titel_aandachtspunten), Lijst([_norm(norm) for norm in normen[onderdeel.pk]])]
        if onderdeel.vragen.all():
            vragen += [Kop(onderdeel.titel), Lijst([_vraag(vraag) for vraag in onderdeel.vragen.all()])]
    naam = ronde.instrument.naam
    return (
        Bijlage("1", f"Aandachtspunten {kleine_letter(naam)}", punten),
        Bijlage("2", f"Vragenlijst {kleine_letter(naam)}", vragen),
    )


def _norm(norm: Aandachtspunt) -> Post:
    return Post(norm.code, norm.tekst, [("Gevraagd bewijs", norm.bewijs)] if norm.bewijs else [])


def _vraag(vraag: Vraag) -> Post:
    keuzes = [keuze.naam for keuze in vraag.keuzes.all() if keuze.soort == Keuze.Soort.INHOUD]
    regels = [("Antwoord", " · ".join(keuzes) if vraag.is_gesloten else _gevraagd(vraag))]
    if vraag.voorwaarde:
        regels.append(("Gesteld bij", f"{vraag.voorwaarde.vraag.code} = {vraag.voorwaarde.naam}"))
    return Post(vraag.code, vraag.tekst, regels, vervolg=vraag.hoofdvraag_id is not None)


def _gevraagd(vraag: Vraag) -> str:
    return (
        kleine_letter(vraag.getalregel.in_woorden.rstrip("."))
        if vraag.soort == Vraag.Soort.GETAL
        else SOORTEN[vraag.soort]
    )


def _colofon(rapport: Rapport, uitkomsten: Uitkomsten, definitief: bool) -> Colofon:
    ronde = rapport.ronde
    foto = queries_fotomoment.laatste(ronde)
    nummer = uitgavenummer(rapport, komend=definitief)
    stand = "vastgesteld" if definitief else rapport.get_status_display().lower()
    verdeling = ", ".join(f"{n} {groep.na(n)}" for groep, n in uitkomsten.per_groep[:-1])
    return Colofon(
        regels=(
            ("Rapport", f"{rapport.nummer}, {datum(rapport.datum)}, versie {nummer}, status {stand}"),
            ("Ronde", f"{ronde.naam}, {ronde.get_status_display().lower()}; peildatum {datum(ronde.peildatum)}"),
            ("Steekproef", tabellen.gemeenten(uitkomsten.aantal) + (f": {verdeling}" if verdeling else "")),
            ("Gegevens", f"{uitkomsten.vastgesteld} van {uitkomsten.in_ronde} dossiers vastgesteld"),
            *(
                [("Fotomoment", f"versie {foto.versie} van deze ronde"), ("Zegel (SHA-256)", foto.sha256)]
                if foto and uitkomsten.gesloten
                else []
            ),
            ("Instrument", str(ronde.instrument)),
            ("Eenheid", "een aantal is een aantal gemeenten (dossiers), tenzij erbij staat dat het om interviews gaat"),
            (
                "Noemer",
                "percentages van de gemeenten met een inhoudelijk antwoord of oordeel; weet niet, n.v.t. en niet te beoordelen "
                "tellen niet mee",
            ),
            ("Gegevensbestand", "de tellingen zijn als uitkomsten.csv in deze PDF opgenomen"),
            ("Gemaakt met", f"Monitor, versie {settings.VERSIE}"),
        ),
        slot="" if uitkomsten.gesloten else "De ronde is nog niet gesloten: de aantallen kunnen nog veranderen.",
    )


def datum(dag: date) -> str:
    return date_format(dag, "j F Y")


# --- The text of it ---------------------------------------------------------------------------------------------------


def tekst_van(hoofdstukken: Iterable[Hoofdstuk], bijlagen: Iterable[Bijlage] = ()) -> Iterator[str]:
    """All that there is to read in these chapters and annexes, piece by piece."""
    for hoofdstuk in hoofdstukken:
        yield hoofdstuk.titel
        yield from _tekst(hoofdstuk.inhoud)
        for paragraaf in hoofdstuk.paragrafen:
            yield paragraaf.titel
            yield from _tekst(paragraaf.inhoud)
    for bijlage in bijlagen:
        yield bijlage.titel
        yield from _tekst(bijlage.inhoud)


def _tekst(blokken: Iterable[Blok]) -> Iterator[str]:
    for blok in blokken:
        match blok:
            case Tekst(html):
                yield re.sub(r"<[^>]+>", " ", html)
            case Kop(titel):
                yield titel
            case Tabel():
                yield from _tekst_van_tabel(blok)
            case Grafiek():
                yield blok.alt
                yield from _tekst_van_tabel(blok.tabel)
            case Lijst(posten):
                for post in posten:
                    yield f"{post.tekst} {' '.join(hoofdletter(waarde) for _, waarde in post.regels)}"


def _tekst_van_tabel(tabel: Tabel) -> Iterator[str]:
    yield tabel.bijschrift
    yield tabel.noot
    yield from tabel.kolommen
    for rij in tabel.rijen:
        yield from map(str, rij)
