"""What the two import commands share: reading the file, and saying what it did or what is wrong with it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from regio.bijwerken import Bijwerking
from regio.inlezen import Probleem

TOON = 50  # problems; who has more of them has the wrong file


def lees_bestand(pad: str) -> bytes:
    try:
        return Path(pad).read_bytes()
    except OSError as fout:
        raise CommandError(f"Het bestand {pad} kan niet worden gelezen: {fout.strerror}.") from fout


def weiger_bij(problemen: list[Probleem], pad: str) -> None:
    """CommandError with the list of problems, when there are any."""
    if problemen:
        regels = [f"- {probleem}" for probleem in problemen[:TOON]]
        if len(problemen) > TOON:
            regels.append(f"- … en nog {len(problemen) - TOON}.")
        if any(probleem.te_bevestigen for probleem in problemen):
            regels.append("Klopt het toch, geef dan --toch mee.")
        raise CommandError("\n".join([f"{pad} is niet ingelezen; er is niets veranderd.", *regels]))


def toon(command: BaseCommand, plan: Bijwerking) -> None:
    """What a plan does, municipality by municipality."""
    for ingreep in plan.ingrepen:
        wat = "; ".join(
            f"{naam}: {_leesbaar(oud)} → {_leesbaar(nieuw)}" for naam, (oud, nieuw) in ingreep.wijzigingen.items()
        )
        command.stdout.write(f"{ingreep.soort:<10} {ingreep.code} {ingreep.naam}{': ' + wat if wat else ''}")
    for regel in plan.herindelingen:
        command.stdout.write(f"herindeling {regel.oud} → {regel.nieuw} per {regel.datum:%d-%m-%Y} ({regel.deel})")
    for regel in plan.regios_nieuw:
        command.stdout.write(f"nieuw      {regel.soort} {regel.code} {regel.naam}")
    for bestaand, regel in plan.regios_anders:
        command.stdout.write(f"gewijzigd  {regel.soort} {regel.code} naam: {bestaand.naam} → {regel.naam}")
    for waarschuwing in plan.waarschuwingen:
        command.stdout.write(f"Let op: {waarschuwing}")


def _leesbaar(waarde) -> str:
    if waarde is None or waarde == "":
        return "onbekend"
    return {True: "ja", False: "nee"}.get(waarde, str(waarde)) if isinstance(waarde, bool) else str(waarde)
