"""What the database itself refuses: *voldoet* without the evidence that the norm names (design 4.5), a change to an earlier
version of an answer or to a verslag, and any change to the contents of a dossier that is vastgesteld.

The conditions are SQL over NEW and OLD that SQLite and PostgreSQL both read; see `regio.regels`.
"""
# ruff: noqa: S608 (the SQL is put together from what stands in this file)

from django.db import migrations, models

from regio.regels import Regel

# Whether document {stuk} is what norm a demands: of a kind it names, and agreed to by somebody, on a date, where it asks that.
DRAAGT = """EXISTS (
    SELECT 1 FROM vragenlijst_aandachtspunt_bewijssoorten s
    WHERE s.aandachtspunt_id = a.id AND s.bewijssoort_id = {stuk}.soort_id
) AND {stuk}.datum IS NOT NULL
  AND (a.akkoord_door = '' OR ({stuk}.akkoord_op IS NOT NULL AND {stuk}.akkoord_door <> ''))"""

BEWIJS_VEREIST = """NEW.bewijs_vereist <> (
    SELECT a.bewijs <> '' FROM vragenlijst_aandachtspunt a WHERE a.id = NEW.aandachtspunt_id
)"""

STUK_VAN_ELDERS = """EXISTS (
    SELECT 1 FROM vragenlijst_bewijsstuk b WHERE b.id = NEW.bewijsstuk_id AND b.dossier_id <> NEW.dossier_id
)"""

VOLDOET_ZONDER_BEWIJS = f"""(NEW.oordeel = 'voldoet' AND EXISTS (
    SELECT 1 FROM vragenlijst_aandachtspunt a
    WHERE a.id = NEW.aandachtspunt_id AND a.bewijs <> '' AND NOT EXISTS (
        SELECT 1 FROM vragenlijst_bewijsstuk b
        WHERE b.id = NEW.bewijsstuk_id AND b.dossier_id = NEW.dossier_id AND {DRAAGT.format(stuk="b")}
    )
))"""

STUK_DRAAGT_NIET_MEER = f"""EXISTS (
    SELECT 1 FROM vragenlijst_beoordeling o JOIN vragenlijst_aandachtspunt a ON a.id = o.aandachtspunt_id
    WHERE o.bewijsstuk_id = OLD.id AND (
        NEW.id <> OLD.id OR NEW.dossier_id <> o.dossier_id
        OR (o.oordeel = 'voldoet' AND a.bewijs <> '' AND NOT ({DRAAGT.format(stuk="NEW")}))
    )
)"""

ER_RUST_EEN_OORDEEL_OP = "EXISTS (SELECT 1 FROM vragenlijst_beoordeling o WHERE o.bewijsstuk_id = OLD.id)"

EIS_WIJZIGT = """((NEW.bewijs <> OLD.bewijs OR NEW.akkoord_door <> OLD.akkoord_door OR NEW.id <> OLD.id) AND EXISTS (
    SELECT 1 FROM vragenlijst_beoordeling o WHERE o.aandachtspunt_id = OLD.id
))"""


def beoordeeld(rij: str) -> str:
    return f"EXISTS (SELECT 1 FROM vragenlijst_beoordeling o WHERE o.aandachtspunt_id = {rij}.aandachtspunt_id)"


def vaststaand(tabel: str, dossier: str) -> Regel:
    """No change below a dossier that is vastgesteld. `dossier` selects the dossier of {rij}, which is NEW or OLD."""

    def vast(rij: str) -> str:
        return (
            f"EXISTS (SELECT 1 FROM vragenlijst_dossier d WHERE d.status = 'vastgesteld' AND d.id = {dossier.format(rij=rij)})"
        )

    return Regel(
        f"{tabel}_vastgesteld",
        f"vragenlijst_{tabel}",
        {"INSERT": vast("NEW"), "UPDATE": f"({vast('OLD')} OR {vast('NEW')})", "DELETE": vast("OLD")},
        "Het dossier is vastgesteld: de inhoud verandert niet meer.",
    )


BLIJFT = {"UPDATE": "TRUE", "DELETE": "TRUE", "TRUNCATE": "TRUE"}


class Migration(migrations.Migration):

    dependencies = [("vragenlijst", "0002_veldwerk"), ("regio", "0003_geschiedenis_blijft")]

    operations = [
        # A document that nobody has agreed to is a document too; it is the norm that asks for agreement.
        migrations.AlterField(
            model_name="bewijsstuk",
            name="akkoord_door",
            field=models.CharField(blank=True, max_length=200, verbose_name="akkoord door"),
        ),
        Regel(
            "beoordeling_bewijs_vereist",
            "vragenlijst_beoordeling",
            {"INSERT": BEWIJS_VEREIST, "UPDATE": BEWIJS_VEREIST},
            "Of bewijs is vereist, zegt de norm zelf.",
        ),
        Regel(
            "beoordeling_stuk_van_elders",
            "vragenlijst_beoordeling",
            {"INSERT": STUK_VAN_ELDERS, "UPDATE": STUK_VAN_ELDERS},
            "Het bewijsstuk hoort bij een ander dossier.",
        ),
        # The name of the check constraint on the row itself: the same rule, seen as far as the document and the norm.
        Regel(
            "beoordeling_voldoet_met_bewijs",
            "vragenlijst_beoordeling",
            {"INSERT": VOLDOET_ZONDER_BEWIJS, "UPDATE": VOLDOET_ZONDER_BEWIJS},
            "Deze norm noemt zelf zijn bewijs, en dat stuk is er niet.",
        ),
        Regel(
            "bewijsstuk_draagt_oordeel",
            "vragenlijst_bewijsstuk",
            {"UPDATE": STUK_DRAAGT_NIET_MEER, "DELETE": ER_RUST_EEN_OORDEEL_OP},
            "Er rust een oordeel op dit stuk.",
        ),
        Regel(
            "norm_eis_staat_vast",
            "vragenlijst_aandachtspunt",
            {"UPDATE": EIS_WIJZIGT},
            "Deze norm is al beoordeeld: wat hij aan bewijs vraagt, staat vast.",
        ),
        Regel(
            "norm_bewijssoort_staat_vast",
            "vragenlijst_aandachtspunt_bewijssoorten",
            {
                "INSERT": beoordeeld("NEW"),
                "UPDATE": f"({beoordeeld('OLD')} OR {beoordeeld('NEW')})",
                "DELETE": beoordeeld("OLD"),
            },
            "Deze norm is al beoordeeld: wat hij aan bewijs vraagt, staat vast.",
        ),
        Regel(
            "antwoordversie_blijft",
            "vragenlijst_antwoordversie",
            BLIJFT,
            "Een eerdere versie van een antwoord blijft zoals zij was.",
        ),
        Regel(
            "gespreksverslag_blijft",
            "vragenlijst_gespreksverslag",
            BLIJFT,
            "Een verslag blijft zoals het is voorgelegd.",
        ),
        vaststaand("antwoord", "(SELECT i.dossier_id FROM vragenlijst_interview i WHERE i.id = {rij}.interview_id)"),
        vaststaand("bevinding", "{rij}.dossier_id"),
        vaststaand("beoordeling", "{rij}.dossier_id"),
        vaststaand("bewijsstuk", "{rij}.dossier_id"),
        vaststaand(
            "bewijsstuk_deelnemers",
            "(SELECT b.dossier_id FROM vragenlijst_bewijsstuk b WHERE b.id = {rij}.bewijsstuk_id)",
        ),
    ]
