"""What must hold of what was frozen and of what went out."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, Max
from django.urls import reverse

from rapportage.canoniek import sha256
from rapportage.kwantoren import Band, gebreken
from rapportage.models import BEWERKBAAR, Fotomoment, Kwantorband, Passage, Rapport, Uitgave
from rapportage.queries.fotomoment import verifieer
from rapportage.queries.uitgave import geldende, verschillen_met
from regio.controle import Controle, Overtreding
from vragenlijst.models import Ronde

BEHEERDER, ANALIST = "de beheerder", "de analist"


def banden_met_gaten() -> Iterator[Overtreding]:
    per_ronde: dict[Ronde | None, list[Band]] = defaultdict(list)
    for rij in Kwantorband.objects.select_related("ronde").order_by("volgorde"):
        per_ronde[rij.ronde].append(Band(rij.woord, rij.aandeel, rij.tot_en_met, rij.hoogstens))
    for ronde, banden in per_ronde.items():
        adres = reverse("ronde_kwantoren", args=[ronde.slug]) if ronde else reverse("kwantoren")
        for _, zin in gebreken(banden):
            yield Overtreding(f"Hoeveelheidswoorden van {ronde or 'nieuwe rondes'}: {zin}", adres)


def gesloten_zonder_fotomoment() -> Iterator[Overtreding]:
    for ronde in Ronde.objects.filter(status=Ronde.Status.GESLOTEN, fotomomenten=None):
        yield Overtreding(f"{ronde} is gesloten en heeft geen fotomoment.", ronde.get_absolute_url())


def zegel_gebroken() -> Iterator[Overtreding]:
    for foto in Fotomoment.objects.select_related("ronde").iterator(chunk_size=5):
        if sha256(foto.inhoud) != foto.sha256:
            yield Overtreding(f"Het fotomoment van {foto} is niet meer wat is verzegeld.", _fotomomenten(foto.ronde))


def fotomoment_klopt_niet() -> Iterator[Overtreding]:
    """Of each closed round the newest: what the database says otherwise. A broken seal is told by the rule above."""
    gesloten = Fotomoment.objects.filter(ronde__status=Ronde.Status.GESLOTEN).select_related("ronde__instrument")
    for foto in gesloten.annotate(nieuwste=Max("ronde__fotomomenten__versie")).filter(versie=F("nieuwste")):
        if sha256(foto.inhoud) == foto.sha256 and (verschillen := verifieer(foto)):
            meer = f" en {len(verschillen) - 1} andere plaatsen" if len(verschillen) > 1 else ""
            yield Overtreding(f"De gegevens van {foto.ronde} zijn anders dan het fotomoment: {verschillen[0].plek}{meer}.", _fotomomenten(foto.ronde))  # fmt: skip


def _fotomomenten(ronde: Ronde) -> str:
    return reverse("fotomomenten", args=[ronde.slug])


def uitgave_veranderd() -> Iterator[Overtreding]:
    for uitgave in Uitgave.objects.select_related("rapport__ronde").iterator(chunk_size=5):
        if sha256(bytes(uitgave.pdf)) != uitgave.sha256:
            yield Overtreding(f"De pdf van {uitgave} is niet meer wat is uitgegeven.", uitgave.rapport.get_absolute_url())  # fmt: skip


def uitgave_uit_andere_gegevens() -> Iterator[Overtreding]:
    for rapport in Rapport.objects.exclude(status__in=BEWERKBAAR).select_related("ronde"):
        uitgave = geldende(rapport.ronde)
        if uitgave and (verschillen := verschillen_met(uitgave)):
            meer = f" en {len(verschillen) - 1} andere plaatsen" if len(verschillen) > 1 else ""
            yield Overtreding(f"{uitgave} is gedrukt uit andere gegevens dan er nu staan: {verschillen[0].plek}{meer}.", rapport.get_absolute_url())  # fmt: skip


def versie_van_passage() -> Iterator[Overtreding]:
    rijen = Passage.objects.annotate(laatste=Max("versies__versie")).exclude(laatste=None).exclude(laatste=F("versie"))
    for passage in rijen.select_related("rapport__ronde", "onderdeel"):
        yield Overtreding(f"{passage.rapport}: de laatste versie van ‘{passage}’ is niet wat er staat.", passage.get_absolute_url())  # fmt: skip


CONTROLES = (
    Controle("banden", "De hoeveelheidswoorden sluiten op elkaar aan.", BEHEERDER, banden_met_gaten),
    Controle("gesloten-zonder-fotomoment", "Een gesloten ronde heeft een fotomoment.", BEHEERDER, gesloten_zonder_fotomoment),
    Controle("zegel", "Een fotomoment is wat is verzegeld.", "niemand: zet het terug uit een backup", zegel_gebroken, zwaar=True),
    Controle("fotomoment", "De gegevens van een gesloten ronde zijn die van haar fotomoment.", BEHEERDER, fotomoment_klopt_niet, zwaar=True),
    Controle("uitgave", "Een uitgegeven rapport is wat is uitgegeven.", "niemand: zet het terug uit een backup", uitgave_veranderd, zwaar=True),
    Controle("uitgave-gegevens", "Een vastgesteld rapport is gedrukt uit wat er staat.", BEHEERDER, uitgave_uit_andere_gegevens, zwaar=True),
    Controle("versie-van-passage", "Van elke passage is de laatste versie wat er staat.", ANALIST, versie_van_passage),
)  # fmt: skip
