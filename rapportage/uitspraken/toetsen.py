"""Holding a text against the figures: what is wrong in it, where, and what would be right. Pure, no Django.

Soorten of a melding, in the order of the checks:

    onleesbaar, onmeetbaar     a binding that cannot be read, or asks for what the round does not have
    klopt_niet                 the words claim another number than the data have
    verouderd                  they still hold, but the number is not what it was when somebody last looked
    kwetsbaar                  they hold, and would not if one dossier were the other way
    zonder_hoeveelheid         bound, and it does not say how many
    eenheid, groep             it counts something else, or others, than it says
    noemer                     it is taken of other municipalities than in the tables
    herleidbaar                a group or an area so small that its municipalities can be told, or one named; a share of one or two;
                               or what a table leaves out of a small group, when these words are laid beside it
    ongebonden                 a quantity that nothing carries
    zonder_bevinding, sterker, bredere_groep, andere_eenheid     a conclusion beside its findings (`vergelijken`)
    verschuiving               an unbound conclusion that says another quantity, or of something else, than a finding much like it
    delen                      parts that are said to be all, and are not
    afkorting                  not in the list
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapportage.kwantoren import BANDEN, Band, woord
from rapportage.onderdrukking import DREMPEL, klein
from rapportage.uitspraken import eenheden, lezen, vergelijken, verschuiven
from rapportage.uitspraken.claims import Claim, Melder, claims_in
from rapportage.uitspraken.getallen import in_woorden
from rapportage.uitspraken.herleiden import namen_in, onbekende_afkortingen
from rapportage.uitspraken.lezen import AANLEIDING, BEVINDINGEN, CONCLUSIES, Tekst
from rapportage.uitspraken.maat import GESPREKKEN, REGIOSOORTEN, Maat, Onleesbaar, lees
from rapportage.uitspraken.meting import FOUT, KWETSBAAR, WAARSCHUWING, Melding, Meting
from rapportage.uitspraken.ontleden import gebonden
from rapportage.uitspraken.verruilen import Geheim
from rapportage.uitspraken.woorden import Hoeveelheid, hoeveelheden
from rapportage.uitspraken.zinnen import GEEN_LIDWOORD


@dataclass(frozen=True)
class Kennis:
    """What a check knows beside the figures: names of the municipalities of the round, its areas with the number of dossiers in each,
    the list of abbreviations, what each question asks (under "V2.2?" what the question asks on which V2.2 hangs), and what the
    public tables leave out."""

    namen: Collection[str] = ()
    gebieden: Mapping[str, int] = field(default_factory=dict)
    afkortingen: Collection[str] = ()
    vraagteksten: Mapping[str, str] = field(default_factory=dict)
    drempel: int = DREMPEL
    geheim: Geheim | None = None


def toets(
    teksten: Sequence[Tekst],
    metingen: Mapping[Maat, Meting],
    banden: Sequence[Band] = BANDEN,
    kennis: Kennis | None = None,
) -> list[Melding]:
    """All that is to be said of these texts together, in the order of the texts and of the places in them."""
    kennis = kennis or Kennis()
    claims = {nr: claims_in(tekst, metingen, banden) for nr, tekst in enumerate(teksten)}
    uit: list[tuple[int, Melding]] = []
    for nr, tekst in enumerate(teksten):
        meld = Melder(tekst)
        uit += [(nr, m) for m in _van_tekst(tekst, claims[nr], banden, kennis, meld)]
    plek = {id(tekst): nr for nr, tekst in enumerate(teksten)}
    alle = [claim for reeks in claims.values() for claim in reeks]
    naast_elkaar = (*vergelijken.vergelijk(alle, teksten, banden), *verschuiven.verschuivingen(teksten, banden))
    uit += [(plek[id(tekst)], melding) for tekst, melding in naast_elkaar]
    uit += [(plek[id(claim.tekst)], melding) for claim, melding in _verraden(alle, kennis)]
    return [melding for _, melding in sorted(uit, key=lambda paar: (paar[0], paar[1].begin, paar[1].soort))]


def _van_tekst(tekst: Tekst, claims: list[Claim], banden, kennis: Kennis, meld: Melder) -> Iterator[Melding]:
    for stuk in gebonden(tekst.tekst):
        try:
            lees(stuk.maat)
        except Onleesbaar as reden:
            yield meld("onleesbaar", FOUT, stuk.begin, stuk.eind, f"De maat is niet te lezen. {reden}")
    for claim in claims:
        yield from _van_claim(claim, kennis, meld)
    if tekst.plaats not in ("", AANLEIDING):  # there it is about the world, not about what was found
        yield from _ongebonden(tekst, banden, meld)
    yield from _delen(tekst, claims, meld)
    yield from _herleidbaar(tekst, kennis, meld)
    if kennis.afkortingen and tekst.plaats not in ("", "afkortingen"):
        for begin, eind in onbekende_afkortingen(lezen.leesbaar(tekst.tekst), kennis.afkortingen):
            kort = tekst.tekst[begin:eind]
            yield meld(
                "afkorting", WAARSCHUWING, begin, eind, f"De afkorting {kort} staat niet in de lijst van afkortingen."
            )


# --- What is bound ----------------------------------------------------------------------------------------------------


def _van_claim(claim: Claim, kennis: Kennis, meld: Melder) -> Iterator[Melding]:
    stuk, meting = claim.stuk, claim.meting
    if meting.bezwaar:
        yield meld.bij(stuk, "onmeetbaar", FOUT, meting.bezwaar)
        return
    if not meting.n:
        yield meld.bij(stuk, "onmeetbaar", FOUT, "Er is niemand om van te tellen: de noemer is 0.")
        return
    yield from _stand(claim, meld)
    if not claim.hoeveelheden:
        zin = f"Er staat niet hoeveel het er zijn; het zijn er {meting}."
        yield meld.bij(stuk, "zonder_hoeveelheid", WAARSCHUWING, zin)
    wat = eenheden.wat_geteld(stuk.tekst)
    if wat and not eenheden.past_bij(wat, claim.maat, kennis.vraagteksten):
        zin = f"De zin telt {wat}, maar gemeten zijn {_eenheid(claim.maat)}."
        yield meld.bij(stuk, "eenheid", FOUT, zin)
    elif bezwaar := eenheden.groepsbezwaar(claim.maat, stuk.tekst, claim.zin):
        yield meld.bij(stuk, "groep", FOUT, bezwaar)
    if meting.in_tabel not in (None, meting.n):
        zin = f"De tabel telt dit van {meting.in_tabel} gemeenten, de zin van {meting.n}: laat ‘van={claim.maat.noemer}’ weg."
        yield meld.bij(stuk, "noemer", WAARSCHUWING, zin)
    if 0 < meting.groep < kennis.drempel:
        hoeveel = "één gemeente" if meting.groep == 1 else f"{meting.groep} gemeenten"
        zin = f"De groep telt {hoeveel}, minder dan {kennis.drempel}: wie het zijn, is te herleiden."
        yield meld.bij(stuk, "herleidbaar", FOUT, zin)
    elif klein(meting.kring, kennis.drempel) and len(claim.omvat) == 1:
        wie = "die ene gemeente" if meting.kring == 1 else "elk van die twee"
        zin = f"Dit is een deel van {meting.kring}, minder dan {kennis.drempel}: wat {wie} zei, is dan bekend. {RUIMER}"
        yield meld.bij(stuk, "herleidbaar", FOUT, zin)


def _stand(claim: Claim, meld: Melder) -> Iterator[Melding]:
    stuk, meting = claim.stuk, claim.meting
    juist = f"{woord(meting.x, meting.n, claim.banden)} ({meting})"
    toen = claim.gewijzigd
    gewijzigd = f" Toen de zin werd geschreven, waren het er {toen[0]} van {toen[1]}." if toen else ""
    match claim.stand:
        case "klopt_niet":
            staat = " en ".join(f"‘{' '.join(h.tekst.split())}’" for h in claim.onjuist)
            zin = f"Er staat {staat}, maar het is {juist}.{gewijzigd}"
            yield meld.bij(stuk, "klopt_niet", FOUT, zin, verbeterd(claim))
        case "verouderd":
            yield meld.bij(
                stuk,
                "verouderd",
                WAARSCHUWING,
                f"Het klopt nog, maar de gegevens zijn gewijzigd: nu {juist}.{gewijzigd}",
            )
        case "kwetsbaar":
            y, tekst = claim.kantelt[0]
            zin = (
                f"Het klopt ({meting}), maar bij {y} van {meting.n} zou ‘{tekst}’ niet meer kloppen. "
                f"{'Eén antwoord' if claim.omslaggroep == 1 else f'Elk van {claim.omslaggroep} antwoorden'} kan dat doen."
            )
            yield meld.bij(stuk, "kwetsbaar", KWETSBAAR, zin)


def verbeterd(claim: Claim) -> str:
    """The bound words with the right word and the right numbers; empty when that takes another sentence."""
    tekst, x, n = claim.stuk.tekst, claim.meting.x, claim.meting.n
    for h in reversed(claim.onjuist):
        match h.soort:
            case "van":
                nieuw = f"{x} van {'de ' if ' van de ' in h.tekst else ''}{n}"
            case "totaal":
                nieuw = re.sub(r"\S+$", str(n), h.tekst)
            case "procent":
                nieuw = f"{round(100 * x / n)}%"
            case "getal":
                nieuw = str(x) if h.tekst.isdecimal() else in_woorden(x)
            case _:
                vervangen = _ander_woord(h, tekst, woord(x, n, claim.banden))
                if vervangen is None:
                    return ""
                tekst = vervangen
                continue
        tekst = tekst[: h.begin] + _als(h.tekst, nieuw) + tekst[h.eind :]
    return tekst


def _ander_woord(h: Hoeveelheid, tekst: str, nieuw: str) -> str | None:
    """The text with another quantifier, with or without "van de" as that word has it; None for an adverb, which has no such pair."""
    na = tekst[h.eind :]
    zonder = re.match(r"\s+(?:van (?:de|deze) )?(?=\S)", na)
    if zonder is None or not eenheden.wat_na(tekst, h.eind):
        return None
    verbinding = " van deze " if "deze" in zonder[0] else " " if nieuw in GEEN_LIDWOORD else " van de "
    if nieuw == "een enkele":
        verbinding = " van de "
    return tekst[: h.begin] + _als(h.tekst, nieuw) + verbinding + na[zonder.end() :]


def _als(oud: str, nieuw: str) -> str:
    """With a capital where the old words had one."""
    return nieuw[0].upper() + nieuw[1:] if oud[:1].isupper() else nieuw


def _eenheid(maat: Maat) -> str:
    if maat.eenheid == GESPREKKEN:
        return "gesprekken"
    return "regio's" if maat.eenheid in REGIOSOORTEN else "gemeenten"


# --- What is not bound ------------------------------------------------------------------------------------------------


def _ongebonden(tekst: Tekst, banden, meld: Melder) -> Iterator[Melding]:
    """Quantities in running text that nothing carries: an error where it says of how many municipalities something was found."""
    los = lezen.zonder_gebonden(tekst.tekst)
    streng = tekst.plaats in (BEVINDINGEN, CONCLUSIES)
    for h in hoeveelheden(los, banden):
        wat = eenheden.wat_na(los, h.eind)
        if h.soort == "totaal" or not (wat or (streng and h.ook_los)):
            continue
        eind = _met_naamwoord(los, h)
        ernst = FOUT if streng and wat else WAARSCHUWING
        zin = f"‘{' '.join(h.tekst.split())}’ is niet aan een maat gebonden: niets laat zien dat het zo is."
        yield meld("ongebonden", ernst, h.begin, eind, zin)


def _met_naamwoord(tekst: str, h: Hoeveelheid) -> int:
    """Where the quantity with the few words behind it ends, so that one is told from another."""
    m = re.match(r"(?:[ \n]+[\w'’-]+){0,3}", tekst[h.eind :])
    return h.eind + m.end()


_REST = re.compile(r"\b(?:de|al de|alle) (?:overigen?|anderen?|rest)\b", re.IGNORECASE)


def _delen(tekst: Tekst, claims: list[Claim], meld: Melder) -> Iterator[Melding]:
    """Parts of one question of which the last is "de overige" add up to the whole, within a sentence or else a paragraph."""
    stukken = [*lezen.zinnen(tekst.tekst), *lezen.alineas(tekst.tekst)]
    gemeten = [claim for claim in claims if claim.meting.n]
    for slot in (claim for claim in gemeten if _REST.search(claim.stuk.tekst)):
        sommen = []
        for begin, eind in stukken:
            delen = {
                claim.maat: claim.meting.x
                for claim in gemeten
                if begin <= claim.stuk.begin <= slot.stuk.begin < eind and _zelfde_geheel(claim.maat, slot.maat)
            }
            if len(delen) > 1:
                sommen.append(sum(delen.values()))
        if sommen and slot.meting.n not in sommen:
            zin = f"De delen zijn samen {sommen[-1]} van {slot.meting.n}: ‘de overige’ is niet wat er overblijft."
            yield meld.bij(slot.stuk, "delen", FOUT, zin)


def _zelfde_geheel(een: Maat, ander: Maat) -> bool:
    """Whether these are parts of one whole: answers to one question, or its themes, out of the same dossiers."""
    if not len(een.termen) == len(ander.termen) == 1 or een.termen[0].code != ander.termen[0].code:
        return False
    if bool(een.termen[0].themas) != bool(ander.termen[0].themas):
        return False
    return (een.groep, een.noemer, een.onder, een.eenheid, een.ronde) == (
        ander.groep, ander.noemer, ander.onder, ander.eenheid, ander.ronde
    )  # fmt: skip


# --- Who can be recognised, and what is not explained -----------------------------------------------------------------


RUIMER = "Zeg het ruimer (‘ten minste …’), tel de groepen samen, of leg dit met een reden terzijde."


def _verraden(claims: Sequence[Claim], kennis: Kennis) -> Iterator[tuple[Claim, Melding]]:
    """What the text gives away of what the tables leave out; a share of one or two is pointed out already."""
    if kennis.geheim is None:
        return
    te_zien = [
        c for c in claims if not klein(c.meting.kring, kennis.drempel) and not klein(c.meting.groep, kennis.drempel)
    ]
    for claim, code in kennis.geheim.verraden(te_zien):
        zin = (
            f"Met dit aantal is te herleiden wat de tabellen bij {code} weglaten van een groep van minder dan "
            f"{kennis.drempel} gemeenten. {RUIMER}"
        )
        yield claim, Melder(claim.tekst).bij(claim.stuk, "herleidbaar", FOUT, zin)


def _herleidbaar(tekst: Tekst, kennis: Kennis, meld: Melder) -> Iterator[Melding]:
    gelezen = lezen.leesbaar(tekst.tekst)
    gehad: list[tuple[int, int]] = []
    for begin, eind, naam in namen_in(gelezen, kennis.namen):
        gehad.append((begin, eind))
        yield meld("herleidbaar", FOUT, begin, eind, f"De tekst noemt een gemeente van deze ronde: {naam}.")
    klein = [naam for naam, n in kennis.gebieden.items() if 0 < n < kennis.drempel]
    for begin, eind, naam in namen_in(gelezen, klein):
        if any(b < eind and begin < e for b, e in gehad):
            continue
        gehad.append((begin, eind))
        n = kennis.gebieden[naam]
        liggen = "ligt één gemeente" if n == 1 else f"liggen {n} gemeenten"
        zin = f"In {naam} {liggen} van deze ronde: wie het zijn, is te herleiden."
        yield meld("herleidbaar", FOUT, begin, eind, zin)
