"""The analist's text of a demo round's report: V08/01's counted statements in our own words, each bound to its count."""

import re
from collections.abc import Iterator

from inspectie.demo import bron
from rapportage.actions import passage_opslaan
from rapportage.models import Passage, Rapport
from regio.models import Gebruiker

HOOFDSTUKKEN = {
    "Aanpak": Passage.Plaats.AANPAK,
    "Bevindingen": Passage.Plaats.BEVINDINGEN,
    "Conclusies": Passage.Plaats.CONCLUSIES,
}


def schrijf(rapport: Rapport, wie: Gebruiker) -> None:
    """Write the passages that this round's text has, over their drafts; those that it does not have keep theirs."""
    pad = bron.MAP / "teksten" / f"{rapport.ronde.slug}.md"
    passages = {
        (p.plaats, p.onderdeel.titel if p.onderdeel else ""): p for p in rapport.passages.select_related("onderdeel")
    }
    for plek, tekst in passages_in(pad.read_text(encoding="utf-8")):
        passage = passages[plek]
        passage_opslaan(passage, tekst, passage.versie, wie)


def passages_in(tekst: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Place, title of the onderdeel (or nothing) and text of each passage; the comments that name the source are left out."""
    tekst = re.sub(r"<!--.*?-->", "", tekst)
    for hoofdstuk in re.split(r"^## ", tekst, flags=re.MULTILINE)[1:]:
        naam, inhoud = hoofdstuk.split("\n", 1)
        voor, *delen = re.split(r"^### ", inhoud, flags=re.MULTILINE)
        if voor.strip():
            yield (HOOFDSTUKKEN[naam], ""), voor.strip() + "\n"
        for deel in delen:
            titel, inhoud = deel.split("\n", 1)
            yield (HOOFDSTUKKEN[naam], titel), inhoud.strip() + "\n"
