"""Remembering what the claims of a passage were measured at, so that a change of the data shows."""

from django.db import transaction

from rapportage.models import Passage, Uitspraak
from rapportage.queries.maten import metingen
from rapportage.uitspraken.claims import LANGST_MAAT, LANGST_TEKST
from rapportage.uitspraken.maat import Maat, Onleesbaar, lees
from rapportage.uitspraken.ontleden import gebonden


@transaction.atomic
def onthoud_uitspraken(passage: Passage, *, opnieuw: bool = False) -> list[Uitspraak]:
    """Store the claims of a passage as its text has them now, with what each is measured at.

    A claim that stood there already, in the same words, keeps what it was measured at: whoever saves another sentence has not
    looked at this one. With `opnieuw` all are measured afresh: somebody looked at them again.
    """
    eerder = {} if opnieuw else {(u.tekst, u.maat): (u.x, u.n) for u in passage.uitspraken.exclude(x=None)}
    stukken = [(s, _maat(s.maat)) for s in gebonden(passage.tekst)]
    maten = [maat for _, maat in stukken if maat]
    gemeten = metingen(passage.rapport.ronde, maten) if maten else {}
    passage.uitspraken.all().delete()
    rijen = []
    for stuk, maat in stukken:
        meting = gemeten.get(maat)
        nu = (meting.x, meting.n) if meting and not meting.bezwaar else (None, None)
        tekst, geschreven = stuk.tekst[:LANGST_TEKST], stuk.maat[:LANGST_MAAT]
        x, n = eerder.get((tekst, geschreven), nu)
        rijen.append(Uitspraak(passage=passage, volgorde=stuk.volgorde, tekst=tekst, maat=geschreven, x=x, n=n))
    return Uitspraak.objects.bulk_create(rijen)


def _maat(geschreven: str) -> Maat | None:
    try:
        return lees(geschreven)
    except Onleesbaar:
        return None
