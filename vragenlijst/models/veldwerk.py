"""Field work: rounds, dossiers, interviews and what was said in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from regio.grootte import Grootteklasse, met_code
from regio.models import Gebruiker, Gemeente
from regio.rechten import Recht, rechten_van
from vragenlijst.inhoud import MAX_THEMA
from vragenlijst.models.instrument import Actorgroep, Instrument, Keuze, Vraag


class Ronde(models.Model):
    """One measurement: an instrument version put to a set of municipalities, as they are on the peildatum."""

    class Status(models.TextChoices):
        CONCEPT = "concept", "Concept"
        OPEN = "open", "Open"
        GESLOTEN = "gesloten", "Gesloten"

    naam = models.CharField("naam", max_length=80)
    slug = models.SlugField("korte naam in adressen", max_length=60, unique=True)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="rondes")
    vorige = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="volgende")
    peildatum = models.DateField("peildatum", help_text="Gemeenten en kenmerken zoals zij op deze dag zijn.")
    periode_van = models.DateField("veldwerk van")
    periode_tot = models.DateField("veldwerk tot en met")
    interviews_voor = models.DateField("interviews gehouden uiterlijk", null=True, blank=True)
    aanbieden_voor = models.DateField("dossiers ter toetsing uiterlijk", null=True, blank=True)
    toetsen_voor = models.DateField("dossiers vastgesteld uiterlijk", null=True, blank=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.CONCEPT)
    bewaartermijn = models.PositiveSmallIntegerField("bewaartermijn in maanden", null=True, blank=True, editable=False)
    gewist_op = models.DateTimeField("persoonsgegevens gewist op", null=True, editable=False)

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = ["-peildatum", "naam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(periode_tot__gte=F("periode_van")),
                name="ronde_periode",
                violation_error_message="De laatste dag van het veldwerk ligt voor de eerste.",
            ),
            models.CheckConstraint(condition=Q(status__in=["concept", "open", "gesloten"]), name="ronde_status"),
        ]

    def __str__(self):
        return self.naam

    def get_absolute_url(self):
        return reverse("ronde", args=[self.slug])


class DossierQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker: Gebruiker):
        """The dossiers that this person may read: their own as lead, second or toetser; the analist reads all."""
        rechten = rechten_van(gebruiker)
        if Recht.DOSSIERS_LEZEN in rechten:
            return self
        if Recht.DOSSIER_BEHANDELEN in rechten:
            return self.filter(Q(inspecteur=gebruiker) | Q(tweede_inspecteur=gebruiker) | Q(toetser=gebruiker))
        return self.none()


class Dossier(models.Model):
    """One municipality in one round. Its attributes are those of the round's peildatum and stay so (design 4.1)."""

    class Rol(models.TextChoices):
        VOORTREKKER = "voortrekker", "voortrekker"
        NIET_VOORTREKKER = "niet-voortrekker", "niet-voortrekker"

    class Status(models.TextChoices):
        GEPLAND = "gepland", "Gepland"
        IN_UITVOERING = "in_uitvoering", "In uitvoering"
        TER_TOETSING = "ter_toetsing", "Ter toetsing"
        VASTGESTELD = "vastgesteld", "Vastgesteld"

    ronde = models.ForeignKey(Ronde, models.PROTECT, related_name="dossiers")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="dossiers")
    rol = models.CharField("rol", max_length=20, choices=Rol)
    status = models.CharField("status", max_length=15, choices=Status, default=Status.GEPLAND)
    inspecteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    tweede_inspecteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="dossiers_als_tweede"
    )
    toetser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="dossiers_als_toetser"
    )
    vastgesteld_op = models.DateTimeField(null=True, blank=True, editable=False)
    inwoners = models.PositiveIntegerField("inwoners op de peildatum", null=True, blank=True)
    grootteklasse_code = models.PositiveSmallIntegerField("grootteklasse op de peildatum", default=0)
    randstad = models.BooleanField("in de Randstad op de peildatum", null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"
        ordering = ["ronde", "gemeente__zoeknaam"]
        constraints = [
            models.UniqueConstraint(
                fields=["ronde", "gemeente"],
                name="dossier_eenmaal_per_ronde",
                violation_error_message="Deze gemeente heeft al een dossier in deze ronde.",
            ),
            models.CheckConstraint(condition=Q(rol__in=["voortrekker", "niet-voortrekker"]), name="dossier_rol"),
            models.CheckConstraint(
                condition=Q(status__in=["gepland", "in_uitvoering", "ter_toetsing", "vastgesteld"]),
                name="dossier_status",
            ),
            # Four eyes: nobody reviews their own dossier (design 4.7).
            models.CheckConstraint(
                condition=Q(toetser__isnull=True)
                | (
                    (Q(inspecteur__isnull=True) | ~Q(toetser=F("inspecteur")))
                    & (Q(tweede_inspecteur__isnull=True) | ~Q(toetser=F("tweede_inspecteur")))
                ),
                name="dossier_toetser_is_een_ander",
                violation_error_message="De toetser kan niet de inspecteur van het dossier zijn.",
            ),
            models.CheckConstraint(
                condition=Q(inspecteur__isnull=True)
                | Q(tweede_inspecteur__isnull=True)
                | ~Q(tweede_inspecteur=F("inspecteur")),
                name="dossier_twee_inspecteurs",
                violation_error_message="De tweede inspecteur is een ander dan de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(status="vastgesteld", toetser__isnull=False, vastgesteld_op__isnull=False)
                | (~Q(status="vastgesteld") & Q(vastgesteld_op__isnull=True)),
                name="dossier_vastgesteld_door_iemand",
                violation_error_message="Een vastgesteld dossier heeft een toetser en een datum.",
            ),
        ]

    def __str__(self):
        return f"{self.gemeente} ({self.ronde})"

    def get_absolute_url(self):
        return reverse("dossier", args=[self.pk])

    @property
    def grootteklasse(self) -> Grootteklasse:
        return met_code(self.grootteklasse_code)

    def is_van(self, gebruiker: Gebruiker) -> bool:
        """Whether this person is the dossier's own inspector, lead or second."""
        return gebruiker.pk in (self.inspecteur_id, self.tweede_inspecteur_id)

    @property
    def te_bewerken(self) -> bool:
        """Whether its contents may change now: not while it is reviewed, nor after, nor outside an open round."""
        return self.ronde.status == Ronde.Status.OPEN and self.status in (
            self.Status.GEPLAND,
            self.Status.IN_UITVOERING,
        )

    def mag_bewerken(self, gebruiker: Gebruiker) -> bool:
        return self.te_bewerken and self.is_van(gebruiker) and gebruiker.heeft(Recht.DOSSIER_BEHANDELEN)


class InterviewQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker: Gebruiker):
        return self.filter(dossier__in=Dossier.objects.zichtbaar_voor(gebruiker))

    def tellend(self):
        """Interviews whose answers count: held, or beyond."""
        return self.filter(
            status__in=[self.model.Status.GEHOUDEN, self.model.Status.TER_ACCORDERING, self.model.Status.GEACCORDEERD]
        )


