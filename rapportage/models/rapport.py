"""The report on a round: its passages, what they claim, what others say of it, and the editions that went out."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from rapportage.models.fotomoment import Fotomoment
from vragenlijst.models import Onderdeel, Ronde


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
    met_verantwoording = models.BooleanField(
        "verantwoordingsbijlage",
        default=False,
        help_text="Per aantal de dossiers die het dragen en die het niet dragen, onder een nummer in plaats van een naam.",
    )
    wederhoor_tot = models.DateField("wederhoor tot en met", null=True, blank=True)
    aangeboden_op = models.DateField("aangeboden aan de minister op", null=True, blank=True)
    openbaar_op = models.DateField("openbaar op", null=True, blank=True)
    erratum = models.TextField(
        "wijzigingen ten opzichte van de vorige versie",
        blank=True,
        help_text="Eén wijziging per regel. Leeg bij de eerste versie.",
    )

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
        return self.status in BEWERKBAAR

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


# Until it is vastgesteld its text may change.
BEWERKBAAR = (Rapport.Status.CONCEPT, Rapport.Status.WEDERHOOR)


class Passage(models.Model):
    """A stretch of narrative (Markdown) at a fixed place in the report's anatomy."""

    class Plaats(models.TextChoices):
        AANLEIDING = "aanleiding", "1.1 Aanleiding"
        AANPAK = "aanpak", "1.2 Aanpak"
        BEVINDINGEN = "bevindingen", "2 Bevindingen"
        ONTWIKKELING = "ontwikkeling", "2 Ontwikkeling sinds de vorige ronde"
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

    @property
    def laatst_gewijzigd(self) -> str:
        """When and by whom, in words."""
        wanneer = date_format(timezone.localtime(self.gewijzigd_op), "j F Y H:i")
        return f"{wanneer} door {self.gewijzigd_door}" if self.gewijzigd_door else wanneer


class Passageversie(models.Model):
    """Each text a passage has had. The client makes `sleutel`: the same key is never stored twice (design 8.2)."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="versies")
    versie = models.PositiveIntegerField()
    tekst = models.TextField(blank=True)
    sleutel = models.UUIDField(unique=True, default=uuid4)
    wie = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    wanneer = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "passageversie"
        verbose_name_plural = "passageversies"
        ordering = ["passage", "versie"]
        constraints = [models.UniqueConstraint(fields=["passage", "versie"], name="passageversie_eenmaal")]

    def __str__(self):
        return f"{self.passage}, versie {self.versie}"


class Uitspraak(models.Model):
    """A stretch of a passage that is bound to a measure, and what that measure was when it was last looked at.

    The binding itself stands in the text (`[de meeste gemeenten]{V1.1=ja}`); this row remembers x of n, so that a claim can be
    told from one whose data have changed since.
    """

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="uitspraken")
    volgorde = models.PositiveSmallIntegerField()
    tekst = models.CharField("tekst", max_length=500)
    maat = models.CharField("maat", max_length=300)
    x = models.PositiveIntegerField(null=True)
    n = models.PositiveIntegerField(null=True)
    gelezen_op = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "uitspraak"
        verbose_name_plural = "uitspraken"
        ordering = ["passage", "volgorde"]
        constraints = [models.UniqueConstraint(fields=["passage", "volgorde"], name="uitspraak_eenmaal_per_plek")]

    def __str__(self):
        return self.tekst


class Afwijking(models.Model):
    """A flag on the text that the analist set aside, and why; printed in the verantwoording.

    It holds for this kind of flag at this fragment of this place in the report, and lapses when the fragment changes.
    """

    rapport = models.ForeignKey(Rapport, models.CASCADE, related_name="afwijkingen")
    passage = models.ForeignKey(Passage, models.CASCADE, null=True, blank=True, related_name="afwijkingen")
    soort = models.CharField(max_length=40)
    fragment = models.CharField(max_length=500)
    reden = models.TextField("reden")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "afwijking"
        verbose_name_plural = "afwijkingen"
        ordering = ["rapport", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "soort", "fragment"],
                name="afwijking_eenmaal",
                violation_error_message="Deze melding is al met een reden terzijde gelegd.",
            )
        ]

    def __str__(self):
        return f"{self.soort}: {self.fragment}"


class Aantekening(models.Model):
    """What one analist notes for another at a passage; dealt with once it is ticked off."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="aantekeningen")
    fragment = models.CharField("bij de woorden", max_length=300, blank=True)
    tekst = models.TextField("aantekening")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(auto_now_add=True)
    afgehandeld_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    afgehandeld_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "aantekening"
        verbose_name_plural = "aantekeningen"
        ordering = ["passage", "pk"]

    def __str__(self):
        return self.tekst


class Wederhoorreactie(models.Model):
    """What a party says of the draft in wederhoor, and what is done with it."""

    class Soort(models.TextChoices):
        FEITELIJK = "feitelijk", "Feitelijk onjuist"
        ONVOLLEDIG = "onvolledig", "Onvolledig"
        MENING = "mening", "Mening"

    class Besluit(models.TextChoices):
        OVERGENOMEN = "overgenomen", "Overgenomen"
        DEELS = "deels", "Deels overgenomen"
        NIET = "niet", "Niet overgenomen"

    rapport = models.ForeignKey(Rapport, models.CASCADE, related_name="reacties")
    passage = models.ForeignKey(
        Passage, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="passage"
    )
    partij = models.CharField("partij", max_length=120)
    ontvangen_op = models.DateField("ontvangen op")
    fragment = models.CharField("bij de woorden", max_length=500, blank=True)
    soort = models.CharField("soort", max_length=12, choices=Soort)
    tekst = models.TextField("reactie")
    besluit = models.CharField("besluit", max_length=12, choices=Besluit, blank=True)
    motivering = models.TextField("motivering", blank=True)
    behandeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    behandeld_op = models.DateTimeField(null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "wederhoorreactie"
        verbose_name_plural = "wederhoorreacties"
        ordering = ["rapport", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(besluit="") | ~Q(motivering=""),
                name="wederhoorbesluit_met_motivering",
                violation_error_message="Een besluit heeft een motivering.",
            )
        ]

    def __str__(self):
        return f"{self.partij}: {self.get_soort_display().lower()}"


class Uitgave(models.Model):
    """A version of the report as it was vastgesteld: the bytes of the PDF and the data under it. Never changed, never removed."""

    rapport = models.ForeignKey(Rapport, models.PROTECT, related_name="uitgaven")
    versie = models.PositiveIntegerField()
    fotomoment = models.ForeignKey(Fotomoment, models.PROTECT, related_name="uitgaven")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    gegevens = models.TextField()  # canonical JSON: the passages and what their claims were measured at
    sjabloon = models.CharField(max_length=64)  # SHA-256 over the templates and styles it was printed with
    erratum = models.TextField(blank=True)
    gemaakt_op = models.DateTimeField(auto_now_add=True)
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "uitgave"
        verbose_name_plural = "uitgaven"
        ordering = ["rapport", "-versie"]
        constraints = [models.UniqueConstraint(fields=["rapport", "versie"], name="uitgave_eenmaal_per_versie")]

    def __str__(self):
        return f"{self.rapport}, versie {self.versie}"
