"""What pages with a form share. For most: save through the version check, or show the form again with what is wrong."""

from collections.abc import Callable
from datetime import date

from django.db import IntegrityError
from django.http import QueryDict
from django.shortcuts import render

from regio.actions import Verouderd


def met_datum(gegevens: QueryDict, datum: date) -> QueryDict:
    """What was searched for, with the date that holds when none was typed: the page shows which one it used."""
    if gegevens.get("datum", "").strip():
        return gegevens
    gegevens = gegevens.copy()
    gegevens["datum"] = f"{datum:%d-%m-%Y}"
    return gegevens


def opslaan(form, bewaar: Callable) -> bool:
    """Whether the posted form was saved. If not, it says itself why, and `form.verouderd` holds both versions when it was stale."""
    try:
        return form.is_valid() and bewaar() is not None
    except Verouderd:
        form.verouderd = form.naast_elkaar()
    except IntegrityError:
        # Somebody saved the same thing between our check and our write: checking again says what it was.
        form.full_clean()
        if form.is_valid():
            form.add_error(
                None, "Iemand anders heeft tegelijk iets opgeslagen dat hiermee botst. Laad de pagina opnieuw."
            )
    return False


def toon_formulier(request, form, *, titel: str, terug, knop: str = "Opslaan", **meer):
    """The page: `terug` is the object, or the address, that Annuleren goes to. 409 when the save was stale."""
    verouderd = getattr(form, "verouderd", None)
    context = {
        "form": form,
        "titel": titel,
        "terug": terug if isinstance(terug, str) else terug.get_absolute_url(),
        "terug_naam": "" if isinstance(terug, str) else str(terug),
        "knop": knop,
        "is_verouderd": verouderd is not None,
        "verouderd": verouderd,
        "lijst_naam": "",
        "lijst_adres": "",
        "uitleg": "",
        "lopend": (),
        **meer,
    }
    return render(request, "regio/formulier.html", context, status=200 if verouderd is None else 409)
