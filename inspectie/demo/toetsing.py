"""What the demo's people mean to do, what became of it, and what the toetser says of a dossier."""

from inspectie.demo.bron import Dossierbron, lees
from inspectie.demo.stemmen import KIND
from vragenlijst.actions.intenties import opvolging_vastleggen
from vragenlijst.actions.toetsing import opmerking_afhandelen, opmerking_plaatsen
from vragenlijst.actions.uitzonderingen import zet_apart
from vragenlijst.models import Aandachtspunt, Dossier, Vraag
from vragenlijst.queries import intenties as queries_intenties
from vragenlijst.queries.toetsing import besprekingen
from vragenlijst.werkvoorraad import leemten_van


def maak_opvolgingen(dossier: Dossier, dossierbron: Dossierbron) -> None:
    """Say what became of the intentions of the previous round, of which the file says so."""
    punten = {
        (punt.vraag.code, punt.bron.actorgroep.code): punt.intentie
        for punt in queries_intenties.uit_vorige_ronde(dossier)
    }
    for gegevens in dossierbron.opvolging:
        opvolging_vastleggen(
            dossier,
            punten[gegevens["vraag"], gegevens["groep"]],
            gegevens["uitkomst"],
            gegevens["toelichting"],
            versie=0,
            wie=dossier.inspecteur,
        )


def maak_opmerkingen(
    dossier: Dossier, dossierbron: Dossierbron, vragen: dict[str, Vraag], normen: list[Aandachtspunt]
) -> None:
    """The toetser's notes, on a dossier that lies ter toetsing."""
    per_code = {norm.code: norm for norm in normen}
    for gegevens in dossierbron.opmerking:
        over = gegevens.get("over", "")
        opmerking_plaatsen(
            dossier,
            gegevens["tekst"],
            wie=dossier.toetser,
            vraag=vragen.get(over),
            aandachtspunt=per_code.get(over),
        )


def maak_reacties(dossier: Dossier, dossierbron: Dossierbron) -> None:
    """What the inspector answered to the notes; those without an answer stay open."""
    for bespreking, gegevens in zip(besprekingen(dossier), dossierbron.opmerking, strict=True):
        if reactie := gegevens.get("reactie"):
            opmerking_afhandelen(bespreking.opmerking, reactie, gezien=bespreking.gezien, wie=dossier.inspecteur)


def zet_rest_apart(dossier: Dossier) -> None:
    """Say of everything that is missing still why it cannot be had; what is missing for one reason, in one go."""
    redenen = lees("uitzonderingen")
    eigen = redenen.get(dossier.ronde.slug, {}).get("groep", {})
    per_reden: dict[str, list[str]] = {}
    for leemte in leemten_van(dossier):
        soort, groep = leemte.sleutel.split(":")
        reden = (redenen["groep"] | eigen)[groep] if soort == "groep" else redenen["vragen"][KIND[groep]]
        per_reden.setdefault(reden, []).append(leemte.sleutel)
    for reden, sleutels in per_reden.items():
        zet_apart(dossier, sleutels, reden, wie=dossier.inspecteur)