class Interview(models.Model):
    """A conversation with one group of actors in one municipality."""

    class Status(models.TextChoices):
        GEPLAND = "gepland", "Gepland"
        GEHOUDEN = "gehouden", "Gehouden"
        TER_ACCORDERING = "ter_accordering", "Ter accordering"
        GEACCORDEERD = "geaccordeerd", "Geaccordeerd"
        VERVALLEN = "vervallen", "Vervallen"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="interviews")
    actorgroep = models.ForeignKey(Actorgroep, models.PROTECT, related_name="interviews")
    datum = models.DateField("datum", null=True, blank=True)
    aanvang = models.TimeField("aanvang", null=True, blank=True)
    duur = models.PositiveSmallIntegerField("duur in minuten", default=90)
    plaats = models.CharField("plaats", max_length=120, blank=True)
    inspecteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="interviews"
    )
    tweede_inspecteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="interviews_als_tweede"
    )
    status = models.CharField("status", max_length=16, choices=Status, default=Status.GEPLAND)
    geaccordeerd_op = models.DateField("geaccordeerd op", null=True, blank=True)
    geaccordeerd_door = models.CharField("geaccordeerd door", max_length=200, blank=True)
    correcties = models.TextField("correcties van de gesprekspartner", blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = "interview"
        verbose_name_plural = "interviews"
        ordering = ["dossier", "actorgroep__volgorde", "datum", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["gepland", "vervallen"]) | Q(datum__isnull=False),
                name="interview_gehouden_heeft_datum",
                violation_error_message="Een gehouden interview heeft een datum.",
            ),
            models.CheckConstraint(
                condition=Q(status="geaccordeerd", geaccordeerd_op__isnull=False)
                | (~Q(status="geaccordeerd") & Q(geaccordeerd_op__isnull=True)),
                name="interview_geaccordeerd_heeft_datum",
                violation_error_message="Een geaccordeerd interview heeft een datum van akkoord.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["gepland", "gehouden", "ter_accordering", "geaccordeerd", "vervallen"]),
                name="interview_status",
            ),
            models.CheckConstraint(
                condition=Q(inspecteur__isnull=True)
                | Q(tweede_inspecteur__isnull=True)
                | ~Q(tweede_inspecteur=F("inspecteur")),
                name="interview_twee_inspecteurs",
                violation_error_message="De tweede inspecteur is een ander dan de eerste.",
            ),
        ]

    def __str__(self):
        return f"{self.actorgroep}, {self.dossier.gemeente}"

    def get_absolute_url(self):
        return reverse("interview", args=[self.pk])

    @property
    def te_bewerken(self) -> bool:
        """Whether answers may change: until the verslag is sent for approval, in a dossier that is worked on."""
        return self.dossier.te_bewerken and self.status in (self.Status.GEPLAND, self.Status.GEHOUDEN)

    def mag_bewerken(self, gebruiker: Gebruiker) -> bool:
        return self.te_bewerken and self.dossier.mag_bewerken(gebruiker)


