"""The dossiers of a round, one at a time, with all that was found in them. A fixed number of queries; nothing is kept."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet

from rapportage import indelingen
from rapportage.export.velden import Feiten, Veld, velden
from rapportage.models import Codering, Thema
from rapportage.uitkomst import ALLES, Selectie
from regio.models import Lidmaatschap, Regio
from vragenlijst.models import Aandachtspunt, Beoordeling, Bevinding, Dossier, Ronde
from vragenlijst.queries import onderdelen_met_vragen

STUK = 500  # rows that the database hands over at a time
REGIOSOORTEN = (Regio.Soort.PROVINCIE, Regio.Soort.RPA, Regio.Soort.COROP)
OP_NAAM = ("gemeente__zoeknaam", "pk")
BIJ_DOSSIER = ("dossier__gemeente__zoeknaam", "dossier_id")


class Gegevens:
    """The data of one round over one selection: its columns, and its dossiers for as often as they are asked."""

    def __init__(self, ronde: Ronde, selectie: Selectie = ALLES):
        self.ronde, self.selectie = ronde, selectie

    @cached_property
    def velden(self) -> list[Veld]:
        normen = Aandachtspunt.objects.filter(onderdeel__instrument=self.ronde.instrument_id)
        themas = Thema.objects.filter(ronde=self.ronde).order_by("vraag", "naam", "pk")
        return velden(onderdelen_met_vragen(self.ronde.instrument), list(normen), list(themas))

    def __iter__(self) -> Iterator[Feiten]:
        """In the order of the municipalities' names."""
        gekozen = indelingen.dossiers(self.ronde, self.selectie, indelingen.indelingen(self.ronde))
        themas = self._themas(gekozen)
        regios = self._regios()
        bevindingen = Bevinding.objects.select_related("keuze", "gemeente").filter(dossier__in=gekozen)
        beoordelingen = Beoordeling.objects.filter(dossier__in=gekozen)
        per_vraag, per_norm = _per_dossier(bevindingen), _per_dossier(beoordelingen)
        gevonden, geoordeeld = next(per_vraag, None), next(per_norm, None)
        for dossier in gekozen.select_related("gemeente").order_by(*OP_NAAM).iterator(STUK):
            feiten = Feiten(dossier, regios[dossier.gemeente_id], {}, {}, themas)
            # All three come in one order, and not every dossier has findings and judgements.
            if gevonden and gevonden[0] == dossier.pk:
                feiten.bevindingen.update((b.vraag_id, b) for b in gevonden[1])
                gevonden = next(per_vraag, None)
            if geoordeeld and geoordeeld[0] == dossier.pk:
                feiten.beoordelingen.update((b.aandachtspunt_id, b) for b in geoordeeld[1])
                geoordeeld = next(per_norm, None)
            yield feiten

    def _themas(self, gekozen: QuerySet[Dossier]) -> dict[int, frozenset[int]]:
        per_bevinding = defaultdict(set)
        gegeven = Codering.objects.filter(bevinding__dossier__in=gekozen).order_by()
        for bevinding, thema in gegeven.values_list("bevinding_id", "thema_id"):
            per_bevinding[bevinding].add(thema)
        return {bevinding: frozenset(themas) for bevinding, themas in per_bevinding.items()}

    def _regios(self) -> dict[int, dict[str, str]]:
        """Per municipality its regio's on the peildatum; in several of one soort, the membership that began first decides."""
        per_gemeente: dict[int, dict[str, str]] = defaultdict(dict)
        leden = Lidmaatschap.objects.op(self.ronde.peildatum).filter(
            regio__soort__in=REGIOSOORTEN, gemeente__dossiers__ronde=self.ronde
        )
        for gemeente, soort, naam in leden.order_by("geldig_van", "pk").values_list(
            "gemeente_id", "regio__soort", "regio__naam"
        ):
            per_gemeente[gemeente].setdefault(soort, naam)
        return per_gemeente


def _per_dossier(rijen: QuerySet) -> Iterator[tuple[int, list]]:
    geordend = rijen.order_by(*BIJ_DOSSIER).iterator(STUK)
    return ((pk, list(groep)) for pk, groep in groupby(geordend, attrgetter("dossier_id")))
