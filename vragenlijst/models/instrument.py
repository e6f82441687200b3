"""The instrument: one version of the questionnaire (Bijlage 2) with its norms (Bijlage 1)."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from regio.datum import lees_datum
from vragenlijst.waarde import MAX_CIJFERS, MAX_DECIMALEN, MAX_EENHEID, Getalregel, lees_getal, schrijf_datum

_GRENS = {"max_digits": MAX_CIJFERS + MAX_DECIMALEN, "decimal_places": MAX_DECIMALEN}


class Vergelijkbaarheid(models.TextChoices):
    """Of a question or norm, against the one of its code in the version before (design 4.2)."""

    GELIJK = "gelijk", "gelijk"
    HERFORMULEERD = "herformuleerd", "herformuleerd"
    NIEUW = "nieuw", "nieuw"


def _vergelijkbaarheid() -> models.CharField:
    return models.CharField(
        "ten opzichte van de vorige versie",
        max_length=15,
        choices=Vergelijkbaarheid,
        default=Vergelijkbaarheid.GELIJK,
    )


class Instrument(models.Model):
    """A version of questionnaire and norms. Codes of questions and norms never change meaning between versions.

    Once it is vastgesteld nothing of it changes; the database keeps that by itself (migration 0012). `inleesverslag` is what was said
    when it was read from an XLSForm: `bestand`, and `meldingen` as [hoe, plaats, wat]; empty for any other.
    """

    class Status(models.TextChoices):
        CONCEPT = "concept", "Concept"
        VASTGESTELD = "vastgesteld", "Vastgesteld"
        VERVALLEN = "vervallen", "Vervallen"

    code = models.SlugField("code", max_length=60)
    versie = models.PositiveSmallIntegerField("versie")
    naam = models.CharField("naam", max_length=120)
    bron = models.CharField("bron", max_length=200, blank=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.CONCEPT)
    inleesverslag = models.JSONField("verslag van het inlezen", default=dict, blank=True)

    class Meta:
        verbose_name = "instrument"
        verbose_name_plural = "instrumenten"
        ordering = ["code", "-versie"]
        constraints = [
            models.UniqueConstraint(fields=["code", "versie"], name="instrument_versie_eenmaal"),
            models.CheckConstraint(
                condition=Q(status__in=["concept", "vastgesteld", "vervallen"]), name="instrument_status"
            ),
        ]

    def __str__(self):
        return f"{self.naam} (versie {self.versie})"

    def get_absolute_url(self):
        return reverse("instrument", args=[self.code, self.versie])

    @property
    def is_concept(self) -> bool:
        """Whether it may still be changed."""
        return self.status == self.Status.CONCEPT


class Onderdeel(models.Model):
    """A part of the instrument; Bijlage 1 and Bijlage 2 have the same parts under slightly different titles."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="onderdelen")
    code = models.CharField("code", max_length=10)
    titel = models.CharField("titel", max_length=120)
    titel_aandachtspunten = models.CharField("titel bij de aandachtspunten", max_length=120)
    volgorde = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        ordering = ["instrument", "volgorde"]
        constraints = [models.UniqueConstraint(fields=["instrument", "code"], name="onderdeel_code_eenmaal")]

    def __str__(self):
        return f"{self.code} {self.titel}"


