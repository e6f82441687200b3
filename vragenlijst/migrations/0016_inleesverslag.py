"""What was said of an XLSForm when it was read stays with the version that it became."""

from django.db import migrations, models

from regio.regels import ZonderRegels


class Migration(migrations.Migration):

    dependencies = [
        ('vragenlijst', '0015_getal_en_datum'),
    ]

    operations = [
        ZonderRegels([
        migrations.AddField(
            model_name='instrument',
            name='inleesverslag',
            field=models.JSONField(blank=True, default=dict, verbose_name='verslag van het inlezen'),
        ),
        ]),
    ]
