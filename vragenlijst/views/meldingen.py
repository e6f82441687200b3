"""What a form says when an action did not do what was asked."""

from django.core.exceptions import ValidationError

from vragenlijst.actions import Conflict, Geweigerd


def meld_conflict(form, fout: Conflict):
    """Say that someone was first, and let the next save build on what stands there now, which is returned."""
    form.add_error(None, "Ondertussen heeft een ander dit gewijzigd. Vergelijk hieronder, en sla op wat moet blijven.")
    bouw_voort_op(form, "versie", fout.opgeslagen.versie if fout.opgeslagen else 0)
    return fout.opgeslagen


def bouw_voort_op(form, veld: str, waarde: int) -> None:
    """The version that the next save of this form is to be built on."""
    form.data = form.data.copy()
    form.data[veld] = str(waarde)


def meld(form, fout: Geweigerd | ValidationError, namen: dict[str, str] | None = None) -> None:
    """Put a refusal at the field it is about, or above the form."""
    if isinstance(fout, Geweigerd):
        form.add_error(None, " ".join(fout.redenen))
        return
    if not hasattr(fout, "error_dict"):
        form.add_error(None, fout)
        return
    for veld, fouten in fout.message_dict.items():
        naam = (namen or {}).get(veld, veld)
        for melding in fouten:
            form.add_error(naam if naam in form.fields else None, melding)
