"""A place in the report for what changed since the round before."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rapportage', '0007_staat_vast'),
    ]

    operations = [
        migrations.AlterField(
            model_name='passage',
            name='plaats',
            field=models.CharField(choices=[('aanleiding', '1.1 Aanleiding'), ('aanpak', '1.2 Aanpak'), ('bevindingen', '2 Bevindingen'), ('ontwikkeling', '2 Ontwikkeling sinds de vorige ronde'), ('conclusies', '3 Conclusies'), ('vervolg', 'Vervolg')], max_length=12, verbose_name='plaats'),
        ),
    ]
