"""What this room tells of a municipality's part in rounds, to the room that keeps municipalities (`regio.deelname`)."""

from collections import defaultdict

from django.urls import reverse

from regio.bijwerken import Peildag
from regio.deelname import Deelname
from regio.models import Gebruiker, Gemeente
from regio.rechten import Recht
from vragenlijst.models import Dossier, Ronde


def peildagen() -> dict[int, tuple[Peildag, ...]]:
    """By pk of the municipality: the peildatum of each round that it is in. A closed round stays what it was. One query."""
    dagen = defaultdict(tuple)
    rijen = Dossier.objects.order_by("ronde__peildatum").values_list(
        "gemeente_id", "ronde__peildatum", "ronde__naam", "ronde__status"
    )
    for gemeente, dag, naam, status in rijen:
        dagen[gemeente] += (Peildag(dag, f"ronde {naam}", vast=status == Ronde.Status.GESLOTEN),)
    return dagen


def deelnames(gemeente: Gemeente, gebruiker: Gebruiker) -> list[Deelname]:
    """The dossiers of this municipality that this person may know of: who follows rounds sees all, an inspecteur their own. Two queries."""
    ziet_rondes = gebruiker.heeft(Recht.RONDE_ZIEN)
    leesbaar = set(Dossier.objects.zichtbaar_voor(gebruiker).filter(gemeente=gemeente).values_list("pk", flat=True))
    dossiers = Dossier.objects.filter(gemeente=gemeente).select_related("ronde")
    if not ziet_rondes:
        dossiers = dossiers.filter(pk__in=leesbaar)
    return [
        Deelname(
            ronde=dossier.ronde.naam,
            peildatum=dossier.ronde.peildatum,
            rondeadres=dossier.ronde.get_absolute_url() if ziet_rondes else "",
            rol=dossier.get_rol_display(),
            status=dossier.status,
            statusnaam=dossier.get_status_display(),
            dossieradres=reverse("dossier", args=[dossier.pk]) if dossier.pk in leesbaar else "",
        )
        for dossier in dossiers
    ]
