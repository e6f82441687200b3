"""What was frozen or went out never changes, whoever asks: fotomomenten, uitgaven, bands of a frozen round, a fixed text."""

from django.db import migrations

from regio.regels import Regel

ALTIJD = {"UPDATE": "TRUE", "DELETE": "TRUE", "TRUNCATE": "TRUE"}


def bevroren(rij: str) -> str:
    return f"EXISTS (SELECT 1 FROM rapportage_fotomoment f WHERE f.ronde_id = {rij}.ronde_id)"  # noqa: S608


def vast(rij: str) -> str:
    return f"EXISTS (SELECT 1 FROM rapportage_rapport r WHERE r.id = {rij}.rapport_id AND r.status NOT IN ('concept', 'wederhoor'))"  # noqa: S608


TITELBLAD = " OR ".join(
    f"OLD.{veld} <> NEW.{veld}" for veld in ("titel", "ondertitel", "nummer", "datum", "met_verantwoording", "erratum")
)


class Migration(migrations.Migration):

    dependencies = [("rapportage", "0006_bevindingen_door_codering")]

    operations = [
        Regel("fotomoment_blijft", "rapportage_fotomoment", ALTIJD, "Een fotomoment verandert niet."),
        Regel("uitgave_blijft", "rapportage_uitgave", ALTIJD, "Een uitgave verandert niet."),
        Regel(
            "kwantorband_bevroren",
            "rapportage_kwantorband",
            {"INSERT": bevroren("NEW"), "UPDATE": f"({bevroren('OLD')} OR {bevroren('NEW')})", "DELETE": bevroren("OLD")},
            "De ronde heeft een fotomoment: haar hoeveelheidswoorden staan vast.",
        ),
        Regel(
            "passage_staat_vast",
            "rapportage_passage",
            {"INSERT": vast("NEW"), "UPDATE": f"({vast('OLD')} OR {vast('NEW')})", "DELETE": vast("OLD")},
            "Het rapport is vastgesteld: de tekst verandert niet meer.",
        ),
        Regel(
            "rapport_staat_vast",
            "rapportage_rapport",
            {
                "UPDATE": f"OLD.status NOT IN ('concept', 'wederhoor') AND NEW.status NOT IN ('concept', 'wederhoor') AND ({TITELBLAD})",
                "DELETE": "OLD.status NOT IN ('concept', 'wederhoor')",
            },
            "Het rapport is vastgesteld: het titelblad verandert niet meer.",
        ),
    ]
