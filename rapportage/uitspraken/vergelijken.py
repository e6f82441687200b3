"""Conclusions beside the findings they rest on. Pure, no Django.

A bound conclusion is laid beside the bound findings on the same terms. It may say no more than its finding: whatever number the
finding's words admit, the conclusion's must admit as well ("niet alle" does not carry "een aantal").
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapportage.kwantoren import Band
from rapportage.uitspraken.claims import Claim, Melder
from rapportage.uitspraken.lezen import BEVINDINGEN, CONCLUSIES, ONTWIKKELING, Tekst
from rapportage.uitspraken.maat import Maat, Term
from rapportage.uitspraken.meting import FOUT, Melding


def vergelijk(
    claims: Sequence[Claim], teksten: Sequence[Tekst], banden: Sequence[Band]
) -> Iterator[tuple[Tekst, Melding]]:
    """What a conclusion says that its findings do not, with the text that it stands in."""
    gemeten = [claim for claim in claims if claim.meting.n and not claim.meting.bezwaar]
    bevindingen = [claim for claim in gemeten if claim.tekst.plaats in (BEVINDINGEN, ONTWIKKELING)]
    for conclusie in gemeten:
        if conclusie.tekst.plaats == CONCLUSIES and (gevonden := _tekort(conclusie, bevindingen)):
            soort, zin = gevonden
            yield conclusie.tekst, Melder(conclusie.tekst).bij(conclusie.stuk, soort, FOUT, zin)


def _tekort(conclusie: Claim, bevindingen: Sequence[Claim]) -> tuple[str, str] | None:
    """What the findings lack for this conclusion: a soort and a sentence; None when they carry it."""
    maat = conclusie.maat
    over_hetzelfde = [b for b in bevindingen if _onderwerp(b.maat) == _onderwerp(maat)]
    zelfde = [b for b in over_hetzelfde if _betekenis(b) == _betekenis(conclusie)]
    if zelfde:
        if conclusie.onjuist or any(b.omvat <= conclusie.omvat for b in zelfde):
            return None
        staat = _woorden(zelfde[0])
        return "sterker", f"De conclusie zegt meer dan de bevinding, die het heeft over ‘{staat}’."
    if anders := [b for b in over_hetzelfde if b.maat.eenheid != maat.eenheid]:
        return "andere_eenheid", f"De bevinding telt iets anders: ‘{_woorden(anders[0])}’."
    if smaller := [b for b in over_hetzelfde if _is_wijder(maat, b.maat)]:
        return "bredere_groep", f"De conclusie gaat over een grotere groep dan de bevinding: ‘{_woorden(smaller[0])}’."
    return (
        "zonder_bevinding",
        "Geen bevinding in het hoofdstuk Bevindingen is aan deze maat gebonden: zet haar daar ook, of bind een bevinding die er al staat.",
    )


def _termen(termen: Iterable[Term]) -> frozenset[Term]:
    return frozenset(replace(term, antwoorden=tuple(sorted(term.antwoorden))) for term in termen)


def _onderwerp(maat: Maat) -> frozenset[Term]:
    """What it is about, in whatever order it was written, and whatever the group and the denominator."""
    return _termen(maat.termen)


def _betekenis(claim: Claim) -> tuple:
    """What is counted out of what, however it was written: a denominator that is the usual one may be named or not."""
    maat, meting = claim.maat, claim.meting
    noemer = "" if meting.in_tabel == meting.n else maat.noemer
    kring = _termen((*maat.groep, *maat.onder))
    return _onderwerp(maat), kring, bool(maat.onder), noemer, maat.eenheid, maat.ronde


def _woorden(claim: Claim) -> str:
    return " ".join(claim.stuk.tekst.split())


def _is_wijder(maat, ander) -> bool:
    """Whether `maat` leaves out a restriction that `ander` has."""
    eigen, andere = {*maat.groep, *maat.onder}, {*ander.groep, *ander.onder}
    return eigen < andere
