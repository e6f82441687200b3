"""*Weet niet* and *n.v.t.* at the open questions of the instruments that are there; closed ones have them already.

Nothing that was answered changes: these are two answers more. Going back is refused by PROTECT once somebody gave one.
"""

from django.db import migrations

UITWEGEN = (("weet-niet", "weet niet", "weet_niet"), ("nvt", "niet van toepassing", "nvt"))


def voeg_toe(apps, schema_editor):
    Vraag, Keuze = apps.get_model("vragenlijst", "Vraag"), apps.get_model("vragenlijst", "Keuze")
    Keuze.objects.bulk_create(
        Keuze(vraag=vraag, code=code, naam=naam, soort=soort, volgorde=nr)
        for vraag in Vraag.objects.exclude(soort="keuze")
        for nr, (code, naam, soort) in enumerate(UITWEGEN, 1)
    )


def haal_weg(apps, schema_editor):
    apps.get_model("vragenlijst", "Keuze").objects.exclude(vraag__soort="keuze").delete()


class Migration(migrations.Migration):

    dependencies = [("vragenlijst", "0008_thema_bij_antwoord")]

    operations = [migrations.RunPython(voeg_toe, haal_weg)]
