"""A norm says whether it is the one of the version before, as a question does.

Norms of later versions that are there get what was worked out from their texts until now: another text is *herformuleerd*.
"""

from django.db import migrations, models

from regio.regels import ZonderRegels, zonder_regels


def zeg_het(apps, schema_editor):
    Aandachtspunt = apps.get_model("vragenlijst", "Aandachtspunt")
    versies = {}
    rijen = Aandachtspunt.objects.values_list("onderdeel__instrument__code", "onderdeel__instrument__versie", "code", "tekst", "pk")
    for instrument, versie, code, tekst, pk in rijen:
        versies.setdefault(instrument, {}).setdefault(versie, {})[code] = (tekst, pk)
    with zonder_regels(schema_editor.connection):
        for per_versie in versies.values():
            volgorde = sorted(per_versie)
            for toen, nu in zip(volgorde, volgorde[1:], strict=False):
                for code, (tekst, pk) in per_versie[nu].items():
                    eerder = per_versie[toen].get(code)
                    stap = "nieuw" if eerder is None else "herformuleerd" if eerder[0] != tekst else "gelijk"
                    if stap != "gelijk":
                        Aandachtspunt.objects.filter(pk=pk).update(vergelijkbaarheid=stap)


class Migration(migrations.Migration):

    dependencies = [("vragenlijst", "0013_bewaartermijn")]

    operations = [
        ZonderRegels([
            migrations.AddField(
                model_name="aandachtspunt",
                name="vergelijkbaarheid",
                field=models.CharField(choices=[("gelijk", "gelijk"), ("herformuleerd", "herformuleerd"), ("nieuw", "nieuw")], default="gelijk", max_length=15, verbose_name="ten opzichte van de vorige versie"),
            ),
            migrations.AddConstraint(
                model_name="aandachtspunt",
                constraint=models.CheckConstraint(condition=models.Q(("vergelijkbaarheid__in", ["gelijk", "herformuleerd", "nieuw"])), name="aandachtspunt_vergelijkbaarheid"),
            ),
        ]),
        migrations.RunPython(zeg_het, migrations.RunPython.noop),
    ]
