"""Codes that analisten give to open findings."""

from django.conf import settings
from django.db import models

from vragenlijst.models import Bevinding, Ronde, Vraag


class Thema(models.Model):
    """A code of the analist for what findings on one question say, within one round; it may fall under a wider one.

    A finding has a theme when at least one analist gave it: count its findings distinct.
    """

    NIEUW = 0  # in a form: the theme that is being made; none that is stored has this number

    ronde = models.ForeignKey(Ronde, models.PROTECT, related_name="themas")
    vraag = models.ForeignKey(Vraag, models.PROTECT, related_name="+")
    ouder = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="onderliggend", verbose_name="valt onder"
    )
    naam = models.CharField("naam", max_length=120)
    bevindingen = models.ManyToManyField(Bevinding, through="Codering", related_name="themas")

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema's"
        ordering = ["ronde", "vraag", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["ronde", "vraag", "naam"],
                name="thema_eenmaal",
                violation_error_message="Dit thema bestaat al bij deze vraag.",
            )
        ]

    def __str__(self):
        return self.naam


class Codering(models.Model):
    """One analist's judgement that a theme is in a finding; two who coded the same findings can be compared (Cohen's kappa).

    Without `door` it dates from before themes were given per person; then it is everyone's to take away.
    """

    thema = models.ForeignKey(Thema, models.CASCADE, related_name="coderingen")
    bevinding = models.ForeignKey(Bevinding, models.CASCADE, related_name="coderingen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    op = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "codering"
        verbose_name_plural = "coderingen"
        ordering = ["thema", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["thema", "bevinding", "door"], name="codering_eenmaal_per_persoon")
        ]

    def __str__(self):
        return f"{self.thema} bij {self.bevinding}"
