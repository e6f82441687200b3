"""Uitkomsten → tables, charts and CSV; the page and the printed report show the same ones. Pure, no Django.

Each table carries its denominator; a percentage is of *beantwoord* and never stands without its number.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from rapportage.document import Grafiek, Tabel
from rapportage.grafieken import BREEDTE, Deel, Groep, gestapeld
from rapportage.kwantoren import BANDEN, bereik_in_woorden, van
from rapportage.uitkomst import Normuitkomst, Steekproef, Telling, Uitkomsten, Vraaguitkomst

MAX_STAVEN_DELEN = 6  # more parts than a reader can tell apart in a bar
STREEP = "–"
RIJKOPPEN = {
    "beantwoord": "Beantwoord",
    "weet_niet": "Weet niet",
    "nvt": "Niet van toepassing",
    "niet_vastgesteld": "Nog niet vastgesteld",
    "gevraagd": "Gevraagd",
}


def gemeenten(n: int) -> str:
    return f"{n} gemeente" if n == 1 else f"{n} gemeenten"


def met_aandeel(x: int, n: int) -> str:
    """ "6 (46%)", a dash when there is nothing to take a share of. Rounded half up, in integers."""
    return f"{x} ({(200 * x + n) // (2 * n)}%)" if n else STREEP


def opsomming(delen: Sequence[str]) -> str:
    """ "a, b en c"."""
    return " en ".join(filter(None, [", ".join(delen[:-1]), *delen[-1:]]))


def hoofdletter(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


# --- Questions ----------------------------------------------------------------------------------------------------


def noemer(vraag: Vraaguitkomst, telling: Telling | None = None) -> str:
    """Unit and denominator in words, of all dossiers or of one group."""
    telling = telling or vraag.alle
    delen = [f"Gesteld aan {gemeenten(telling.gevraagd)}, beantwoord door {telling.beantwoord}"]
    rest = [
        f"{RIJKOPPEN[naam].lower()} {getattr(telling, naam)}"
        for naam in ("weet_niet", "nvt", "niet_vastgesteld")
        if getattr(telling, naam)
    ]
    zin = "; ".join(delen + [", ".join(rest)] * bool(rest)) + "."
    if vraag.voorwaarde:
        zin += f" Alleen gesteld na ‘{vraag.voorwaarde.naam}’ op {vraag.voorwaarde.vraag}."
    return zin


def vraagtabel(vraag: Vraaguitkomst) -> Tabel:
    """One closed question: answers down, groups across, the denominators below; other kinds of question only the latter."""
    rijen = [
        (hoofdletter(keuze.naam), *(met_aandeel(t.per_keuze[keuze.code], t.beantwoord) for t in vraag.tellingen))
        for keuze in vraag.keuzes
    ]
    for naam, kop in RIJKOPPEN.items():
        aantallen = [getattr(telling, naam) for telling in vraag.tellingen]
        if naam in ("beantwoord", "gevraagd") or any(aantallen):
            rijen.append((kop, *aantallen))
    return Tabel(
        f"{vraag.code} {vraag.tekst}",
        ("Antwoord", *(telling.groep.naam for telling in vraag.tellingen)),
        rijen,
        noot=noemer(vraag) + (" Percentages van beantwoord." if vraag.is_gesloten and vraag.alle.beantwoord else ""),
    )


def vraaggrafiek(vraag: Vraaguitkomst, breedte: int = BREEDTE) -> Grafiek | None:
    """A bar per group with its answers; None when nobody answered or the answers are too many for a bar."""
    if not vraag.is_gesloten or not vraag.alle.beantwoord or len(vraag.keuzes) > MAX_STAVEN_DELEN:
        return None
    groepen = [
        Groep(t.groep.naam, [Deel(hoofdletter(keuze.naam), t.per_keuze[keuze.code]) for keuze in vraag.keuzes])
        for t in vraag.tellingen
    ]
    grafiek = gestapeld(
        f"{vraag.code} {vraag.tekst}", groepen, kenmerk=kenmerk(vraag.code), eenheid="antwoorden", breedte=breedte
    )
    return replace(grafiek, tabel=vraagtabel(vraag))


def thematabel(vraag: Vraaguitkomst) -> Tabel | None:
    """The themes of an open question, the most frequent first."""
    if not vraag.themas:
        return None
    return Tabel(
        f"Thema’s bij {vraag.code} {vraag.tekst}",
        ("Thema", *(telling.groep.naam for telling in vraag.tellingen)),
        [(thema.naam, *thema.aantallen) for thema in vraag.themas],
        noot=f"{noemer(vraag)} Eén antwoord kan meer dan één thema bevatten.",
    )


def opentabel(vragen: Sequence[Vraaguitkomst]) -> Tabel | None:
    """By how many municipalities the questions without fixed answers were answered, of how many asked."""
    if not vragen:
        return None
    return Tabel(
        "Vragen zonder vaste antwoorden: beantwoord, van het aantal gemeenten waaraan de vraag is gesteld",
        ("Vraag", *(telling.groep.naam for telling in vragen[0].tellingen)),
        [
            (f"{v.code} {v.tekst}", *(van(t.beantwoord, t.gevraagd) if t.gevraagd else STREEP for t in v.tellingen))
            for v in vragen
        ],
    )


def kenmerk(code: str) -> str:
    """An id for a chart or an anchor, from a code."""
    return "v-" + "".join(teken if teken.isalnum() else "-" for teken in code.lower())


# --- Norms --------------------------------------------------------------------------------------------------------


def normtabel(norm: Normuitkomst) -> Tabel:
    """One norm: judgements down, groups across."""
    rijen: list[tuple] = []
    for oordeel in norm.oordelen:
        rijen.append((oordeel.naam, *(met_aandeel(t.per_oordeel[oordeel.code], t.beoordeeld) for t in norm.tellingen)))
        if oordeel.code == "voldoet_deels" and norm.bewijs:
            rijen.append(("waarvan alleen verklaard", *(t.alleen_verklaard for t in norm.tellingen)))
    rijen.append(("Beoordeeld", *(t.beoordeeld for t in norm.tellingen)))
    if any(t.nog_niet for t in norm.tellingen):
        rijen.append(("Nog niet beoordeeld", *(t.nog_niet for t in norm.tellingen)))
    alle = norm.alle
    noot = f"Beoordeeld bij {van(alle.beoordeeld, alle.dossiers)} gemeenten."
    return Tabel(
        f"{norm.code} {norm.kort}",
        ("Oordeel", *(telling.groep.naam for telling in norm.tellingen)),
        rijen,
        noot=noot + (" Percentages van beoordeeld." if alle.beoordeeld else ""),
    )


def normengrafiek(normen: Sequence[Normuitkomst], titel: str, kenmerk: str, breedte: int = BREEDTE) -> Grafiek | None:
    """A bar per norm over all dossiers, with a table of the judgements; None when nothing is judged yet."""
    if not any(norm.alle.beoordeeld for norm in normen):
        return None
    staven = [
        Groep(f"{norm.code} {norm.kort}", [Deel(o.naam, norm.alle.per_oordeel[o.code]) for o in norm.oordelen])
        for norm in normen
    ]
    return replace(gestapeld(titel, staven, kenmerk=kenmerk, breedte=breedte), tabel=_oordelen(normen, titel))


def _oordelen(normen: Sequence[Normuitkomst], titel: str) -> Tabel:
    namen = [oordeel.naam for oordeel in normen[0].oordelen]
    nog_niet = any(norm.alle.nog_niet for norm in normen)
    rijen = []
    for norm in normen:
        alle = norm.alle
        cellen = [alle.per_oordeel[oordeel.code] for oordeel in norm.oordelen]
        rijen.append((f"{norm.code} {norm.kort}", *cellen, *([alle.nog_niet] if nog_niet else [])))
    verklaard = [f"{norm.code} {norm.alle.alleen_verklaard}" for norm in normen if norm.alle.alleen_verklaard]
    noot = "Aantallen gemeenten."
    if verklaard:
        noot += f" Van ‘voldoet deels’ alleen verklaard, zonder het gevraagde stuk: {', '.join(verklaard)}."
    return Tabel(titel, ("Aandachtspunt", *namen, *(["Nog niet beoordeeld"] if nog_niet else [])), rijen, noot)


def voldoettabel(normen: Sequence[Normuitkomst]) -> Tabel | None:
    """For each norm how many of the judged dossiers meet it, by group."""
    if not any(norm.alle.beoordeeld for norm in normen):
        return None
    return Tabel(
        "Aantal gemeenten dat voldoet, van het aantal beoordeelde",
        ("Aandachtspunt", *(telling.groep.naam for telling in normen[0].tellingen)),
        [
            (
                f"{norm.code} {norm.kort}",
                *(van(t.per_oordeel["voldoet"], t.beoordeeld) if t.beoordeeld else STREEP for t in norm.tellingen),
            )
            for norm in normen
        ],
    )


# --- The sample and the words -------------------------------------------------------------------------------------


def steekproeftabel(steekproef: Steekproef, verdelingen: Sequence[str]) -> Tabel:
    """The municipalities by role and the named characteristics."""
    regels = [regel for naam in verdelingen for regel in steekproef.verdeling(naam).regels]
    namen = ["rol", *(naam.lower() for naam in verdelingen)]
    return Tabel(
        f"Onderzochte gemeenten naar {opsomming(namen)}",
        ("Kenmerk", *(groep.naam for groep in steekproef.groepen)),
        [(hoofdletter(label), *aantallen) for label, aantallen in regels] + [("Alle gemeenten", *steekproef.dossiers)],
        noot="Rol, inwonertal en ligging zoals op de peildatum van de ronde.",
    )


def gesprekkentabel(steekproef: Steekproef) -> Tabel | None:
    """Interviews by domain: the one table whose unit is not the municipality, so it says so."""
    if not steekproef.gesprekken:
        return None
    return Tabel(
        "Gehouden interviews naar domein",
        ("Domein", "Interviews", "Gemeenten"),
        [(g.domein, g.interviews, g.gemeenten) for g in steekproef.gesprekken]
        + [("Alle domeinen", steekproef.interviews, STREEP)],
        noot="Interviews: aantal gehouden interviews. Gemeenten: aantal gemeenten waar die zijn gehouden.",
    )


def bandentabel() -> Tabel:
    """The quantifiers of the report and what each claims."""
    return Tabel(
        "Hoeveelheidswoorden in dit rapport",
        ("Woord", "Aantal of aandeel van de gemeenten met een antwoord"),
        [(hoofdletter(band.woord), bereik_in_woorden(band)) for band in BANDEN],
        breedtes=(35, 65),
    )


# --- CSV ----------------------------------------------------------------------------------------------------------

KOLOMMEN = (
    "ronde", "onderdeel", "soort", "code", "tekst", "groep", "antwoord", "aantal",
    "gevraagd", "beantwoord", "weet_niet", "niet_van_toepassing", "nog_niet_vastgesteld",
)  # fmt: skip
GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r")


def onschadelijk(cel: str | int) -> str | int:
    """A cell that a spreadsheet would execute is made text; what is stored stays as it was (design 8.11)."""
    return f"'{cel}" if isinstance(cel, str) and cel.startswith(GEVAARLIJK) else cel


def csv_van(uitkomsten: Uitkomsten) -> bytes:
    """All counts in one long table, a line per question or norm, group and answer; `aantal` is of dossiers. UTF-8."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, lineterminator="\r\n")
    schrijver.writerow(KOLOMMEN)
    for onderdeel in uitkomsten.onderdelen:
        plaats = (uitkomsten.ronde, onderdeel.titel)
        for regel in (*_vraagregels(onderdeel.vragen), *_normregels(onderdeel.normen)):
            schrijver.writerow([onschadelijk(cel) for cel in (*plaats, *regel)])
    return uit.getvalue().encode()


def _vraagregels(vragen: Sequence[Vraaguitkomst]):
    for vraag in vragen:
        for plek, t in enumerate(vraag.tellingen):
            noemers = (t.gevraagd, t.beantwoord, t.weet_niet, t.nvt, t.niet_vastgesteld)
            kop = (vraag.code, vraag.tekst, t.groep.naam)
            for keuze in vraag.keuzes:
                yield "vraag", *kop, keuze.naam, t.per_keuze[keuze.code], *noemers
            if not vraag.is_gesloten:
                yield "vraag", *kop, "(beantwoord)", t.beantwoord, *noemers
            for thema in vraag.themas:
                yield "thema", *kop, thema.naam, thema.aantallen[plek], *noemers


def _normregels(normen: Sequence[Normuitkomst]):
    for norm in normen:
        for t in norm.tellingen:
            noemers = (t.dossiers, t.beoordeeld, 0, 0, t.nog_niet)
            kop = (norm.code, norm.tekst, t.groep.naam)
            for oordeel in norm.oordelen:
                yield "aandachtspunt", *kop, oordeel.naam, t.per_oordeel[oordeel.code], *noemers
            yield "aandachtspunt", *kop, "waarvan alleen verklaard", t.alleen_verklaard, *noemers
