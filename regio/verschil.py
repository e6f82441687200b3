"""A plan as it is shown to people: what is new, renamed, ended, merged, changed. Pure, no Django.

The same groups stand on the page before an import is confirmed, in what is kept of it afterwards, and in a command's output.
"""

from dataclasses import asdict, dataclass

from regio.bijwerken import Bijwerking, Ingreep, Stand
from regio.inlezen import Herindelingregel
from regio.waarden import leesbaar


@dataclass(frozen=True)
class Regel:
    code: str
    naam: str
    wat: tuple[str, ...]


@dataclass(frozen=True)
class Groep:
    titel: str
    regels: tuple[Regel, ...]


def verschil(plan: Bijwerking, stand: Stand) -> list[Groep]:
    """The groups that have something in them, the most drastic first."""
    hernoemd = [i for i in plan.ingrepen if i.soort == "gewijzigd" and "naam" in i.wijzigingen]
    per_titel = {
        "Samengevoegd of gedeeld": [_overgang(h, plan, stand) for h in plan.herindelingen],
        "Opgeheven": [_regel(i) for i in plan.ingrepen if i.soort == "opgeheven"],
        "Nieuw": [_nieuw(i, stand, plan) for i in plan.ingrepen if i.soort == "nieuw"],
        "Hernoemd": [_regel(i) for i in hernoemd],
        "Gewijzigd": [_regel(i) for i in plan.ingrepen if i.soort == "gewijzigd" and i not in hernoemd],
        "Nieuwe regio's": [Regel(r.code, r.naam, (r.soort,)) for r in plan.regios_nieuw],
        "Hernoemde regio's": [
            Regel(oud.code, nieuw.naam, (f"{oud.soort}, heette {oud.naam}",)) for oud, nieuw in plan.regios_anders
        ],
    }
    per_titel["Grenzen"] = [
        Regel(g.code, g.naam, (f"{'andere' if g.vervangt else 'nieuwe'} grens vanaf {g.vanaf:%d-%m-%Y}",))
        for g in plan.grenzen
    ]
    return [Groep(titel, tuple(regels)) for titel, regels in per_titel.items() if regels]


def als_gegevens(groepen: list[Groep]) -> list[dict]:
    """The groups as they are kept: lists and texts."""
    return [asdict(groep) for groep in groepen]


def _regel(ingreep: Ingreep) -> Regel:
    wat = tuple(
        f"{naam}: {leesbaar(oud, 'onbekend')} → {leesbaar(nieuw, 'onbekend')}"
        if oud is not None
        else f"{naam}: {leesbaar(nieuw)}"
        for naam, (oud, nieuw) in ingreep.wijzigingen.items()
    )
    return Regel(ingreep.code, ingreep.naam, wat)


def _nieuw(ingreep: Ingreep, stand: Stand, plan: Bijwerking) -> Regel:
    wat = [f"vanaf {leesbaar(ingreep.velden['geldig_van'].isoformat())}"]
    if ingreep.kenmerken_nieuw and (inwoners := ingreep.kenmerken_nieuw[0].get("inwoners")) is not None:
        wat.append(f"inwoners: {leesbaar(inwoners)}")
    for soort, code, _van, _tot in ingreep.leden_nieuw:
        regio = stand.regios.get((soort, code))
        wat.append(f"{soort}: {regio.naam if regio else code}")
    return Regel(ingreep.code, ingreep.naam, tuple(wat))


def _overgang(regel: Herindelingregel, plan: Bijwerking, stand: Stand) -> Regel:
    oud, nieuw = stand.gemeenten[regel.oud], stand.gemeenten[regel.nieuw]
    hoofd = ", de aangewezen opvolger" if regel.deel == "gedeeltelijk" and regel.hoofdopvolger else ""
    return Regel(
        oud.code, oud.naam, (f"gaat op {regel.datum:%d-%m-%Y} {regel.deel} op in {nieuw.naam} ({nieuw.code}){hoofd}",)
    )
