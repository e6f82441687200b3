"""Notes, intentions and follow-ups stand firm as well once their dossier is vastgesteld (as in 0003)."""

from django.db import migrations

from regio.regels import Regel

INTERVIEW_VAN_INTENTIE = """(
    SELECT i.dossier_id FROM vragenlijst_antwoord a JOIN vragenlijst_interview i ON i.id = a.interview_id
    WHERE a.id = {rij}.antwoord_id
)"""


def vaststaand(tabel: str, dossier: str) -> Regel:
    """No change below a dossier that is vastgesteld. `dossier` selects the dossier of {rij}, which is NEW or OLD."""

    def vast(rij: str) -> str:
        return f"EXISTS (SELECT 1 FROM vragenlijst_dossier d WHERE d.status = 'vastgesteld' AND d.id = {dossier.format(rij=rij)})"  # noqa: S608

    return Regel(
        f"{tabel}_vastgesteld",
        f"vragenlijst_{tabel}",
        {"INSERT": vast("NEW"), "UPDATE": f"({vast('OLD')} OR {vast('NEW')})", "DELETE": vast("OLD")},
        "Het dossier is vastgesteld: de inhoud verandert niet meer.",
    )


class Migration(migrations.Migration):

    dependencies = [("vragenlijst", "0003_regels")]

    operations = [
        vaststaand("opmerking", "{rij}.dossier_id"),
        vaststaand("opvolging", "{rij}.dossier_id"),
        vaststaand("intentie", INTERVIEW_VAN_INTENTIE),
    ]
