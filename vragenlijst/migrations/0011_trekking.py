"""Drawing municipalities by lot. How a round was drawn stands firm; what was in the hat goes only with a round in concept."""
# ruff: noqa: S608 (the SQL is put together from what stands in this file)

import django.db.models.deletion
from django.db import migrations, models

from regio.regels import Regel

NIET_IN_CONCEPT = """EXISTS (
    SELECT 1 FROM vragenlijst_ronde r WHERE r.id = {ronde} AND r.status <> 'concept'
)"""
VAN_LOT = "(SELECT t.ronde_id FROM vragenlijst_trekking t WHERE t.id = {rij}.trekking_id)"
LOT_ANDERS = """(
    NEW.id <> OLD.id OR NEW.trekking_id <> OLD.trekking_id OR NEW.gemeente_id <> OLD.gemeente_id
    OR NEW.stratum <> OLD.stratum OR COALESCE(NEW.plaats, 0) <> COALESCE(OLD.plaats, 0)
)"""
GESLOTEN = "EXISTS (SELECT 1 FROM vragenlijst_ronde r WHERE r.id = {ronde} AND r.status = 'gesloten')"


def niet_in_concept(rij: str) -> str:
    return NIET_IN_CONCEPT.format(ronde=VAN_LOT.format(rij=rij))


class Migration(migrations.Migration):

    dependencies = [
        ('regio', '0003_geschiedenis_blijft'),
        ('vragenlijst', '0010_gesprekspartners_zoals_getypt'),
    ]

    operations = [
        migrations.CreateModel(
            name='Trekking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('zaad', models.CharField(max_length=40, verbose_name='zaad')),
                ('algoritme', models.PositiveSmallIntegerField(verbose_name='methode van loten')),
                ('kenmerken', models.JSONField(blank=True, default=list, verbose_name='strata naar')),
                ('verdeling', models.CharField(choices=[('naar_rato', 'naar rato van de omvang van de strata'), ('gelijk', 'evenveel uit elk stratum'), ('eigen', 'een eigen aantal per stratum')], max_length=10, verbose_name='verdeling')),
                ('aantal', models.PositiveIntegerField(blank=True, null=True, verbose_name='gevraagd aantal')),
                ('minimum', models.PositiveSmallIntegerField(default=0, verbose_name='minimum per stratum')),
                ('aantallen', models.JSONField(default=dict, verbose_name='aantal per stratum')),
                ('afbakening', models.TextField(blank=True, verbose_name='afbakening')),
                ('getrokken_op', models.DateTimeField(auto_now_add=True)),
                ('ronde', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='trekking', to='vragenlijst.ronde')),
            ],
            options={
                'verbose_name': 'trekking',
                'verbose_name_plural': 'trekkingen',
                'ordering': ['ronde'],
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stratum', models.CharField(blank=True, max_length=60, verbose_name='stratum')),
                ('plaats', models.PositiveIntegerField(blank=True, null=True, verbose_name='plaats in de volgorde')),
                ('stand', models.CharField(choices=[('getrokken', 'getrokken'), ('reserve', 'reserve'), ('vervanger', 'vervanger'), ('uitgevallen', 'uitgevallen'), ('uitgesloten', 'vooraf uitgesloten')], max_length=11, verbose_name='stand')),
                ('reden', models.TextField(blank=True, verbose_name='reden')),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loten', to='regio.gemeente')),
                ('vervangt', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vervanger', to='vragenlijst.lot')),
                ('trekking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loten', to='vragenlijst.trekking')),
            ],
            options={
                'verbose_name': 'lot',
                'verbose_name_plural': 'loten',
                'ordering': ['trekking', 'stratum', 'plaats', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='trekking',
            constraint=models.CheckConstraint(condition=models.Q(('zaad', ''), _negated=True), name='trekking_heeft_zaad'),
        ),
        migrations.AddConstraint(
            model_name='trekking',
            constraint=models.CheckConstraint(condition=models.Q(('verdeling__in', ['naar_rato', 'gelijk', 'eigen'])), name='trekking_verdeling_bestaat'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.UniqueConstraint(fields=('trekking', 'gemeente'), name='lot_eenmaal_per_gemeente'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.UniqueConstraint(fields=('trekking', 'stratum', 'plaats'), name='lot_plaats_eenmaal'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('plaats__isnull', True), ('stand', 'uitgesloten'), ('stratum', '')), models.Q(models.Q(('stand', 'uitgesloten'), _negated=True), ('plaats__isnull', False), models.Q(('stratum', ''), _negated=True)), _connector='OR'), name='lot_plaats_in_stratum'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stand__in', ['uitgesloten', 'uitgevallen']), _negated=True), models.Q(('reden', ''), _negated=True), _connector='OR'), name='lot_weg_met_reden'),
        ),
        Regel(
            "trekking_staat_vast",
            "vragenlijst_trekking",
            {
                "INSERT": NIET_IN_CONCEPT.format(ronde="NEW.ronde_id"),
                "UPDATE": "TRUE",
                "DELETE": NIET_IN_CONCEPT.format(ronde="OLD.ronde_id"),
            },
            "Hoe een steekproef is getrokken, staat vast.",
        ),
        Regel(
            "lot_staat_vast",
            "vragenlijst_lot",
            {
                "INSERT": niet_in_concept("NEW"),
                "UPDATE": f"({LOT_ANDERS} OR {GESLOTEN.format(ronde=VAN_LOT.format(rij='OLD'))})",
                "DELETE": niet_in_concept("OLD"),
            },
            "Wat er geloot is, staat vast.",
        ),
    ]
