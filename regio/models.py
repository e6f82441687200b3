"""Who and where: people, municipalities through time, regions, and the history of everything.

Dates are half-open: a thing is valid from `geldig_van` up to but not including `geldig_tot`; None means "and still is".
"""

import re
from datetime import date

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from regio.grootte import Grootteklasse, grootteklasse
from regio.herkennen import als_code
from regio.rechten import Recht, Rol, rechten_van
from regio.tekst import zoekvorm

CODEVORM = re.compile(r"[0-9A-Z][0-9]{3}")


class Gebruiker(AbstractUser):
    """Someone who works with the system. Who has left is deactivated, never deleted: history points here."""

    first_name = None
    last_name = None
    naam = models.CharField("naam", max_length=100)
    rol = models.CharField("rol", max_length=20, choices=Rol)
    versie = models.PositiveIntegerField(default=1, editable=False)

    REQUIRED_FIELDS = ["email", "naam", "rol"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rol__in=Rol.values),
                name="gebruiker_rol_bestaat",
                violation_error_message="Kies een bestaande rol.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="gebruiker_email_eenmaal",
                violation_error_message="Er is al een gebruiker met dit e-mailadres.",
            ),
        ]

    def __str__(self):
        return self.naam or self.username

    def get_absolute_url(self):
        return reverse("gebruiker", args=[self.pk])

    def get_full_name(self):
        return self.naam

    def get_short_name(self):
        return self.naam

    def heeft(self, recht: Recht) -> bool:
        return recht in rechten_van(self)

    @property
    def behandelt_dossiers(self) -> bool:
        """Whether work on dossiers can be left to this person: still here, and in a role that does it."""
        return self.heeft(Recht.DOSSIER_BEHANDELEN)


class TweedeStap(models.Model):
    """That somebody logs in with a code beside the password: the key that their app has too, and the last time step used."""

    gebruiker = models.OneToOneField(Gebruiker, models.PROTECT, related_name="tweede_stap")
    sleutel = models.CharField(max_length=64)
    laatste_stap = models.BigIntegerField(default=-1)
    aan_op = models.DateTimeField("aan sinds", auto_now_add=True)

    class Meta:
        verbose_name = "tweede stap"
        verbose_name_plural = "tweede stappen"

    def __str__(self):
        return f"Tweede stap van {self.gebruiker}"


class Herstelcode(models.Model):
    """One of ten codes for who has no telephone at hand. Only its hash is kept; it works once."""

    tweede_stap = models.ForeignKey(TweedeStap, models.CASCADE, related_name="herstelcodes")
    code = models.CharField(max_length=64)
    gebruikt_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "herstelcode"
        verbose_name_plural = "herstelcodes"

    def __str__(self):
        return f"Herstelcode van {self.tweede_stap.gebruiker}"


class GeldigQuerySet(models.QuerySet):
    """Rows with a period of validity."""

    def op(self, datum: date):
        """The rows that are valid on `datum`."""
        return self.filter(geldig_van__lte=datum).exclude(geldig_tot__lte=datum)


class GemeenteQuerySet(GeldigQuerySet):
    def zoek(self, tekst: str):
        """Municipalities whose name or alias contains `tekst`, with or without diacritics, or whose code it is (518 is 0518)."""
        vorm = zoekvorm(tekst)
        if not vorm:
            return self.none() if tekst.strip() else self
        code = als_code(tekst)
        gevonden = Q(zoeknaam__contains=vorm)
        return self.filter(gevonden | Q(code=code) if CODEVORM.fullmatch(code) else gevonden)

    def echt(self):
        """The municipalities that exist, without those made up for the demo."""
        return self.filter(fictief=False)


