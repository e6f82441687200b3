"""History is only ever added to (design 4.6, issue 3 point 9): the database itself refuses to change or remove a row of it."""

from django.db import migrations

from regio.regels import Regel


class Migration(migrations.Migration):

    dependencies = [("regio", "0002_versies")]

    operations = [
        Regel(
            "gebeurtenis_blijft",
            "regio_gebeurtenis",
            {"UPDATE": "TRUE", "DELETE": "TRUE", "TRUNCATE": "TRUE"},
            "Geschiedenis wordt alleen aangevuld.",
        ),
    ]
