"""Questions for a number, with its unit and bounds, and for a date."""

import django.core.validators
from django.db import migrations, models

from regio.regels import ZonderRegels


class Migration(migrations.Migration):

    dependencies = [
        ('vragenlijst', '0014_vergelijkbaarheid_van_normen'),
    ]

    operations = [
        ZonderRegels([
        migrations.RemoveConstraint(
            model_name='vraag',
            name='vraag_soort',
        ),
        migrations.AddField(
            model_name='vraag',
            name='decimalen',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(6)], verbose_name='cijfers achter de komma'),
        ),
        migrations.AddField(
            model_name='vraag',
            name='eenheid',
            field=models.CharField(blank=True, max_length=30, verbose_name='eenheid'),
        ),
        migrations.AddField(
            model_name='vraag',
            name='maximum',
            field=models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name='meeste'),
        ),
        migrations.AddField(
            model_name='vraag',
            name='minimum',
            field=models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True, verbose_name='minste'),
        ),
        migrations.AlterField(
            model_name='vraag',
            name='soort',
            field=models.CharField(choices=[('keuze', 'één keuze'), ('open', 'open'), ('gemeente', 'een gemeente'), ('afspraken', 'afspraken per partij'), ('getal', 'een getal'), ('datum', 'een datum')], max_length=10, verbose_name='soort'),
        ),
        migrations.AddConstraint(
            model_name='vraag',
            constraint=models.CheckConstraint(condition=models.Q(('soort__in', ['keuze', 'open', 'gemeente', 'afspraken', 'getal', 'datum'])), name='vraag_soort'),
        ),
        ]),
    ]
