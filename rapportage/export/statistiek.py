"""For SPSS and R: how to read the file with numbers, and what the numbers mean. Open answers are in the file per dossier.

The two programs read the same CSV (semicolons, UTF-8); a text in it has no line ends, so that each dossier is one line.
"""

from collections.abc import Iterator, Sequence

from rapportage.export.velden import ONTBREEKT_VANAF, Veld

GEGEVENS = "gegevens.csv"
LANGSTE_NAAM = 250  # SPSS allows 256 bytes for the name of a variable and 120 for that of a value
LANGSTE_WAARDE = 115
# DOT reads a comma before the decimals whatever the country of the program; EDATE a date with the day first.
SPSS = {"getal": "F8.0", "decimaal": "DOT20.6", "datum": "EDATE10", "tekst": "A10"}


def variabelen(velden: Sequence[Veld]) -> list[Veld]:
    """The columns that are a number or a short code."""
    return [veld for veld in velden if not veld.tekst]


def rijen(velden: Sequence[Veld], dossiers) -> Iterator[tuple]:
    for feiten in dossiers:
        yield tuple(veld.nummer(feiten) for veld in velden)


# --- SPSS ---------------------------------------------------------------------------------------------------------


def spss(velden: Sequence[Veld], titel: str) -> str:
    """Syntax that reads the file, names variables and values, and calls missing what is."""
    regels = [
        f"* {_kaal(titel)}.",
        f"* Zet dit bestand en {GEGEVENS.replace('.', ' punt ')} in een map en maak die met CD de werkmap.",
        "GET DATA /TYPE=TXT",
        f"  /FILE='{GEGEVENS}'",
        "  /ENCODING='UTF8'",
        "  /ARRANGEMENT=DELIMITED",
        "  /DELIMITERS=';'",
        "  /QUALIFIER='\"'",
        "  /FIRSTCASE=2",
        "  /VARIABLES=",
        *(f"    {veld.variabele} {SPSS[veld.soort]}" for veld in velden),
        "  .",
        "VARIABLE LABELS",
        *(f"  {veld.variabele} {_aangehaald(veld.omschrijving, LANGSTE_NAAM)}" for veld in velden),
        "  .",
    ]
    for veld in velden:
        if veld.waarden:
            regels += [f"VALUE LABELS {veld.variabele}"]
            regels += [f"  {w.nummer} {_aangehaald(w.naam, LANGSTE_WAARDE)}" for w in veld.waarden]
            regels += ["  ."]
        if any(waarde.ontbreekt for waarde in veld.waarden):
            regels += [f"MISSING VALUES {veld.variabele} ({ONTBREEKT_VANAF} THRU HIGHEST)."]
    return "\r\n".join([*regels, "EXECUTE.", ""])


def _aangehaald(tekst: str, bytes_: int) -> str:
    return "'" + _kort(tekst, bytes_).replace("'", "''") + "'"


def _kaal(tekst: str) -> str:
    """On one line, and without the point that ends a comment."""
    return " ".join(tekst.split()).replace(".", " ").strip()


def _kort(tekst: str, bytes_: int) -> str:
    tekst = " ".join(tekst.split())
    ruw = tekst.encode()
    return tekst if len(ruw) <= bytes_ else ruw[: bytes_ - 3].decode(errors="ignore") + "…"


# --- R ------------------------------------------------------------------------------------------------------------


def r(velden: Sequence[Veld], titel: str) -> str:
    """A script in plain R: reads the file, makes factors with names, and keeps the question as the label of each column."""
    als_tekst = [f'{_r(veld.variabele)} = "character"' for veld in velden if veld.soort in ("tekst", "datum")]
    regels = [
        f"# {' '.join(titel.split())}",
        "# Zet dit bestand en gegevens.csv in een map, en maak die met setwd() de werkmap.",
        "gegevens <- read.csv2(",
        f'  "{GEGEVENS}", fileEncoding = "UTF-8-BOM", check.names = FALSE, na.strings = "",',
        f"  colClasses = c({', '.join(als_tekst)})",
        ")",
        "",
        f"# Wat niet meetelt (weet niet, niet van toepassing, niet gevraagd …) heeft {ONTBREEKT_VANAF} of hoger en wordt NA;",
        "# zet telt_mee op FALSE om het als eigen waarde te houden.",
        "telt_mee <- TRUE",
        "benoem <- function(kolom, label, nummers = NULL, namen = NULL, ontbreekt = NULL) {",
        "  if (!is.null(nummers)) {",
        "    houd <- if (telt_mee) !(nummers %in% ontbreekt) else rep(TRUE, length(nummers))",
        "    kolom <- factor(kolom, levels = nummers[houd], labels = namen[houd])",
        "  }",
        '  attr(kolom, "label") <- label',
        "  kolom",
        "}",
        "",
    ]
    for veld in velden:
        kolom = f"gegevens[[{_r(veld.variabele)}]]"
        argumenten = [kolom, _r(" ".join(veld.omschrijving.split()))]
        if veld.waarden:
            argumenten.append(f"c({', '.join(str(w.nummer) for w in veld.waarden)})")
            argumenten.append(f"c({', '.join(_r(w.naam) for w in veld.waarden)})")
            if weg := [str(w.nummer) for w in veld.waarden if w.ontbreekt]:
                argumenten.append(f"c({', '.join(weg)})")
        if veld.soort == "datum":
            argumenten[0] = f'as.Date({kolom}, format = "%d-%m-%Y")'
        regels.append(f"{kolom} <- benoem({', '.join(argumenten)})")
    return "\n".join([*regels, ""])


def _r(tekst: str) -> str:
    return '"' + tekst.replace("\\", "\\\\").replace('"', '\\"') + '"'
