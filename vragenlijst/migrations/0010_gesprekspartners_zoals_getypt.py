"""Gesprekspartners stay in the order in which they were typed."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("vragenlijst", "0009_weet_niet_bij_elke_vraag")]

    operations = [
        migrations.AlterModelOptions(
            name="gesprekspartner",
            options={
                "ordering": ["interview", "pk"],
                "verbose_name": "gesprekspartner",
                "verbose_name_plural": "gesprekspartners",
            },
        )
    ]
