"""An instrument that is vastgesteld never changes again: the database refuses it by itself (as in 0003). Questions get a line of
help, and say whether an answer is required.
"""
# ruff: noqa: S608 (the SQL is put together from what stands in this file)

from django.db import migrations, models

from regio.regels import Regel, ZonderRegels

VAN_ONDERDEEL = "(SELECT o.instrument_id FROM vragenlijst_onderdeel o WHERE o.id = {rij}.onderdeel_id)"
VAN_VRAAG = """(
    SELECT o.instrument_id FROM vragenlijst_vraag v JOIN vragenlijst_onderdeel o ON o.id = v.onderdeel_id
    WHERE v.id = {rij}.vraag_id
)"""
VAN_NORM = """(
    SELECT o.instrument_id FROM vragenlijst_aandachtspunt a JOIN vragenlijst_onderdeel o ON o.id = a.onderdeel_id
    WHERE a.id = {rij}.aandachtspunt_id
)"""
ZIN = "Het instrument is vastgesteld: er verandert niets meer aan."
INSTRUMENT_WIJZIGT = """(OLD.status <> 'concept' AND (
    NEW.status = 'concept' OR NEW.id <> OLD.id OR NEW.code <> OLD.code OR NEW.versie <> OLD.versie
    OR NEW.naam <> OLD.naam OR NEW.bron <> OLD.bron
))"""


def vaststaand(tabel: str, instrument: str) -> Regel:
    """No change below an instrument that is no concept. `instrument` selects the instrument of {rij}, which is NEW or OLD."""

    def vast(rij: str) -> str:
        return (
            "EXISTS (SELECT 1 FROM vragenlijst_instrument i WHERE i.status <> 'concept' "
            f"AND i.id = {instrument.format(rij=rij)})"
        )

    return Regel(
        f"{tabel}_van_vast_instrument",
        f"vragenlijst_{tabel}",
        {"INSERT": vast("NEW"), "UPDATE": f"({vast('OLD')} OR {vast('NEW')})", "DELETE": vast("OLD")},
        ZIN,
    )


class Migration(migrations.Migration):

    dependencies = [("vragenlijst", "0011_trekking")]

    operations = [
        ZonderRegels([
            migrations.AlterField(
                model_name="instrument",
                name="status",
                field=models.CharField(choices=[("concept", "Concept"), ("vastgesteld", "Vastgesteld"), ("vervallen", "Vervallen")], default="concept", max_length=12, verbose_name="status"),
            ),
            migrations.AddConstraint(
                model_name="instrument",
                constraint=models.CheckConstraint(condition=models.Q(("status__in", ["concept", "vastgesteld", "vervallen"])), name="instrument_status"),
            ),
            migrations.AddField(
                model_name="vraag",
                name="hulp",
                field=models.CharField(blank=True, max_length=500, verbose_name="toelichting voor de inspecteur"),
            ),
            migrations.AddField(
                model_name="vraag",
                name="verplicht",
                field=models.BooleanField(default=True, verbose_name="een antwoord is verplicht"),
            ),
        ]),
        Regel(
            "instrument_staat_vast",
            "vragenlijst_instrument",
            {"UPDATE": INSTRUMENT_WIJZIGT, "DELETE": "OLD.status <> 'concept'"},
            ZIN,
        ),
        vaststaand("onderdeel", "{rij}.instrument_id"),
        vaststaand("actorgroep", "{rij}.instrument_id"),
        vaststaand("bewijssoort", "{rij}.instrument_id"),
        vaststaand("vraag", VAN_ONDERDEEL),
        vaststaand("keuze", VAN_VRAAG),
        vaststaand("aandachtspunt", VAN_ONDERDEEL),
        vaststaand("aandachtspunt_bewijssoorten", VAN_NORM),
        vaststaand("aandachtspunt_vragen", VAN_NORM),
    ]
