"""Looking back on a round: themes that the analist gives to open findings, and the report with its passages."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from vragenlijst.models import Bevinding, Onderdeel, Ronde, Vraag


class Thema(models.Model):
    """A code of the analist for what findings on one question say, within one round."""

    NIEUW = 0  # in a form: the theme that is being made; none that is stored has this number

    ronde = models.ForeignKey(Ronde, models.PROTECT, related_name="themas")
    vraag = models.ForeignKey(Vraag, models.PROTECT, related_name="+")
    naam = models.CharField("naam", max_length=120)
    bevindingen = models.ManyToManyField(Bevinding, blank=True, related_name="themas")

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


class Rapport(models.Model):
    """The report on a round. Text lives in Passages, figures come from the uitkomsten."""

    class Status(models.TextChoices):
        CONCEPT = "concept", "Concept"
        WEDERHOOR = "wederhoor", "Wederhoor"
        VASTGESTELD = "vastgesteld", "Vastgesteld"
        AANGEBODEN = "aangeboden", "Aangeboden"
        OPENBAAR = "openbaar", "Openbaar"

    ronde = models.OneToOneField(Ronde, models.PROTECT, related_name="rapport")
    titel = models.CharField("titel", max_length=120)
    ondertitel = models.CharField("ondertitel", max_length=120, blank=True)
    nummer = models.CharField("nummer", max_length=20)
    datum = models.DateField("datum")
    status = models.CharField("status", max_length=12, choices=Status, default=Status.CONCEPT)
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporten"
        ordering = ["-datum"]

    def __str__(self):
        return f"{self.nummer} {self.titel}"

    def get_absolute_url(self):
        return reverse("rapport", args=[self.ronde.slug])

    @property
    def te_bewerken(self) -> bool:
        """Whether its text may change: until it is vastgesteld."""
        return self.status in (self.Status.CONCEPT, self.Status.WEDERHOOR)

    @classmethod
    def voor(cls, ronde: Ronde) -> "Rapport":
        """A report on this round that is not stored yet, with the next number of its year; dated at the end of field work."""
        volgnummer = cls.objects.filter(datum__year=ronde.periode_tot.year).count() + 1
        return cls(
            ronde=ronde,
            titel=ronde.instrument.naam,
            ondertitel=ronde.naam,
            nummer=f"V{ronde.periode_tot:%y}/{volgnummer:02}",
            datum=ronde.periode_tot,
        )


class Passage(models.Model):
    """A stretch of narrative (Markdown) at a fixed place in the report's anatomy."""

    class Plaats(models.TextChoices):
        AANLEIDING = "aanleiding", "1.1 Aanleiding"
        AANPAK = "aanpak", "1.2 Aanpak"
        BEVINDINGEN = "bevindingen", "2 Bevindingen"
        CONCLUSIES = "conclusies", "3 Conclusies"
        VERVOLG = "vervolg", "Vervolg"

    rapport = models.ForeignKey(Rapport, models.CASCADE, related_name="passages")
    plaats = models.CharField("plaats", max_length=12, choices=Plaats)
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, null=True, blank=True, related_name="+")
    tekst = models.TextField("tekst", blank=True)
    versie = models.PositiveIntegerField(default=1)
    gewijzigd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    gewijzigd_op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "passage"
        verbose_name_plural = "passages"
        ordering = ["rapport", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rapport", "plaats", "onderdeel"], name="passage_eenmaal_per_onderdeel"),
            models.UniqueConstraint(
                fields=["rapport", "plaats"], condition=Q(onderdeel__isnull=True), name="passage_eenmaal_per_plaats"
            ),
        ]

    def __str__(self):
        return f"{self.get_plaats_display()}, {self.onderdeel.titel}" if self.onderdeel else self.get_plaats_display()

    def get_absolute_url(self):
        return reverse("passage", args=[self.rapport.ronde.slug, self.pk])

    @property
    def stand(self) -> tuple[str, str]:
        """How far the text is: a code and the word for it."""
        if not self.tekst.strip():
            return "leeg", "Leeg"
        return ("concept", "Concepttekst") if self.versie == 1 else ("gereed", "Bewerkt")
