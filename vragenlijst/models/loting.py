"""How the municipalities of a round were drawn by lot, so that it can be shown, and done again, years later."""

from django.db import models
from django.db.models import Q

from regio.models import Gemeente
from vragenlijst.models.veldwerk import Ronde


class Trekking(models.Model):
    """One drawing: its seed, its method, and of which strata how many. What was in the hat are its loten."""

    class Verdeling(models.TextChoices):
        NAAR_RATO = "naar_rato", "naar rato van de omvang van de strata"
        GELIJK = "gelijk", "evenveel uit elk stratum"
        EIGEN = "eigen", "een eigen aantal per stratum"

    class Kenmerk(models.TextChoices):
        ROL = "rol", "rol: voortrekker of niet"
        GROOTTEKLASSE = "grootteklasse", "grootteklasse"
        RANDSTAD = "randstad", "in of buiten de Randstad"

    ronde = models.OneToOneField(Ronde, models.PROTECT, related_name="trekking")
    zaad = models.CharField("zaad", max_length=40)
    algoritme = models.PositiveSmallIntegerField("methode van loten")
    kenmerken = models.JSONField("strata naar", default=list, blank=True)
    verdeling = models.CharField("verdeling", max_length=10, choices=Verdeling)
    aantal = models.PositiveIntegerField("gevraagd aantal", null=True, blank=True)  # in all, or per stratum
    minimum = models.PositiveSmallIntegerField("minimum per stratum", default=0)
    aantallen = models.JSONField("aantal per stratum", default=dict)
    afbakening = models.TextField("afbakening", blank=True)  # of the population, as a sentence
    getrokken_op = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "trekking"
        verbose_name_plural = "trekkingen"
        ordering = ["ronde"]
        constraints = [
            models.CheckConstraint(condition=~Q(zaad=""), name="trekking_heeft_zaad"),
            models.CheckConstraint(
                condition=Q(verdeling__in=["naar_rato", "gelijk", "eigen"]), name="trekking_verdeling_bestaat"
            ),
        ]

    def __str__(self):
        return f"steekproef van {self.ronde}"


class Lot(models.Model):
    """One municipality in the hat: its stratum, its place in the drawn order of that stratum, and what became of it.

    Who was left out beforehand has no stratum and no place, and a reason. All but the last two columns stand firm.
    """

    class Stand(models.TextChoices):
        GETROKKEN = "getrokken", "getrokken"
        RESERVE = "reserve", "reserve"
        VERVANGER = "vervanger", "vervanger"  # was a reserve
        UITGEVALLEN = "uitgevallen", "uitgevallen"
        UITGESLOTEN = "uitgesloten", "vooraf uitgesloten"

    trekking = models.ForeignKey(Trekking, models.PROTECT, related_name="loten")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="loten")
    stratum = models.CharField("stratum", max_length=60, blank=True)
    plaats = models.PositiveIntegerField("plaats in de volgorde", null=True, blank=True)
    vervangt = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="vervanger")
    stand = models.CharField("stand", max_length=11, choices=Stand)
    reden = models.TextField("reden", blank=True)

    class Meta:
        verbose_name = "lot"
        verbose_name_plural = "loten"
        ordering = ["trekking", "stratum", "plaats", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["trekking", "gemeente"], name="lot_eenmaal_per_gemeente"),
            models.UniqueConstraint(fields=["trekking", "stratum", "plaats"], name="lot_plaats_eenmaal"),
            models.CheckConstraint(
                condition=Q(stand="uitgesloten", plaats__isnull=True, stratum="")
                | (~Q(stand="uitgesloten") & Q(plaats__isnull=False) & ~Q(stratum="")),
                name="lot_plaats_in_stratum",
            ),
            models.CheckConstraint(
                condition=~Q(stand__in=["uitgesloten", "uitgevallen"]) | ~Q(reden=""), name="lot_weg_met_reden"
            ),
        ]

    def __str__(self):
        return f"{self.gemeente} ({self.get_stand_display()})"
