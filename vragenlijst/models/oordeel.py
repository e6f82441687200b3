"""What the answers amount to: the finding per question, the judgement per norm, and the evidence under it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from regio.models import Gemeente
from vragenlijst.bestanden import BESTANDSTYPEN, leesbare_grootte
from vragenlijst.models.instrument import Aandachtspunt, Bewijssoort, Vraag
from vragenlijst.models.veldwerk import Dossier, Inhoudelijk

MAP = "bewijs"  # below MEDIA_ROOT


def opslagnaam(stuk: "Bewijsstuk | None" = None, naam: str = "") -> str:
    """Where a file is kept: a name that says nothing, in one of 256 folders."""
    willekeurig = uuid4().hex
    return f"{MAP}/{willekeurig[:2]}/{willekeurig}"


class BewijsstukQuerySet(models.QuerySet):
    def met_alles(self):
        """With what a list of documents shows of each."""
        return self.select_related("soort", "vervangt", "vervangen_door").prefetch_related("deelnemers")


class Bewijsstuk(models.Model):
    """A document on the dossier: what kind, of what date, and who agreed to it.

    The file itself is stored under a random name outside the web root; `bestandsnaam` is what its owner called it. A newer
    document names the one it replaces, which stays. Of a file that went with the round's personal data, the size and the
    checksum remain.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="bewijsstukken")
    soort = models.ForeignKey(Bewijssoort, models.PROTECT, related_name="bewijsstukken", verbose_name="soort")
    titel = models.CharField("titel", max_length=200)
    datum = models.DateField("datum van het stuk")
    akkoord_door = models.CharField("akkoord door", max_length=200, blank=True)
    akkoord_op = models.DateField("akkoord op", null=True, blank=True)
    vindplaats = models.CharField("vindplaats", max_length=300, blank=True)
    deelnemers = models.ManyToManyField(Gemeente, blank=True, related_name="+", verbose_name="deelnemende gemeenten")
    bestand = models.FileField("bestand", upload_to=opslagnaam, max_length=120, blank=True)
    bestandsnaam = models.CharField(max_length=200, blank=True, editable=False)
    mediatype = models.CharField(max_length=100, blank=True, editable=False)
    grootte = models.PositiveBigIntegerField("grootte in bytes", null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    persoonsgegevens = models.BooleanField("bevat persoonsgegevens", default=False)
    gewist_op = models.DateTimeField("bestand gewist op", null=True, editable=False)
    vervangt = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="vervangen_door", editable=False
    )
    versie = models.PositiveIntegerField(default=1)

    objects = BewijsstukQuerySet.as_manager()

    class Meta:
        verbose_name = "bewijsstuk"
        verbose_name_plural = "bewijsstukken"
        ordering = ["dossier", "datum", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bestand="", sha256="", grootte__isnull=True, gewist_op__isnull=True)
                | (~Q(bestand="") & ~Q(sha256="") & Q(grootte__isnull=False, gewist_op__isnull=True))
                | (Q(bestand="", bestandsnaam="", grootte__isnull=False, gewist_op__isnull=False) & ~Q(sha256="")),
                name="bewijsstuk_bestand_heel",
                violation_error_message="Een bestand heeft een grootte en een controlegetal.",
            )
        ]

    def __str__(self):
        return self.titel

    @property
    def opvolger(self) -> "Bewijsstuk | None":
        """The document that replaces this one."""
        return getattr(self, "vervangen_door", None)

    @property
    def akkoord_vooraf(self) -> bool:
        """Whether the agreement is older than the document itself: possible, and worth a second look."""
        return self.akkoord_op is not None and self.akkoord_op < self.datum

    @property
    def bestand_omschrijving(self) -> str:
        """Kind and size of the file, 'PDF, 1,4 MB', also of one that was wiped; empty when only the vindplaats is known."""
        if not self.sha256:
            return ""
        return f"{BESTANDSTYPEN[self.mediatype].naam}, {leesbare_grootte(self.grootte)}"


class Bevinding(Inhoudelijk):
    """The one fact per dossier per question, settled by the inspector from the actors' answers (design 4.4).

    `vervallen` follows from routing over the dossier's own findings: such a finding is kept and not counted (4.3).
    """

    class Stand(models.TextChoices):
        EENSLUIDEND = "eensluidend", "eensluidend"
        TEGENGESTELD = "tegengesteld", "tegengesteld"
        AANVULLEND = "aanvullend", "verschillend verwoord"
        EEN_BRON = "een_bron", "één bron"
        NIET_GEVRAAGD = "niet_gevraagd", "niet gevraagd"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="bevindingen")
    vraag = models.ForeignKey(Vraag, models.PROTECT, related_name="bevindingen")
    stand = models.CharField("stand bij het vaststellen", max_length=15, choices=Stand)
    motivatie = models.TextField("motivatie", blank=True)
    vervallen = models.BooleanField("vervallen door routering", default=False, editable=False)
    te_herzien = models.BooleanField("te herzien", default=False, editable=False)
    versie = models.PositiveIntegerField(default=1)
    gewijzigd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gewijzigd_op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "bevinding"
        verbose_name_plural = "bevindingen"
        ordering = ["dossier", "vraag__onderdeel__volgorde", "vraag__volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "vraag"], name="bevinding_eenmaal_per_vraag"),
            models.CheckConstraint(
                condition=~Q(stand="tegengesteld") | ~Q(motivatie=""),
                name="bevinding_tegengesteld_gemotiveerd",
                violation_error_message="De actoren spreken elkaar tegen: motiveer waarom u zo hebt gekozen.",
            ),
        ]

    def __str__(self):
        return f"Bevinding {self.vraag.code}, {self.dossier}"


