"""A question says whether it is the one of the version before."""

from django.db import migrations, models

from regio.regels import ZonderRegels


class Migration(migrations.Migration):

    dependencies = [("vragenlijst", "0005_oordeel_te_herzien")]

    operations = [
        ZonderRegels([
            migrations.AddField(
                model_name="vraag",
                name="vergelijkbaarheid",
                field=models.CharField(choices=[("gelijk", "gelijk"), ("herformuleerd", "herformuleerd"), ("nieuw", "nieuw")], default="gelijk", max_length=15, verbose_name="ten opzichte van de vorige versie"),
            ),
            migrations.AddConstraint(
                model_name="vraag",
                constraint=models.CheckConstraint(condition=models.Q(("vergelijkbaarheid__in", ["gelijk", "herformuleerd", "nieuw"])), name="vraag_vergelijkbaarheid"),
            ),
        ]),
    ]
