"""A theme that the inspector proposes at an open answer."""

from django.db import migrations, models

from regio.regels import ZonderRegels


class Migration(migrations.Migration):

    dependencies = [("vragenlijst", "0007_uitzonderingen")]

    operations = [
        ZonderRegels(
            [
                migrations.AddField(
                    model_name="antwoord",
                    name="thema",
                    field=models.CharField(blank=True, max_length=120, verbose_name="voorgesteld thema"),
                )
            ]
        )
    ]