class Gesprekspartner(models.Model):
    """Who was spoken to. Personal data: only the dossier's own inspectors see it (design 4.10)."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="gesprekspartners")
    naam = models.CharField("naam", max_length=100)
    functie = models.CharField("functie", max_length=100, blank=True)
    organisatie = models.CharField("organisatie", max_length=120, blank=True)

    class Meta:
        verbose_name = "gesprekspartner"
        verbose_name_plural = "gesprekspartners"
        ordering = ["interview", "pk"]  # as they were typed

    def __str__(self):
        return self.naam


class Inhoudelijk(models.Model):
    """The four shapes an answer can take; which one is used follows from the kind of question."""

    keuze = models.ForeignKey(Keuze, models.PROTECT, null=True, blank=True, related_name="+")
    tekst = models.TextField("antwoord", blank=True)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    rijen = models.JSONField("afspraken", default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def is_leeg(self) -> bool:
        return not (self.keuze_id or self.tekst or self.gemeente_id or self.rijen)


class Antwoord(Inhoudelijk):
    """What one interview said on one question; its note, its literal quote and the proposed theme are kept apart from it.

    Written only by `vragenlijst.actions.antwoord_opslaan`, which adds an Antwoordversie for each change.
    """

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="antwoorden")
    vraag = models.ForeignKey(Vraag, models.PROTECT, related_name="antwoorden")
    toelichting = models.TextField("toelichting", blank=True)
    citaat = models.TextField("citaat", blank=True)
    thema = models.CharField("voorgesteld thema", max_length=MAX_THEMA, blank=True)
    versie = models.PositiveIntegerField(default=0)
    gewijzigd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gewijzigd_op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["interview", "vraag__onderdeel__volgorde", "vraag__volgorde"]
        constraints = [models.UniqueConstraint(fields=["interview", "vraag"], name="antwoord_eenmaal_per_vraag")]

    def __str__(self):
        return f"{self.vraag.code} in {self.interview}"


class Antwoordversie(models.Model):
    """Each state an answer has had. The client makes `sleutel`: the same key is never stored twice (design 8.2)."""

    antwoord = models.ForeignKey(Antwoord, models.PROTECT, related_name="versies")
    versie = models.PositiveIntegerField()
    inhoud = models.JSONField()
    sleutel = models.UUIDField(unique=True)
    wie = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    wanneer = models.DateTimeField(auto_now_add=True)
    reden = models.TextField(blank=True)

    class Meta:
        verbose_name = "antwoordversie"
        verbose_name_plural = "antwoordversies"
        ordering = ["antwoord", "versie"]
        constraints = [models.UniqueConstraint(fields=["antwoord", "versie"], name="antwoordversie_eenmaal")]

    def __str__(self):
        return f"{self.antwoord}, versie {self.versie}"


class Gespreksverslag(models.Model):
    """The answers as they were put before the gesprekspartner: each time an interview goes ter accordering, one more.

    `inhoud` is what the verslag says; the document is made from it again whenever it is asked, and `sha256` is that of its
    canonical JSON.
    """

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="verslagen")
    nummer = models.PositiveSmallIntegerField("nummer")
    inhoud = models.JSONField()
    sha256 = models.CharField(max_length=64)
    gemaakt_op = models.DateTimeField(auto_now_add=True)
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "gespreksverslag"
        verbose_name_plural = "gespreksverslagen"
        ordering = ["interview", "nummer"]
        constraints = [models.UniqueConstraint(fields=["interview", "nummer"], name="gespreksverslag_nummer_eenmaal")]

    def __str__(self):
        return f"Verslag {self.nummer} van {self.interview}"


class Intentie(models.Model):
    """Something that an actor says they mean to do, and by when. The next round asks what became of it (V08/01, Vervolg)."""

    antwoord = models.OneToOneField(Antwoord, models.PROTECT, related_name="intentie")
    omschrijving = models.TextField("wat men van plan is")
    horizon = models.DateField("voor wanneer", null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)
    gewijzigd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gewijzigd_op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "intentie"
        verbose_name_plural = "intenties"
        ordering = ["antwoord"]

    def __str__(self):
        return f"Intentie: {self.omschrijving}"


class Opvolging(models.Model):
    """What became of an intention, as found in the dossier of the next round."""

    class Uitkomst(models.TextChoices):
        NAGEKOMEN = "nagekomen", "Nagekomen"
        IN_UITVOERING = "in_uitvoering", "In uitvoering"
        LOSGELATEN = "losgelaten", "Losgelaten"
        VERVANGEN = "vervangen", "Vervangen door iets anders"

    intentie = models.ForeignKey(Intentie, models.PROTECT, related_name="opvolgingen")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="opvolgingen")
    uitkomst = models.CharField("uitkomst", max_length=15, choices=Uitkomst)
    toelichting = models.TextField("toelichting")
    versie = models.PositiveIntegerField(default=1)
    gewijzigd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gewijzigd_op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "opvolging"
        verbose_name_plural = "opvolgingen"
        ordering = ["dossier", "intentie"]
        constraints = [
            models.UniqueConstraint(fields=["intentie", "dossier"], name="opvolging_eenmaal"),
            models.CheckConstraint(
                condition=Q(uitkomst__in=["nagekomen", "in_uitvoering", "losgelaten", "vervangen"]),
                name="opvolging_uitkomst",
            ),
        ]

    def __str__(self):
        return f"Opvolging van de intentie: {self.intentie.omschrijving}"
