"""Personal data of a round go after its term (besluit 0049): the term itself, which documents hold them, and what the database lets
through below a dossier that is vastgesteld: a name becomes 'gewist' and a marked file goes, and nothing else.
"""
# ruff: noqa: S608 (the SQL is put together from what stands in this file)

from django.db import migrations, models

from regio.regels import AndereRegel, Regel, ZonderRegels

ZIN = "Het dossier is vastgesteld: de inhoud verandert niet meer."
VAN_GESPREK = "(SELECT i.dossier_id FROM vragenlijst_interview i WHERE i.id = {rij}.interview_id)"
VAN_ZICHZELF = "{rij}.dossier_id"


def vast(dossier: str, rij: str) -> str:
    return f"EXISTS (SELECT 1 FROM vragenlijst_dossier d WHERE d.status = 'vastgesteld' AND d.id = {dossier.format(rij=rij)})"


def gelijk(*kolommen: str) -> str:
    return " AND ".join(
        f"(NEW.{kolom} = OLD.{kolom} OR (NEW.{kolom} IS NULL AND OLD.{kolom} IS NULL))" for kolom in kolommen
    )


def gewist_of_gelijk(kolom: str) -> str:
    return f"(NEW.{kolom} = OLD.{kolom} OR (OLD.{kolom} <> '' AND NEW.{kolom} = 'gewist'))"


def als(dossier: str, wissen: str | None = None) -> dict[str, str]:
    """Nothing below a dossier that is vastgesteld changes, but for `wissen`."""
    wijzigt = f"({vast(dossier, 'OLD')} OR {vast(dossier, 'NEW')})"
    if wissen:
        wijzigt += f" AND NOT ({wissen})"
    return {"INSERT": vast(dossier, "NEW"), "UPDATE": f"({wijzigt})", "DELETE": vast(dossier, "OLD")}


NAAM_WEG = f"{gelijk('id', 'interview_id')} AND NEW.naam = 'gewist' AND NEW.functie = '' AND NEW.organisatie = ''"
AKKOORD_WEG = " AND ".join(
    [
        gelijk(
            "id", "dossier_id", "actorgroep_id", "datum", "aanvang", "duur", "plaats", "inspecteur_id", "tweede_inspecteur_id",
            "status", "geaccordeerd_op", "versie",
        ),
        gewist_of_gelijk("geaccordeerd_door"),
        gewist_of_gelijk("correcties"),
    ]
)  # fmt: skip
BESTAND_WEG = " AND ".join(
    [
        gelijk(
            "id", "dossier_id", "soort_id", "titel", "datum", "akkoord_door", "akkoord_op", "vindplaats", "mediatype", "grootte",
            "sha256", "persoonsgegevens", "vervangt_id", "versie",
        ),
        "OLD.persoonsgegevens AND OLD.bestand <> '' AND NEW.bestand = '' AND NEW.bestandsnaam = ''",
        "OLD.gewist_op IS NULL AND NEW.gewist_op IS NOT NULL",
    ]
)  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ("regio", "0003_geschiedenis_blijft"),
        ("vragenlijst", "0012_instrument_staat_vast"),
    ]

    operations = [
        ZonderRegels(
            [
                migrations.RemoveConstraint(model_name="bewijsstuk", name="bewijsstuk_bestand_heel"),
                migrations.AddField(
                    model_name="bewijsstuk",
                    name="gewist_op",
                    field=models.DateTimeField(editable=False, null=True, verbose_name="bestand gewist op"),
                ),
                migrations.AddField(
                    model_name="bewijsstuk",
                    name="persoonsgegevens",
                    field=models.BooleanField(default=False, verbose_name="bevat persoonsgegevens"),
                ),
                migrations.AddField(
                    model_name="ronde",
                    name="bewaartermijn",
                    field=models.PositiveSmallIntegerField(
                        blank=True, editable=False, null=True, verbose_name="bewaartermijn in maanden"
                    ),
                ),
                migrations.AddField(
                    model_name="ronde",
                    name="gewist_op",
                    field=models.DateTimeField(editable=False, null=True, verbose_name="persoonsgegevens gewist op"),
                ),
                migrations.AddConstraint(
                    model_name="bewijsstuk",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bestand", ""), ("gewist_op__isnull", True), ("grootte__isnull", True), ("sha256", "")),
                            models.Q(
                                models.Q(("bestand", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                                ("gewist_op__isnull", True),
                                ("grootte__isnull", False),
                            ),
                            models.Q(
                                ("bestand", ""),
                                ("bestandsnaam", ""),
                                ("gewist_op__isnull", False),
                                ("grootte__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bewijsstuk_bestand_heel",
                        violation_error_message="Een bestand heeft een grootte en een controlegetal.",
                    ),
                ),
            ]
        ),
        AndereRegel(
            "bewijsstuk_vastgesteld",
            "vragenlijst_bewijsstuk",
            als(VAN_ZICHZELF, BESTAND_WEG),
            ZIN,
            was=Regel("bewijsstuk_vastgesteld", "vragenlijst_bewijsstuk", als(VAN_ZICHZELF), ZIN),
        ),
        Regel("interview_vastgesteld", "vragenlijst_interview", als(VAN_ZICHZELF, AKKOORD_WEG), ZIN),
        Regel("gesprekspartner_vastgesteld", "vragenlijst_gesprekspartner", als(VAN_GESPREK, NAAM_WEG), ZIN),
    ]
