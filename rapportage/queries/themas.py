"""Reading themes: the tree of a question, in how many dossiers each was found, and how far coders agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Count, Q, QuerySet

from rapportage.indelingen import waarde
from rapportage.models import Codering, Thema
from rapportage.overeenstemming import Vergelijking, vergelijk
from rapportage.tellen import Teller
from rapportage.uitkomst import ALLE, Groep, Indeling, Thematelling
from regio.models import Gebruiker
from vragenlijst.models import Dossier, Ronde, Vraag

LEEG = Q(bevinding__keuze=None, bevinding__tekst="", bevinding__gemeente=None, bevinding__rijen=[])


def hoger(ouders: Mapping[int, int | None]) -> dict[int, tuple[int, ...]]:
    """Of each theme those it falls under, the nearest first; `ouders` names of each the theme above it."""
    uit = {}
    for pk in ouders:
        pad, boven = [], ouders[pk]
        while boven in ouders and boven != pk and boven not in pad:
            pad.append(boven)
            boven = ouders[boven]
        uit[pk] = tuple(pad)
    return uit


def takken(ouders: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    """Each theme with all that fall under it, however deep."""
    uit = {pk: {pk} for pk in ouders}
    for pk, boven in hoger(ouders).items():
        for ander in boven:
            uit[ander].add(pk)
    return {pk: frozenset(tak) for pk, tak in uit.items()}


def thematellingen(
    ronde: Ronde, gekozen: QuerySet[Dossier], indeling: Indeling, groepen: Sequence[Groep]
) -> dict[int, list[Thematelling]]:
    """Per question its themes in the order of the tree, the most frequent first; one that no counting finding has, with 0.

    A dossier counts once for a theme, however many analisten gave it, and once for a theme with several under it.
    """
    themas = {thema.pk: thema for thema in Thema.objects.filter(ronde=ronde).order_by("naam")}
    tellend = Codering.objects.filter(
        thema__ronde=ronde, bevinding__vervallen=False, bevinding__dossier__in=gekozen
    ).exclude(LEEG)
    tellend = tellend.order_by()
    groep = waarde(ronde, indeling, "bevinding__dossier__")
    rijen = list(tellend.values("thema", groep=groep).annotate(n=Count("bevinding", distinct=True)))
    ouders = {pk: thema.ouder_id for pk, thema in themas.items()}
    met_takken = {pk: tak for pk, tak in takken(ouders).items() if len(tak) > 1}
    rijen = [rij for rij in rijen if rij["thema"] not in met_takken]
    if met_takken:
        samen = {f"t{pk}": Count("bevinding", distinct=True, filter=Q(thema__in=tak)) for pk, tak in met_takken.items()}
        for rij in tellend.values(groep=groep).annotate(**samen):
            rijen += [{"thema": pk, "groep": rij["groep"], "n": rij[f"t{pk}"]} for pk in met_takken]
    tel = Teller(rijen, indeling, "thema")
    onder: dict[int | None, list[Thema]] = defaultdict(list)
    for thema in themas.values():
        onder[thema.ouder_id].append(thema)
    for broers in onder.values():
        broers.sort(key=lambda thema: -tel(ALLE, thema.pk))
    per_vraag: dict[int, list[Thematelling]] = defaultdict(list)
    for thema, pad in _op_volgorde(onder):
        aantallen = tuple(tel(groep, thema.pk) for groep in groepen)
        per_vraag[thema.vraag_id].append(Thematelling(thema.naam, aantallen, thema.pk, len(pad), pad))
    return per_vraag


def _op_volgorde(
    onder: Mapping[int | None, Iterable[Thema]], ouder: int | None = None, pad: tuple[str, ...] = ()
) -> Iterator[tuple[Thema, tuple[str, ...]]]:
    for thema in onder.get(ouder, ()):
        yield thema, pad
        yield from _op_volgorde(onder, thema.pk, (*pad, thema.naam))


def boom(ronde: Ronde, vraag: Vraag) -> list[tuple[Thema, tuple[str, ...]]]:
    """The themes of one question in the order of the tree and of their names, each with the names above it.

    `aantal` on a theme is the number of findings to which it was given itself, whether they count or not.
    """
    themas = Thema.objects.filter(ronde=ronde, vraag=vraag).order_by("naam")
    onder: dict[int | None, list[Thema]] = defaultdict(list)
    for thema in themas.annotate(aantal=Count("coderingen__bevinding", distinct=True)):
        onder[thema.ouder_id].append(thema)
    return list(_op_volgorde(onder))


def vergelijkingen(ronde: Ronde, vraag: Vraag) -> list[Vergelijking]:
    """Every two analisten who coded findings on this question, in the order of their names. Two queries."""
    codeurs: dict[Gebruiker, dict[int, set[int]]] = {}
    rijen = (
        Codering.objects.filter(thema__ronde=ronde, thema__vraag=vraag, door__isnull=False, bevinding__vervallen=False)
        .exclude(LEEG)
        .select_related("door")
        .order_by("door__naam", "door", "bevinding")
    )
    for rij in rijen:
        codeurs.setdefault(rij.door, {}).setdefault(rij.bevinding_id, set()).add(rij.thema_id)
    themas = list(Thema.objects.filter(ronde=ronde, vraag=vraag).values_list("pk", flat=True))
    return vergelijk(codeurs, themas)
