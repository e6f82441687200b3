"""A judgement is to be looked at again when a finding or a document under it became another."""

from django.db import migrations, models

from regio.regels import ZonderRegels


class Migration(migrations.Migration):

    dependencies = [("vragenlijst", "0004_toetsing_staat_vast")]

    operations = [
        ZonderRegels([
            migrations.AddField(
                model_name="beoordeling",
                name="te_herzien",
                field=models.BooleanField(default=False, editable=False, verbose_name="te herzien"),
            ),
        ]),
    ]
