"""Status steps on a page: which buttons there are, what still stands in the way, and taking one."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models

from regio.models import Gebruiker
from vragenlijst.actions import Geweigerd, mag_zetten, zet_status
from vragenlijst.bezwaren import bezwaren
from vragenlijst.forms.status import StapForm, stapform
from vragenlijst.gevolgen import gevolgen
from vragenlijst.overgangen import Overgang, mogelijk, overgangen


@dataclass(frozen=True)
class Knop:
    """A step that this person may take, with the sentences that say why not yet."""

    overgang: Overgang
    bezwaren: list[str]
    form: StapForm
    gevolgen: list[str]

    @property
    def vraagt(self) -> bool:
        """Whether something is asked before the step is taken."""
        return bool(self.form.visible_fields())

    @property
    def open(self) -> bool:
        """Whether what is asked is unfolded: on the way forward, and when it has to be mended. What reaches far is not."""
        return self.form.is_bound or not (self.overgang.met_reden or self.gevolgen)


def knoppen(ding: models.Model, gebruiker: Gebruiker, gepost: StapForm | None = None) -> list[Knop]:
    """The steps from here that are this person's to take. A refused step keeps the form as it was filled in."""
    return [
        Knop(
            stap,
            bezwaren(ding, stap.naar),
            gepost if gepost is not None and gepost.data.get("naar") == stap.naar else stapform(ding, stap.naar),
            gevolgen(ding, stap.naar),
        )
        for stap in mogelijk(ding._meta.model_name, ding.status)
        if mag_zetten(ding, stap, gebruiker)
    ]


def neem_stap(request, ding: models.Model) -> StapForm | None:
    """Take the posted step. The form, with what stands in the way, when it was refused; None to go on, with a message."""
    form = stapform(ding, request.POST.get("naar", ""), request.POST)
    if not form.is_valid():
        return form
    try:
        zet_status(ding, form.cleaned_data["naar"], request.user, **form.gegevens())
    except ValidationError as fout:
        form.add_error(None, fout)
        return form
    except Geweigerd as weigering:
        ding.refresh_from_db(fields=["status"])
        if not overgangen(ding._meta.model_name, ding.status, form.cleaned_data["naar"]):
            messages.error(request, " ".join(weigering.redenen))  # someone took this step, or another, in between
            return None
        for reden in weigering.redenen:
            form.add_error(None, reden)
        return form
    messages.success(request, f"De status is nu: {ding.get_status_display().lower()}.")
    return None
