"""Text as it may enter the system. Pure functions, no Django.

One place for two rules: which characters are refused (SQLite stores what PostgreSQL refuses, so neither gets them), and how a
name is folded so that it is found with and without diacritics.
"""

import unicodedata

_TOEGESTANE_STUURTEKENS = {"\n", "\r", "\t"}


def verboden_teken(tekst: str) -> str | None:
    """The first character of `tekst` that may not be stored, or None.

    Refused are control characters (NUL among them) other than newline, return and tab, lone surrogates, and the
    code points that Unicode calls noncharacters.
    """
    for teken in tekst:
        categorie = unicodedata.category(teken)
        if categorie == "Cs" or (categorie == "Cc" and teken not in _TOEGESTANE_STUURTEKENS):
            return teken
        if (ord(teken) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(teken) <= 0xFDEF:
            return teken
    return None


def bezwaar_tegen(tekst: str) -> str | None:
    """A Dutch sentence that says which character is refused and where it stands, or None."""
    teken = verboden_teken(tekst)
    if teken is None:
        return None
    plaats = tekst.index(teken) + 1
    return (
        f"De tekst bevat op plaats {plaats} een onzichtbaar teken (U+{ord(teken):04X}) dat niet kan worden bewaard. "
        "Verwijder het; plakken als platte tekst helpt meestal."
    )


def zoekvorm(naam: str) -> str:
    """`naam` in lower case without diacritics, apostrophes and hyphens: 'Súdwest-Fryslân' → 'sudwest fryslan'."""
    # Taken apart before and after folding: a mathematical 𝜜 is a capital only once it has been taken apart.
    ontleed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", naam).casefold())
    letters = "".join(t for t in ontleed if not unicodedata.combining(t))
    kaal = "".join(t if t.isalnum() else " " for t in letters.replace("'", "").replace("’", ""))
    return " ".join(kaal.split())
