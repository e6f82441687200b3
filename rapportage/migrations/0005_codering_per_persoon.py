"""What findings have which themes is kept per person from now on; who gave those there are already is not known."""

from django.db import migrations


def naar_codering(apps, schema_editor):
    Thema, Codering = apps.get_model("rapportage", "Thema"), apps.get_model("rapportage", "Codering")
    Codering.objects.bulk_create(
        Codering(thema_id=rij.thema_id, bevinding_id=rij.bevinding_id) for rij in Thema.bevindingen.through.objects.all()
    )


def terug(apps, schema_editor):
    """A finding has a theme when somebody gave it; by whom is lost."""
    Thema, Codering = apps.get_model("rapportage", "Thema"), apps.get_model("rapportage", "Codering")
    koppeling = Thema.bevindingen.through
    paren = Codering.objects.order_by().values_list("thema_id", "bevinding_id").distinct()
    koppeling.objects.bulk_create(koppeling(thema_id=thema, bevinding_id=bevinding) for thema, bevinding in paren)
    Codering.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0004_passageversies_uit_geschiedenis")]

    operations = [migrations.RunPython(naar_codering, terug)]
