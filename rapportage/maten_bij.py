"""From a figure on a page to the maat that says the same in a report: what is counted, in which group, by which selection. Pure."""

from rapportage.uitkomst import ALLE, GEMEENTEN, GESPREKKEN, Selectie
from rapportage.uitspraken.maat import BEANTWOORD, KENMERKEN, THEMA, lees, slak

ZONDER_MAAT = "dossiers"  # of a norm: all dossiers, whatever it says
GROEPNAMEN = {"domein": "gesproken"}  # where a maat calls an indeling something else
ONBEKEND = "onbekend"  # of a regio: no maat names the municipalities that are in none


def van_thema(naam: str) -> str:
    return THEMA + slak(naam)


def maat_bij(
    code: str, rij: str, selectie: Selectie, groep: tuple[str, str] = ("", ALLE.code), eenheid: str = GEMEENTEN
) -> str:
    """The maat of one figure: row `rij` of a question or norm, in `groep` (codes of an indeling and of a group of it).

    Empty where a maat cannot say the same: a report counts all dossiers, not only those that are vastgesteld.
    """
    if selectie.alleen_vastgesteld or rij == ZONDER_MAAT:
        return ""
    groepen = dict(selectie.groepen)
    indeling, waarde = GROEPNAMEN.get(groep[0], groep[0]), groep[1]
    if waarde != ALLE.code and groepen.setdefault(indeling, waarde) != waarde:
        return ""
    delen = [f"{code}={BEANTWOORD if rij in ('beantwoord', 'beoordeeld') else rij}"]
    for naam, gekozen in groepen.items():
        if naam not in KENMERKEN or (gekozen == ONBEKEND and naam != "randstad"):
            return ""
        delen.append(f"{naam}={gekozen}")
    if eenheid == GESPREKKEN:
        delen.append(f"eenheid={GESPREKKEN}")
    return str(lees(" ".join(delen)))


def maat_van_cel(rij: tuple[str, str], kolom: tuple[str, str], selectie: Selectie) -> str:
    """The maat of a cell of a cross-table: the answer on the columns, among the dossiers of the row. `rij` and `kolom` are the
    code of an indeling, a question or a norm, and that of what a dossier is there. Empty for groups on the columns.
    """
    if kolom[0] in KENMERKEN:
        return ""
    if rij[0] in KENMERKEN:
        return maat_bij(kolom[0], kolom[1], selectie, rij)
    over = maat_bij(kolom[0], kolom[1], selectie)
    return str(lees(f"{over} van={rij[0]}={rij[1]}")) if over else ""