class Beoordeling(models.Model):
    """A norm held against the findings and the evidence of one dossier.

    `bewijs_vereist` repeats on the row that the norm names its evidence, so that the database itself can refuse
    *voldoet* without a document (design 4.5).
    """

    class Oordeel(models.TextChoices):
        VOLDOET = "voldoet", "Voldoet"
        VOLDOET_DEELS = "voldoet_deels", "Voldoet deels"
        VOLDOET_NIET = "voldoet_niet", "Voldoet niet"
        NIET_TE_BEOORDELEN = "niet_te_beoordelen", "Niet te beoordelen"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="beoordelingen")
    aandachtspunt = models.ForeignKey(Aandachtspunt, models.PROTECT, related_name="beoordelingen")
    oordeel = models.CharField("oordeel", max_length=20, choices=Oordeel)
    motivering = models.TextField("motivering")
    bewijs_vereist = models.BooleanField(editable=False)
    bewijsstuk = models.ForeignKey(
        Bewijsstuk, models.PROTECT, null=True, blank=True, related_name="beoordelingen", verbose_name="bewijsstuk"
    )
    bewijsplaats = models.CharField("bladzijde of passage", max_length=120, blank=True)
    te_herzien = models.BooleanField("te herzien", default=False, editable=False)
    versie = models.PositiveIntegerField(default=1)
    gewijzigd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gewijzigd_op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "beoordeling"
        verbose_name_plural = "beoordelingen"
        ordering = ["dossier", "aandachtspunt__onderdeel__volgorde", "aandachtspunt__volgorde"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "aandachtspunt"], name="beoordeling_eenmaal_per_norm"),
            models.CheckConstraint(
                condition=Q(oordeel__in=["voldoet", "voldoet_deels", "voldoet_niet", "niet_te_beoordelen"]),
                name="beoordeling_oordeel",
            ),
            models.CheckConstraint(
                condition=~Q(oordeel="voldoet") | Q(bewijs_vereist=False) | Q(bewijsstuk__isnull=False),
                name="beoordeling_voldoet_met_bewijs",
                violation_error_message=(
                    "Deze norm noemt zelf zijn bewijs. Zonder zo'n stuk in het dossier is het oordeel ten hoogste "
                    "'voldoet deels' (alleen verklaard)."
                ),
            ),
        ]

    def __str__(self):
        return f"Beoordeling {self.aandachtspunt.code}, {self.dossier}"

    @property
    def alleen_verklaard(self) -> bool:
        """*Voldoet deels* on words alone: the norm demands a document and the dossier has none (design 4.5)."""
        return self.bewijs_vereist and self.oordeel == self.Oordeel.VOLDOET_DEELS and self.bewijsstuk_id is None


class Opmerking(models.Model):
    """What the toetser notes on a question, a norm or the dossier as a whole; the inspector deals with each of them."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="opmerkingen")
    vraag = models.ForeignKey(Vraag, models.PROTECT, null=True, blank=True, related_name="+")
    aandachtspunt = models.ForeignKey(Aandachtspunt, models.PROTECT, null=True, blank=True, related_name="+")
    tekst = models.TextField("opmerking")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(auto_now_add=True)
    reactie = models.TextField("reactie", blank=True)
    afgehandeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    afgehandeld_op = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["dossier", "op", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(vraag__isnull=True) | Q(aandachtspunt__isnull=True), name="opmerking_over_een_ding"
            ),
            models.CheckConstraint(
                condition=Q(afgehandeld_door__isnull=True, afgehandeld_op__isnull=True)
                | Q(afgehandeld_door__isnull=False, afgehandeld_op__isnull=False),
                name="opmerking_afgehandeld_door_iemand",
            ),
        ]

    def __str__(self):
        return f"Opmerking bij {self.waarover}"

    @property
    def waarover(self) -> str:
        return str(
            (self.vraag and self.vraag.code) or (self.aandachtspunt and self.aandachtspunt.code) or "het dossier"
        )


class Uitzondering(models.Model):
    """Something that a dossier lacks and cannot get, set aside with the reason; its toetser sees which and why.

    `sleutel` says what is missing (`werkvoorraad.Leemte`), `wat` is the sentence as it stood then, and `vragen` are the codes of
    the questions that it spoke of: when more are missing than these, it no longer covers them.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="uitzonderingen")
    sleutel = models.CharField(max_length=80, editable=False)
    wat = models.TextField("wat ontbreekt", editable=False)
    vragen = models.JSONField(default=list, blank=True, editable=False)
    reden = models.TextField("reden")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "uitzondering"
        verbose_name_plural = "uitzonderingen"
        ordering = ["dossier", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "sleutel"], name="uitzondering_eenmaal"),
            models.CheckConstraint(condition=~Q(reden=""), name="uitzondering_heeft_reden"),
        ]

    def __str__(self):
        return self.wat
