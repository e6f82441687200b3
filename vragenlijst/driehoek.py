"""Driehoeksbeeld: what the actors' answers to one question amount to together (design 4.4). Pure, no Django."""

from collections.abc import Sequence
from dataclasses import dataclass

from vragenlijst.inhoud import Inhoud

EENSLUIDEND = "eensluidend"
TEGENGESTELD = "tegengesteld"
AANVULLEND = "aanvullend"
EEN_BRON = "een_bron"
NIET_GEVRAAGD = "niet_gevraagd"


@dataclass(frozen=True)
class Stem:
    """One actor's answer. `zegt_iets` is False for *weet niet* and *niet van toepassing*."""

    inhoud: Inhoud
    zegt_iets: bool = True


@dataclass(frozen=True)
class Beeld:
    """`stand`, and the content that is proposed as finding: None when the inspector has to choose or write it."""

    stand: str
    voorstel: Inhoud | None = None

    @property
    def over_te_nemen(self) -> bool:
        """Whether the proposal may be taken over without a word of motivation."""
        return self.stand in (EENSLUIDEND, EEN_BRON)


def beeld(stemmen: Sequence[Stem], gesloten: bool) -> Beeld:
    """The picture that the answers to one question make.

    Empty answers do not count. Who says *weet niet* or *n.v.t.* does not contradict who does know; only when nobody knows is
    that itself the answer (and *weet niet* beside *n.v.t.* is no contradiction). Closed answers and a named municipality (`gesloten`) can contradict each other. Free text that
    differs in words is *aanvullend*: a machine cannot tell whether it contradicts, so the inspector writes the finding.
    """
    stemmen = [stem for stem in stemmen if stem.inhoud.waarde]
    weten = [stem for stem in stemmen if stem.zegt_iets]
    sprekend = weten or stemmen
    if not sprekend:
        return Beeld(NIET_GEVRAAGD)
    voorstel = Inhoud(
        keuze=sprekend[0].inhoud.keuze,
        tekst=sprekend[0].inhoud.tekst,
        gemeente=sprekend[0].inhoud.gemeente,
        rijen=sprekend[0].inhoud.rijen,
    )
    if len(sprekend) == 1:
        return Beeld(EEN_BRON, voorstel)
    if len({stem.inhoud.waarde for stem in sprekend}) == 1:
        return Beeld(EENSLUIDEND, voorstel)
    return Beeld(TEGENGESTELD if gesloten and weten else AANVULLEND)


def motivatie_nodig(gezien: Beeld, gekozen: Inhoud) -> bool:
    """Whether this choice needs words: when actors contradict each other, nobody was asked, or the proposal is left."""
    if gezien.stand in (TEGENGESTELD, NIET_GEVRAAGD):
        return True
    return gezien.over_te_nemen and gezien.voorstel.waarde != gekozen.waarde
