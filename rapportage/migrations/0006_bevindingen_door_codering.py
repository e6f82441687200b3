from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0005_codering_per_persoon")]

    operations = [
        migrations.RemoveField("thema", "bevindingen"),
        migrations.AddField(
            "thema",
            "bevindingen",
            models.ManyToManyField(related_name="themas", through="rapportage.Codering", to="vragenlijst.bevinding"),
        ),
    ]
