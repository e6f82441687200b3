"""Writing a binding: words and the maat that carries them, in the notation of a passage. Pure, no Django."""

from rapportage.uitspraken.maat import GEMEENTEN, Maat, Term, lees


def bind(
    woorden: str, code: str = "", antwoord: str = "", *, groep: str = "", van: str = "", eenheid: str = GEMEENTEN
) -> str:
    """ "[de meeste gemeenten (10 van 13)]{V1.1=ja}"; without a code the dossiers themselves are counted."""
    maat = Maat(
        termen=(Term(code, (antwoord,)),) if code else (),
        groep=lees(f"dossiers {groep}").groep if groep else (),
        noemer=van,
        eenheid=eenheid,
    )
    return f"[{woorden}]{{{maat}}}"