class Actorgroep(models.Model):
    """A kind of person that is interviewed. `domein` is the wider kind that the report's Aanpak speaks of (par. 1.2)."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="actorgroepen")
    code = models.SlugField("code", max_length=40)
    naam = models.CharField("naam", max_length=80)
    domein = models.CharField("domein", max_length=80)
    volgorde = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "actorgroep"
        verbose_name_plural = "actorgroepen"
        ordering = ["instrument", "volgorde"]
        constraints = [models.UniqueConstraint(fields=["instrument", "code"], name="actorgroep_code_eenmaal")]

    def __str__(self):
        return self.naam


class Vraag(models.Model):
    """One question. `voorwaarde` is the answer to another question on which this one is asked (design 4.3)."""

    class Soort(models.TextChoices):
        KEUZE = "keuze", "één keuze"
        OPEN = "open", "open"
        GEMEENTE = "gemeente", "een gemeente"
        AFSPRAKEN = "afspraken", "afspraken per partij"
        GETAL = "getal", "een getal"
        DATUM = "datum", "een datum"

    onderdeel = models.ForeignKey(Onderdeel, models.CASCADE, related_name="vragen")
    code = models.CharField("code", max_length=12)
    tekst = models.TextField("vraag")
    hulp = models.CharField("toelichting voor de inspecteur", max_length=500, blank=True)
    gescande_tekst = models.TextField("tekst zoals gescand", blank=True)
    verplicht = models.BooleanField("een antwoord is verplicht", default=True)
    soort = models.CharField("soort", max_length=10, choices=Soort)
    eenheid = models.CharField("eenheid", max_length=MAX_EENHEID, blank=True)
    decimalen = models.PositiveSmallIntegerField(
        "cijfers achter de komma", default=0, validators=[MaxValueValidator(MAX_DECIMALEN)]
    )
    minimum = models.DecimalField("minste", null=True, blank=True, **_GRENS)
    maximum = models.DecimalField("meeste", null=True, blank=True, **_GRENS)
    hoofdvraag = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="vervolgvragen")
    voorwaarde = models.ForeignKey("Keuze", models.PROTECT, null=True, blank=True, related_name="opent")
    vergelijkbaarheid = _vergelijkbaarheid()
    volgorde = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["onderdeel__volgorde", "volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["onderdeel", "code"], name="vraag_code_eenmaal"),
            models.CheckConstraint(
                condition=Q(soort__in=["keuze", "open", "gemeente", "afspraken", "getal", "datum"]), name="vraag_soort"
            ),
            models.CheckConstraint(
                condition=Q(vergelijkbaarheid__in=["gelijk", "herformuleerd", "nieuw"]), name="vraag_vergelijkbaarheid"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.tekst}"

    @property
    def is_gesloten(self) -> bool:
        return self.soort == self.Soort.KEUZE

    @property
    def kan_tegenspreken(self) -> bool:
        """Whether two different answers contradict each other: of what is written in own words a machine cannot tell."""
        return self.soort not in (self.Soort.OPEN, self.Soort.AFSPRAKEN)

    @property
    def getalregel(self) -> Getalregel:
        """What a question for a number takes; without meaning for other kinds."""
        return Getalregel(self.eenheid, self.decimalen, self.minimum, self.maximum)

    def lees(self, tekst: str) -> str:
        """An answer that was typed, as it is kept for this kind of question. Raises ValueError with a Dutch sentence."""
        if self.soort == self.Soort.GETAL:
            return lees_getal(tekst, self.getalregel)
        if self.soort == self.Soort.DATUM:
            return schrijf_datum(lees_datum(" ".join(tekst.split())))
        return tekst


class Keuze(models.Model):
    """An answer that a closed question offers. *Weet niet* and *n.v.t.* are answers, but say nothing on the matter."""

    class Soort(models.TextChoices):
        INHOUD = "inhoud", "inhoudelijk"
        WEET_NIET = "weet_niet", "weet niet"
        NVT = "nvt", "niet van toepassing"

    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="keuzes")
    code = models.SlugField("code", max_length=40)
    naam = models.CharField("naam", max_length=120)
    soort = models.CharField("soort", max_length=10, choices=Soort, default=Soort.INHOUD)
    volgorde = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "keuze"
        verbose_name_plural = "keuzes"
        ordering = ["vraag", "volgorde"]
        constraints = [models.UniqueConstraint(fields=["vraag", "code"], name="keuze_code_eenmaal")]

    def __str__(self):
        return self.naam


class Bewijssoort(models.Model):
    """A kind of document that a norm can demand as evidence."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="bewijssoorten")
    code = models.SlugField("code", max_length=40)
    naam = models.CharField("naam", max_length=120)
    volgorde = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "bewijssoort"
        verbose_name_plural = "bewijssoorten"
        ordering = ["instrument", "volgorde"]
        constraints = [models.UniqueConstraint(fields=["instrument", "code"], name="bewijssoort_code_eenmaal")]

    def __str__(self):
        return self.naam


class Aandachtspunt(models.Model):
    """A norm. When it names its evidence, only a document of one of `bewijssoorten` carries *voldoet* (design 4.5)."""

    onderdeel = models.ForeignKey(Onderdeel, models.CASCADE, related_name="aandachtspunten")
    code = models.CharField("code", max_length=12)
    tekst = models.TextField("norm")
    kort = models.CharField("kort", max_length=120)
    gescande_tekst = models.TextField("tekst zoals gescand", blank=True)
    bewijs = models.CharField("gevraagd bewijs", max_length=200, blank=True)
    akkoord_door = models.CharField("akkoord van", max_length=120, blank=True)
    bewijssoorten = models.ManyToManyField(Bewijssoort, blank=True, related_name="aandachtspunten")
    vragen = models.ManyToManyField(Vraag, blank=True, related_name="aandachtspunten")
    vergelijkbaarheid = _vergelijkbaarheid()
    volgorde = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "aandachtspunt"
        verbose_name_plural = "aandachtspunten"
        ordering = ["onderdeel__volgorde", "volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["onderdeel", "code"], name="aandachtspunt_code_eenmaal"),
            models.CheckConstraint(
                condition=Q(vergelijkbaarheid__in=["gelijk", "herformuleerd", "nieuw"]),
                name="aandachtspunt_vergelijkbaarheid",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.kort}"

    @property
    def vraagt_bewijs(self) -> bool:
        return bool(self.bewijs)