class Gemeente(models.Model):
    """A municipality under one CBS code. A merger that gives a new code makes a new Gemeente (see Herindeling).

    `versie` counts the changes of the municipality with its kenmerken and lidmaatschappen, so that a stale form is refused.
    """

    code = models.CharField(
        "CBS-code",
        max_length=4,
        unique=True,
        validators=[RegexValidator(rf"^{CODEVORM.pattern}\Z", "Een CBS-code heeft vier cijfers, bijvoorbeeld 0363.")],
    )
    naam = models.CharField("naam", max_length=80)
    alias = models.CharField("andere naam", max_length=80, blank=True)
    zoeknaam = models.CharField(max_length=170, editable=False, db_index=True)
    fictief = models.BooleanField("fictief", default=False, help_text="Alleen voor de demo: bestaat niet echt.")
    geldig_van = models.DateField("bestaat vanaf")
    geldig_tot = models.DateField("opgeheven per", null=True, blank=True)
    versie = models.PositiveIntegerField(default=1, editable=False)

    objects = GemeenteQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["zoeknaam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=F("geldig_van")),
                name="gemeente_periode",
                violation_error_message="De einddatum moet na de begindatum liggen.",
            )
        ]

    def __str__(self):
        return self.naam

    def save(self, *args, **kwargs):
        self.zoeknaam = self.maak_zoeknaam(self.naam, self.alias)
        if (velden := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*velden, "zoeknaam"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("gemeente", args=[self.code])

    @staticmethod
    def maak_zoeknaam(naam: str, alias: str = "") -> str:
        # Folding can lengthen a text (one Arabic ligature is eighteen letters): never longer than the column.
        return f"{zoekvorm(naam)} {zoekvorm(alias)}".strip()[:170]

    def bestaat_op(self, datum: date) -> bool:
        return self.geldig_van <= datum and (self.geldig_tot is None or datum < self.geldig_tot)


class Kenmerken(models.Model):
    """What holds of a municipality in a period: inhabitants, Randstad, whether it is a voortrekker.

    `inwoners` is the number on `inwoners_peildatum`; unknown stays empty, it is never guessed.
    """

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="kenmerken")
    geldig_van = models.DateField("geldig vanaf")
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)
    inwoners = models.PositiveIntegerField("inwoners", null=True, blank=True)
    inwoners_peildatum = models.DateField("inwoners geteld op", null=True, blank=True)
    randstad = models.BooleanField("ligt in de Randstad", null=True, blank=True)
    voortrekker = models.BooleanField("voortrekkersgemeente", default=False)

    objects = GeldigQuerySet.as_manager()

    class Meta:
        verbose_name = "kenmerken"
        verbose_name_plural = "kenmerken"
        ordering = ["gemeente", "geldig_van"]
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "geldig_van"],
                name="kenmerken_per_begindatum",
                violation_error_message="Er zijn al kenmerken van deze gemeente vanaf deze datum.",
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=F("geldig_van")),
                name="kenmerken_periode",
                violation_error_message="De einddatum moet na de begindatum liggen.",
            ),
        ]

    def __str__(self):
        return f"{self.gemeente}, vanaf {self.geldig_van:%d-%m-%Y}"

    @property
    def grootteklasse(self) -> Grootteklasse:
        return grootteklasse(self.inwoners)


class Herindeling(models.Model):
    """One municipality going over, wholly or in part, into another on a date. An old round is never rewritten by it."""

    class Deel(models.TextChoices):
        GEHEEL = "geheel", "geheel"
        GEDEELTELIJK = "gedeeltelijk", "gedeeltelijk"

    datum = models.DateField("datum")
    oud = models.ForeignKey(Gemeente, models.PROTECT, related_name="opgegaan", verbose_name="oude gemeente")
    nieuw = models.ForeignKey(Gemeente, models.PROTECT, related_name="ontstaan", verbose_name="nieuwe gemeente")
    deel = models.CharField("deel", max_length=12, choices=Deel, default=Deel.GEHEEL)
    hoofdopvolger = models.BooleanField("aangewezen opvolger", default=True)
    soort = models.CharField("soort", max_length=60, default="herindeling")
    wet = models.CharField("wet (BWB-nummer)", max_length=20, blank=True)
    toelichting = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "herindeling"
        verbose_name_plural = "herindelingen"
        ordering = ["datum", "oud"]
        constraints = [
            models.UniqueConstraint(fields=["datum", "oud", "nieuw"], name="herindeling_eenmaal"),
            models.UniqueConstraint(
                fields=["datum", "oud"],
                condition=Q(hoofdopvolger=True),
                name="herindeling_een_hoofdopvolger",
                violation_error_message="Een gemeente heeft per herindeling één aangewezen opvolger.",
            ),
            models.CheckConstraint(
                condition=~Q(oud=F("nieuw")),
                name="herindeling_niet_in_zichzelf",
                violation_error_message="Een gemeente kan niet in zichzelf opgaan.",
            ),
        ]

    def __str__(self):
        return f"{self.oud} → {self.nieuw} per {self.datum:%d-%m-%Y}"


