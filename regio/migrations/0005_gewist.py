"""A row of history can say that personal data were wiped."""

from django.db import migrations, models

from regio.regels import ZonderRegels


class Migration(migrations.Migration):

    dependencies = [("regio", "0004_inlezingen")]

    operations = [
        ZonderRegels(
            [
                migrations.AlterField(
                    model_name="gebeurtenis",
                    name="soort",
                    field=models.CharField(
                        choices=[
                            ("gemaakt", "gemaakt"),
                            ("gewijzigd", "gewijzigd"),
                            ("status", "status gewijzigd"),
                            ("ingelogd", "ingelogd"),
                            ("uitvoer", "gedownload"),
                            ("inzage", "persoonsgegevens ingezien"),
                            ("gewist", "persoonsgegevens gewist"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                )
            ]
        )
    ]
