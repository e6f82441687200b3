"""What a file of regions and memberships would do: the table as it stands and the rows of the file in, a plan out. Pure, no Django.

A row without a municipality is about the region itself. A row with one says that the municipality belongs to the region from a date
until a date. Of a province, COROP or RPA a municipality is in one at a time: the running membership of another ends when the new one
begins. Nothing else ends: what the file does not name stays as it is.
"""

from collections import defaultdict
from datetime import date

from regio.bijwerken import Bijwerking, Gemeentestand, Ingreep, Lidstand, Stand, bewaak_peildagen, leesbaar
from regio.inlezen import Probleem, Regioregel

EEN_TEGELIJK = ("provincie", "corop", "rpa")


def plan_regios(regels: tuple[Regioregel, ...], stand: Stand) -> Bijwerking:
    """Regions that are new or have another name, and memberships. Regions changed by hand keep their name."""
    plan = Bijwerking(reden="regio's")
    gezien, per_gemeente = set(), defaultdict(list)
    for regel in regels:
        if (bestaand := stand.regios.get((regel.soort, regel.code))) and bestaand.fictief:
            plan.problemen.append(
                Probleem(f"de code {regel.code} is in gebruik voor de fictieve regio {bestaand.naam}.", regel.rij)
            )
            continue
        anders = _plan_regio(regel, stand, plan) if (regel.soort, regel.code) not in gezien else False
        gezien.add((regel.soort, regel.code))
        if regel.gemeente:
            per_gemeente[regel.gemeente].append(regel)
        elif not anders:
            plan.ongewijzigd += 1
    for code, leden in per_gemeente.items():
        _plan_leden(code, leden, stand, plan)
    bewaak_peildagen(plan, stand)
    return plan


def _plan_regio(regel: Regioregel, stand: Stand, plan: Bijwerking) -> bool:
    bestaand = stand.regios.get((regel.soort, regel.code))
    if bestaand is None:
        plan.regios_nieuw.append(regel)
    elif bestaand.naam != regel.naam and not bestaand.met_de_hand:
        plan.regios_anders.append((bestaand, regel))
    else:
        if bestaand.naam != regel.naam:
            plan.waarschuwingen.append(
                f"{regel.soort} {regel.code} heet hier {bestaand.naam} en in het bestand {regel.naam}: die naam is met de hand "
                "gewijzigd en blijft."
            )
        return False
    return True


def _plan_leden(code: str, regels: list[Regioregel], stand: Stand, plan: Bijwerking) -> None:
    gemeente = stand.gemeenten.get(code)
    if gemeente is None or gemeente.fictief:
        plan.problemen += [Probleem(f"gemeente {code} is niet bekend.", regel.rij) for regel in regels]
        return
    ingreep = Ingreep(soort="gewijzigd", code=gemeente.code, naam=gemeente.naam, pk=gemeente.pk)
    leden = list(gemeente.leden)  # as they are when all rows before this one are carried out
    for regel in sorted(regels, key=lambda regel: regel.vanaf):
        if bezwaar := _buiten_haar_tijd(gemeente, regel) or _plan_lid(regel, leden, ingreep, stand, plan):
            plan.problemen.append(Probleem(f"gemeente {gemeente.code} {gemeente.naam} {bezwaar}", regel.rij))
    if ingreep.wijzigingen:
        plan.ingrepen.append(ingreep)


def _buiten_haar_tijd(gemeente: Gemeentestand, regel: Regioregel) -> str | None:
    if regel.vanaf < gemeente.geldig_van:
        return f"bestaat volgens de tabel pas vanaf {gemeente.geldig_van:%d-%m-%Y}."
    if gemeente.geldig_tot and (regel.tot or date.max) > gemeente.geldig_tot:
        return f"is opgeheven per {gemeente.geldig_tot:%d-%m-%Y}; een lidmaatschap eindigt uiterlijk dan."
    return None


def _plan_lid(regel: Regioregel, leden: list[Lidstand], ingreep: Ingreep, stand: Stand, plan: Bijwerking) -> str | None:
    """Add what this row changes to `ingreep`, and to `leden`; or say why it does not fit."""
    naam = f"{regel.naam} ({regel.soort})"
    zelfde = next(
        (lid for lid in leden if (lid.soort, lid.regio, lid.geldig_van) == (regel.soort, regel.code, regel.vanaf)), None
    )
    if zelfde and zelfde.geldig_tot == regel.tot:
        plan.ongewijzigd += 1
        return None
    te_sluiten = []
    for lid in leden:
        if lid is zelfde or not _botst(lid, regel):
            continue
        opgevolgd = lid.regio != regel.code and lid.geldig_van < regel.vanaf and lid.geldig_tot is regel.tot is None
        if opgevolgd and lid.pk:
            te_sluiten.append(lid)
        else:
            return f"is van {_periode(lid)} al lid van {_naam(lid, stand)}."
    for lid in te_sluiten:
        ingreep.leden_anders[lid.pk] = {"geldig_tot": regel.vanaf}
        ingreep.wijzigingen[f"einde van {_naam(lid, stand)}"] = [None, leesbaar(regel.vanaf)]
        leden[leden.index(lid)] = Lidstand(lid.pk, lid.soort, lid.regio, lid.geldig_van, regel.vanaf)
    if zelfde and zelfde.pk:
        ingreep.leden_anders[zelfde.pk] = {"geldig_tot": regel.tot}
        ingreep.wijzigingen[f"einde van {naam}"] = [leesbaar(zelfde.geldig_tot), leesbaar(regel.tot)]
        leden.remove(zelfde)
    else:
        ingreep.leden_nieuw.append((regel.soort, regel.code, regel.vanaf, regel.tot))
        ingreep.wijzigingen[f"lid van {naam}"] = [None, _periode(regel)]
    leden.append(Lidstand(0, regel.soort, regel.code, regel.vanaf, regel.tot))
    return None


def _botst(lid: Lidstand, regel: Regioregel) -> bool:
    """Whether these two memberships cannot both hold on some day."""
    samen = lid.geldig_van < (regel.tot or date.max) and regel.vanaf < (lid.geldig_tot or date.max)
    return samen and lid.soort == regel.soort and (lid.regio == regel.code or lid.soort in EEN_TEGELIJK)


def _naam(lid: Lidstand, stand: Stand) -> str:
    bekend = stand.regios.get((lid.soort, lid.regio))
    return f"{bekend.naam if bekend else lid.regio} ({lid.soort})"


def _periode(ding: Lidstand | Regioregel) -> str:
    van, tot = (ding.geldig_van, ding.geldig_tot) if isinstance(ding, Lidstand) else (ding.vanaf, ding.tot)
    return f"{van:%d-%m-%Y} tot {tot:%d-%m-%Y}" if tot else f"{van:%d-%m-%Y} tot nu"
