"""The closed round, frozen and sealed; and the words for quantities that it froze with it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from vragenlijst.models import Ronde


class Kwantorband(models.Model):
    """One row of a band table (`rapportage.kwantoren.Band`): of one round, or without a round of the standard for new ones."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, null=True, blank=True, related_name="kwantorbanden")
    volgorde = models.PositiveSmallIntegerField()
    woord = models.CharField("woord", max_length=40)
    aandeel = models.PositiveSmallIntegerField("tot (procent)", default=100)
    tot_en_met = models.BooleanField("tot en met", default=True)
    hoogstens = models.PositiveIntegerField("ten hoogste (aantal)", null=True, blank=True)

    class Meta:
        verbose_name = "kwantorband"
        verbose_name_plural = "kwantorbanden"
        ordering = ["ronde", "volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["ronde", "volgorde"], name="kwantorband_op_volgorde"),
            models.UniqueConstraint(fields=["ronde", "woord"], name="kwantorband_eenmaal"),
            models.UniqueConstraint(
                fields=["volgorde"], condition=Q(ronde=None), name="kwantorband_standaard_volgorde"
            ),
            models.UniqueConstraint(fields=["woord"], condition=Q(ronde=None), name="kwantorband_standaard_eenmaal"),
            models.CheckConstraint(condition=Q(aandeel__lte=100), name="kwantorband_hoogstens_100"),
        ]

    def __str__(self):
        return self.woord


class Fotomoment(models.Model):
    """What a round amounted to when it was closed: canonical JSON and its SHA-256. Reopening and closing makes a next version."""

    ronde = models.ForeignKey(Ronde, models.PROTECT, related_name="fotomomenten")
    versie = models.PositiveIntegerField()
    inhoud = models.TextField()
    sha256 = models.CharField(max_length=64)
    gemaakt_op = models.DateTimeField(auto_now_add=True)
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "fotomoment"
        verbose_name_plural = "fotomomenten"
        ordering = ["ronde", "-versie"]
        constraints = [models.UniqueConstraint(fields=["ronde", "versie"], name="fotomoment_eenmaal_per_versie")]

    def __str__(self):
        return f"{self.ronde}, versie {self.versie}"