class Regio(models.Model):
    """A region of some kind. A province is a region too: membership works the same for all kinds."""

    class Soort(models.TextChoices):
        PROVINCIE = "provincie", "Provincie"
        COROP = "corop", "COROP-gebied"
        RPA = "rpa", "RPA-gebied"
        ARBEIDSMARKTREGIO = "arbeidsmarktregio", "Arbeidsmarktregio"
        PLUSREGIO = "plusregio", "Bestuursregio of plusregio"
        SAMENWERKING = "samenwerking", "Samenwerkingsverband (RPA of POA)"

    soort = models.CharField("soort", max_length=20, choices=Soort)
    code = models.CharField("code", max_length=40)
    naam = models.CharField("naam", max_length=80)
    zoeknaam = models.CharField(max_length=80, editable=False, db_index=True)
    fictief = models.BooleanField("fictief", default=False)
    versie = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "regio"
        verbose_name_plural = "regio's"
        ordering = ["soort", "zoeknaam"]
        constraints = [
            models.UniqueConstraint(
                fields=["soort", "code"],
                name="regio_code_per_soort",
                violation_error_message="Er is al een regio van deze soort met deze code.",
            )
        ]

    def __str__(self):
        return self.naam

    def save(self, *args, **kwargs):
        self.zoeknaam = self.maak_zoeknaam(self.naam)
        if (velden := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*velden, "zoeknaam"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("regio", args=[self.pk])

    @staticmethod
    def maak_zoeknaam(naam: str) -> str:
        return zoekvorm(naam)[:80]


class Lidmaatschap(models.Model):
    """A municipality belonging to a region in a period."""

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="lidmaatschappen")
    regio = models.ForeignKey(Regio, models.PROTECT, related_name="lidmaatschappen")
    geldig_van = models.DateField("geldig vanaf")
    geldig_tot = models.DateField("geldig tot", null=True, blank=True)

    objects = GeldigQuerySet.as_manager()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        ordering = ["regio", "gemeente", "geldig_van"]
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "regio", "geldig_van"],
                name="lidmaatschap_eenmaal",
                violation_error_message="Deze gemeente is vanaf deze datum al lid van deze regio.",
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=F("geldig_van")),
                name="lidmaatschap_periode",
                violation_error_message="De einddatum moet na de begindatum liggen.",
            ),
        ]

    def __str__(self):
        return f"{self.gemeente} in {self.regio}"


class GebeurtenisQuerySet(models.QuerySet):
    def van(self, ding: models.Model):
        """The history of one object."""
        return self.filter(ding_soort=ding._meta.model_name, ding_id=ding.pk)


