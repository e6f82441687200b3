"""Once a report is vastgesteld its themes stand firm too: its tables count them, and no seal would tell that they changed."""
# ruff: noqa: S608 (the SQL is put together from what stands in this file)

from django.db import migrations

from regio.regels import Regel

VAST = "EXISTS (SELECT 1 FROM rapportage_rapport r WHERE r.status NOT IN ('concept', 'wederhoor') AND r.ronde_id = {ronde})"
ZIN = "Het rapport is vastgesteld: de thema's veranderen niet meer."


def van_thema(rij: str) -> str:
    return VAST.format(ronde=f"{rij}.ronde_id")


def van_codering(rij: str) -> str:
    return VAST.format(ronde=f"(SELECT t.ronde_id FROM rapportage_thema t WHERE t.id = {rij}.thema_id)")


def vast(naam: str, tabel: str, van) -> Regel:
    bij_wijziging = f"({van('OLD')} OR {van('NEW')})"
    return Regel(naam, tabel, {"INSERT": van("NEW"), "UPDATE": bij_wijziging, "DELETE": van("OLD")}, ZIN)


class Migration(migrations.Migration):

    dependencies = [("rapportage", "0008_ontwikkeling"), ("regio", "0001_begin")]

    operations = [
        vast("thema_staat_vast", "rapportage_thema", van_thema),
        vast("codering_staat_vast", "rapportage_codering", van_codering),
    ]
