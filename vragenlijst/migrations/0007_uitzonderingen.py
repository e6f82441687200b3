"""What a dossier lacks and cannot get, set aside with the reason. It stands firm once the dossier is vastgesteld (as in 0003)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from regio.regels import Regel


def vast(rij: str) -> str:
    return f"EXISTS (SELECT 1 FROM vragenlijst_dossier d WHERE d.status = 'vastgesteld' AND d.id = {rij}.dossier_id)"  # noqa: S608


class Migration(migrations.Migration):

    dependencies = [("vragenlijst", "0006_vergelijkbaarheid"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Uitzondering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sleutel", models.CharField(editable=False, max_length=80)),
                ("wat", models.TextField(editable=False, verbose_name="wat ontbreekt")),
                ("vragen", models.JSONField(blank=True, default=list, editable=False)),
                ("reden", models.TextField(verbose_name="reden")),
                ("op", models.DateTimeField(auto_now=True)),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uitzonderingen",
                        to="vragenlijst.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "uitzondering",
                "verbose_name_plural": "uitzonderingen",
                "ordering": ["dossier", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "sleutel"), name="uitzondering_eenmaal"),
                    models.CheckConstraint(condition=models.Q(("reden", ""), _negated=True), name="uitzondering_heeft_reden"),
                ],
            },
        ),
        Regel(
            "uitzondering_vastgesteld",
            "vragenlijst_uitzondering",
            {"INSERT": vast("NEW"), "UPDATE": f"({vast('OLD')} OR {vast('NEW')})", "DELETE": vast("OLD")},
            "Het dossier is vastgesteld: de inhoud verandert niet meer.",
        ),
    ]