class Gebeurtenis(models.Model):
    """One row of history: who did what, when, to what, and why. Rows are only ever added (see `regio.gebeurtenissen`).

    The object is named by kind and number, without a foreign key: this room may not know the rooms above it, and history
    outlives its object. `dossier_id` gathers what belongs to one dossier.
    """

    class Soort(models.TextChoices):
        GEMAAKT = "gemaakt", "gemaakt"
        GEWIJZIGD = "gewijzigd", "gewijzigd"
        STATUS = "status", "status gewijzigd"
        INGELOGD = "ingelogd", "ingelogd"
        UITVOER = "uitvoer", "gedownload"
        INZAGE = "inzage", "persoonsgegevens ingezien"
        GEWIST = "gewist", "persoonsgegevens gewist"

    wanneer = models.DateTimeField("wanneer", auto_now_add=True, db_index=True)
    wie = models.ForeignKey(Gebruiker, models.PROTECT, null=True, related_name="gebeurtenissen")
    soort = models.CharField("soort", max_length=12, choices=Soort)
    ding_soort = models.CharField(max_length=30)
    ding_id = models.BigIntegerField()
    ding_naam = models.CharField("wat", max_length=200)
    dossier_id = models.BigIntegerField(null=True, db_index=True)
    van = models.CharField("van", max_length=40, blank=True)
    naar = models.CharField("naar", max_length=40, blank=True)
    reden = models.TextField("reden", blank=True)
    wijzigingen = models.JSONField("wijzigingen", default=dict, blank=True)

    objects = GebeurtenisQuerySet.as_manager()

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["-wanneer", "-pk"]
        indexes = [models.Index(fields=["ding_soort", "ding_id"], name="gebeurtenis_van_ding")]

    def __str__(self):
        return f"{self.ding_naam}: {self.get_soort_display()}"

    @property
    def van_naam(self) -> str:
        return self.van.replace("_", " ")

    @property
    def naar_naam(self) -> str:
        return self.naar.replace("_", " ")


class Grens(models.Model):
    """The boundary of a municipality from a day on, until the next one of it: for drawing, simplified when it was imported.

    `vlakken`: areas; of each the outline and then the holes in it; of each of those the points [x, y] in metres RD.
    """

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="grenzen")
    geldig_van = models.DateField("geldig vanaf")
    vlakken = models.JSONField("vlakken")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "grens"
        verbose_name_plural = "grenzen"
        ordering = ["gemeente", "geldig_van"]
        constraints = [models.UniqueConstraint(fields=["gemeente", "geldig_van"], name="grens_per_begindatum")]

    def __str__(self):
        return f"grens van {self.gemeente} vanaf {self.geldig_van:%d-%m-%Y}"


class Inlezing(models.Model):
    """A file of reference data on its way into the tables: uploaded and looked at, and carried out or thrown away.

    The bytes stay as they came, so that what is carried out is what was shown, and so that it can be said later what was in the file.
    """

    class Soort(models.TextChoices):
        GEMEENTEN = "gemeenten", "Gemeenten op een dag"
        HERINDELINGEN = "herindelingen", "Herindelingen"
        REGIOS = "regios", "Regio's en lidmaatschappen"
        GRENZEN = "grenzen", "Grenzen van gemeenten (voor kaarten)"

    soort = models.CharField("soort", max_length=15, choices=Soort)
    peildatum = models.DateField("peildatum", null=True, blank=True)
    bestandsnaam = models.CharField("bestandsnaam", max_length=200)
    herkend = models.CharField("herkend als", max_length=200)
    inhoud = models.BinaryField("inhoud")
    sha256 = models.CharField(max_length=64)
    door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="inlezingen")
    op = models.DateTimeField("op", auto_now_add=True)
    uitgevoerd_door = models.ForeignKey(
        Gebruiker, models.PROTECT, null=True, blank=True, related_name="uitgevoerde_inlezingen"
    )
    uitgevoerd_op = models.DateTimeField("uitgevoerd op", null=True, blank=True)
    verschil = models.JSONField("wat het deed", default=list, blank=True)

    class Meta:
        verbose_name = "inlezing"
        verbose_name_plural = "inlezingen"
        ordering = ["-op", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(uitgevoerd_op__isnull=True, uitgevoerd_door__isnull=True)
                | Q(uitgevoerd_op__isnull=False, uitgevoerd_door__isnull=False),
                name="inlezing_uitgevoerd_door_iemand",
                violation_error_message="Wat is uitgevoerd, is door iemand uitgevoerd.",
            ),
        ]

    def __str__(self):
        return self.bestandsnaam

    def get_absolute_url(self):
        return reverse("inlezing", args=[self.pk])
