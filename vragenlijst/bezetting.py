"""Who works on a dossier: what may not go together, and how work is spread evenly. Pure, no Django.

People are numbers here; None is nobody. A dossier is a number too.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace

INSPECTEUR, TWEEDE, TOETSER = PLAATSEN = ("inspecteur", "tweede_inspecteur", "toetser")

ANDERE_TWEEDE = "De tweede inspecteur is een ander dan de eerste."
ANDERE_TOETSER = "De toetser kan niet de inspecteur van het dossier zijn."
ZELF_GEWERKT = "Deze persoon heeft zelf aan dit dossier gewerkt en kan het daarom niet toetsen."
NIET_LEEG = "Een dossier in een open ronde houdt een inspecteur."
TOETSER_NODIG = "Dit dossier ligt ter toetsing en houdt daarom een toetser."
STAAT_VAST = "Dit dossier is vastgesteld: wie eraan werkten, staat vast."


@dataclass(frozen=True)
class Bezetting:
    inspecteur: int | None = None
    tweede_inspecteur: int | None = None
    toetser: int | None = None

    def __str__(self):
        """As a form carries it along to tell later what was seen: '12-0-7', 0 for nobody."""
        return "-".join(str(getattr(self, plaats) or 0) for plaats in PLAATSEN)

    @classmethod
    def lees(cls, tekst: str) -> "Bezetting":
        """The reverse of `str`; ValueError for a text that is not one."""
        delen = [int(deel) or None for deel in tekst.split("-")]
        if len(delen) != len(fields(cls)):
            raise ValueError(tekst)
        return cls(*delen)

    def verschilt_in(self, ander: "Bezetting") -> list[str]:
        return [plaats for plaats in PLAATSEN if getattr(self, plaats) != getattr(ander, plaats)]


@dataclass(frozen=True)
class Situatie:
    """What of a dossier decides who may work on it."""

    staat: Bezetting
    in_open_ronde: bool = False
    ter_toetsing: bool = False
    vastgesteld: bool = False
    weg: frozenset[int] = frozenset()  # who is on it, but to whom no work can be left any more
    gewerkt: frozenset[int] = frozenset()  # who wrote answers, findings or judgements in it

    @property
    def te_wijzigen(self) -> tuple[str, ...]:
        """A dossier that is vastgesteld keeps its people; but when the toetser has left, someone must be able to reopen it."""
        if self.vastgesteld:
            return (TOETSER,) if self.staat.toetser in self.weg else ()
        return PLAATSEN

    def te_vullen(self, gewenst: Bezetting, *, met_tweede: bool) -> tuple[str, ...]:
        """The places for which somebody has to be found: empty ones, and those of who is `weg`. A second is not a must."""
        leeg = self.zonder_weg(gewenst)
        return tuple(
            plaats
            for plaats in self.te_wijzigen
            if getattr(leeg, plaats) is None and (plaats != TWEEDE or met_tweede or getattr(gewenst, plaats))
        )

    def zonder_weg(self, gewenst: Bezetting) -> Bezetting:
        """`gewenst` with the places empty of those to whom no work can be left, as far as a place may change."""
        leeg = [plaats for plaats in self.te_wijzigen if getattr(gewenst, plaats) in self.weg]
        return replace(gewenst, **dict.fromkeys(leeg))


def bezwaren(situatie: Situatie, gewenst: Bezetting) -> dict[str, str]:
    """Why `gewenst` cannot be: {place: Dutch sentence}; empty when it can, also when nothing changes."""
    anders = gewenst.verschilt_in(situatie.staat)
    gevonden = {plaats: STAAT_VAST for plaats in anders if plaats not in situatie.te_wijzigen}
    if not anders or gevonden:
        return gevonden
    if gewenst.tweede_inspecteur and gewenst.tweede_inspecteur == gewenst.inspecteur:
        gevonden[TWEEDE] = ANDERE_TWEEDE
    if gewenst.toetser and gewenst.toetser in (gewenst.inspecteur, gewenst.tweede_inspecteur):
        gevonden[TOETSER] = ANDERE_TOETSER
    elif TOETSER in anders and gewenst.toetser in situatie.gewerkt:
        gevonden[TOETSER] = ZELF_GEWERKT
    if INSPECTEUR in anders and gewenst.inspecteur is None and situatie.in_open_ronde:
        gevonden[INSPECTEUR] = NIET_LEEG
    if TOETSER in anders and gewenst.toetser is None and (situatie.ter_toetsing or situatie.vastgesteld):
        gevonden[TOETSER] = TOETSER_NODIG
    return gevonden


def verdeel(
    dossiers: Mapping[int, Bezetting],
    mensen: Iterable[int],
    *,
    uitgesloten: Mapping[int, Collection[int]] | None = None,
    plaatsen: Iterable[str] = (INSPECTEUR, TOETSER),
    alleen: Mapping[int, Collection[str]] | None = None,
) -> dict[int, Bezetting]:
    """Fill in who is still lacking, as evenly as can be; what is filled in stays as it is.

    Place by place: nobody gets it twice more often than someone who could take one over. Among equals the one who has the fewest
    places in all comes first, then the order of `mensen`. Nobody gets two places on one dossier; `uitgesloten` are those who may
    not review it. A place for which nobody is left stays empty. `alleen` says per dossier which of the places may be filled.
    """
    mensen = list(mensen)
    uitgesloten = uitgesloten or {}
    verdeeld = dict(dossiers)
    for plaats in plaatsen:
        telling = Counter(getattr(bezetting, plaats) for bezetting in verdeeld.values())
        samen = Counter(getattr(bezetting, p) for bezetting in verdeeld.values() for p in PLAATSEN)
        vrij = {}
        for dossier, bezetting in verdeeld.items():
            if getattr(bezetting, plaats) is None and (alleen is None or plaats in alleen.get(dossier, ())):
                bezet = {bezetting.inspecteur, bezetting.tweede_inspecteur, bezetting.toetser}
                if plaats == TOETSER:
                    bezet |= set(uitgesloten.get(dossier, ()))
                vrij[dossier] = [mens for mens in mensen if mens not in bezet]
        keuzes: dict[int, int] = {}
        for dossier, kandidaten in vrij.items():
            if kandidaten:
                keus = keuzes[dossier] = min(kandidaten, key=lambda mens: (telling[mens], samen[mens]))
                telling[keus] += 1
                samen[keus] += 1
        _maak_effen(keuzes, vrij, telling)
        for dossier, keus in keuzes.items():
            verdeeld[dossier] = replace(verdeeld[dossier], **{plaats: keus})
    return verdeeld


def _maak_effen(keuzes: dict[int, int], vrij: Mapping[int, list[int]], telling: Counter) -> None:
    """Pass dossiers on, along chains of people if need be, until that evens out nothing any more."""
    while keten := _keten(keuzes, vrij, telling):
        for dossier, naar in keten:
            telling[keuzes[dossier]] -= 1
            telling[naar] += 1
            keuzes[dossier] = naar


def _keten(keuzes: Mapping[int, int], vrij: Mapping[int, list[int]], telling: Counter) -> list[tuple[int, int]]:
    """Dossiers to pass on, each to whom, so that one person has one less and another, who had at least two fewer, one more."""
    van: dict[int, list[int]] = {}
    for dossier, mens in keuzes.items():
        van.setdefault(mens, []).append(dossier)
    for begin in sorted(van, key=lambda mens: -telling[mens]):
        langs: dict[int, list[tuple[int, int]]] = {begin: []}
        rij = [begin]
        for mens in rij:
            for dossier in van.get(mens, ()):
                for ander in vrij[dossier]:
                    if ander in langs:
                        continue
                    langs[ander] = [*langs[mens], (dossier, ander)]
                    if telling[ander] <= telling[begin] - 2:
                        return langs[ander]
                    rij.append(ander)
    return []
