"""Writing history. The one module that makes a Gebeurtenis; called inside the transaction of the change itself."""

from django.db import models

from regio.models import Gebeurtenis, Gebruiker


def leg_vast(
    ding: models.Model,
    soort: Gebeurtenis.Soort,
    wie: Gebruiker | None,
    *,
    van: str = "",
    naar: str = "",
    reden: str = "",
    wijzigingen: dict | None = None,
    dossier_id: int | None = None,
) -> Gebeurtenis:
    """Add one row of history. `wie` is None for what the system did by itself (a command)."""
    gebeurtenis = maak(
        ding, soort, wie, van=van, naar=naar, reden=reden, wijzigingen=wijzigingen, dossier_id=dossier_id
    )
    gebeurtenis.save(force_insert=True)
    return gebeurtenis


def maak(
    ding: models.Model,
    soort: Gebeurtenis.Soort,
    wie: Gebruiker | None,
    *,
    van: str = "",
    naar: str = "",
    reden: str = "",
    wijzigingen: dict | None = None,
    dossier_id: int | None = None,
) -> Gebeurtenis:
    """The row without saving it, for who adds hundreds at once (`Gebeurtenis.objects.bulk_create`)."""
    return Gebeurtenis(
        wie=wie,
        soort=soort,
        ding_soort=ding._meta.model_name,
        ding_id=ding.pk,
        ding_naam=str(ding)[:200],
        dossier_id=dossier_id,
        van=van,
        naar=naar,
        reden=reden,
        wijzigingen=wijzigingen or {},
    )


def verschil(form) -> dict[str, list]:
    """What a bound ModelForm changes, as {field label: [old, new]}, readable years later without the code."""
    wijzigingen = {}
    for naam in form.changed_data:
        veld = form.fields[naam]
        if veld.widget.is_hidden:
            continue
        if naam.startswith("wachtwoord") or "password" in naam:
            wijzigingen[str(veld.label or naam)] = ["•••", "•••"]
            continue
        oud = form.get_initial_for_field(veld, naam)
        wijzigingen[str(veld.label or naam)] = [_leesbaar(oud), _leesbaar(form.cleaned_data.get(naam))]
    return wijzigingen


def _leesbaar(waarde) -> str | int | bool | None:
    if waarde is None or isinstance(waarde, (int, bool)):
        return waarde
    if hasattr(waarde, "strftime"):
        return waarde.isoformat()
    return str(waarde)
