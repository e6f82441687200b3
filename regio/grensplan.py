"""What a file of boundaries would do: the table as it stands and the areas of the file in, a plan out. Pure, no Django."""

import hashlib
import json
from datetime import date

from regio.bijwerken import Bijwerking, Grensingreep, Stand, geldt_op
from regio.geojson import Grenzen
from regio.inlezen import Probleem

GENOEMD = 10  # codes or names that a sentence lists


def plan_grenzen(grenzen: Grenzen, stand: Stand, peildatum: date) -> Bijwerking:
    """A boundary holds from `peildatum`; what is the same as the one that holds then already, stays. What is not known is named."""
    plan = Bijwerking(reden=f"grenzen per {peildatum:%d-%m-%Y}")
    bestaand = {code: g for code, g in stand.gemeenten.items() if geldt_op(g, peildatum)}
    for code, vlakken in grenzen.vlakken.items():
        if code not in bestaand:
            continue
        gemeente, merk = bestaand[code], hashlib.sha256(json.dumps(vlakken).encode()).hexdigest()
        eerder = {van: rij for van, rij in stand.grenzen.get(code, {}).items() if van <= peildatum}
        vervangt, huidig = eerder[max(eerder)] if eerder else (None, None)
        if merk == huidig:
            plan.ongewijzigd += 1
            continue
        plan.grenzen.append(
            Grensingreep(
                code, gemeente.naam, gemeente.pk, peildatum, vlakken, merk, vervangt if peildatum in eerder else None
            )
        )
    onbekend = [code for code in grenzen.vlakken if code not in bestaand]
    if len(onbekend) == len(grenzen.vlakken):
        plan.problemen.append(
            Probleem(f"geen van de {len(onbekend)} codes is een gemeente op {peildatum:%d-%m-%Y}: {_rij(onbekend)}.")
        )
    elif onbekend:
        plan.waarschuwingen.append(
            f"Overgeslagen, want geen gemeente op {peildatum:%d-%m-%Y}: {_rij(onbekend)} ({len(onbekend)} in totaal)."
        )
    zonder = [g.naam for code, g in sorted(bestaand.items()) if not g.fictief and code not in grenzen.vlakken]
    if zonder and any(not bestaand[code].fictief for code in grenzen.vlakken if code in bestaand):
        plan.waarschuwingen.append(f"Zonder grens in dit bestand: {_rij(zonder)} ({len(zonder)} in totaal).")
    return plan


def _rij(namen: list[str]) -> str:
    return ", ".join(namen[:GENOEMD]) + (" …" if len(namen) > GENOEMD else "")
