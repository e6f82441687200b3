"""Speed as ratios within one run, on a database of its own with as many dossiers as the country has municipalities.

    make bench                 all measurements
    make bench ARGS='--dossiers 50 --alleen ontwikkeling'

Times differ from machine to machine, ratios hardly: each line compares what we do with a plain way of doing the same, measured
a moment apart on the same data. Nothing here is a test.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectie.settings")
os.environ["DEBUG"] = "1"


def zet_op(dossiers: int):
    """A round with this many dossiers, every question settled and every norm judged; returns the round."""
    from django.core.management import call_command

    from regio.models import Gebruiker, Gemeente
    from regio.rechten import Rol
    from vragenlijst.models import (
        Aandachtspunt,
        Beoordeling,
        Bevinding,
        Dossier,
        Instrument,
        Interview,
        Ronde,
        Vraag,
    )

    call_command("migrate", verbosity=0)
    call_command("laad_instrument", verbosity=0)
    instrument = Instrument.objects.get()
    wie = Gebruiker.objects.create_user(
        "bench", "bench@example.nl", "niet-van-belang", naam="Bench", rol=Rol.INSPECTEUR
    )
    ronde = Ronde.objects.create(
        naam="Bench",
        slug="bench",
        instrument=instrument,
        peildatum=date(2008, 1, 1),
        periode_van=date(2008, 2, 1),
        periode_tot=date(2008, 4, 30),
        status="open",
    )
    gemeenten = Gemeente.objects.bulk_create(
        Gemeente(code=f"B{nr:03}", naam=f"Gemeente {nr}", zoeknaam=f"gemeente {nr}", geldig_van=date(2000, 1, 1))
        for nr in range(dossiers)
    )
    rijen = Dossier.objects.bulk_create(
        Dossier(
            ronde=ronde,
            gemeente=gemeente,
            inspecteur=wie,
            status="in_uitvoering",
            grootteklasse_code=nr % 8 + 1,
            rol="voortrekker" if nr % 3 else "niet-voortrekker",
            randstad=bool(nr % 2),
        )
        for nr, gemeente in enumerate(gemeenten)
    )
    vragen = list(Vraag.objects.prefetch_related("keuzes"))
    keuzes = {vraag.pk: list(vraag.keuzes.all()) if vraag.is_gesloten else [] for vraag in vragen}
    Bevinding.objects.bulk_create(
        (
            Bevinding(
                dossier=dossier,
                vraag=vraag,
                stand="een_bron",
                gewijzigd_door=wie,
                keuze=keuzes[vraag.pk][(nr + vraag.pk) % len(keuzes[vraag.pk])] if keuzes[vraag.pk] else None,
                tekst="" if keuzes[vraag.pk] else f"Wat er in gemeente {nr} bij deze vraag is vastgesteld.",
            )
            for nr, dossier in enumerate(rijen)
            for vraag in vragen
        ),
        batch_size=2000,
    )
    Beoordeling.objects.bulk_create(
        (
            Beoordeling(
                dossier=dossier,
                aandachtspunt=norm,
                oordeel=("voldoet_deels", "voldoet_niet")[nr % 2],
                motivering="Zo is het.",
                bewijs_vereist=norm.vraagt_bewijs,
                gewijzigd_door=wie,
            )
            for nr, dossier in enumerate(rijen)
            for norm in Aandachtspunt.objects.all()
        ),
        batch_size=2000,
    )
    Interview.objects.create(
        dossier=rijen[0], actorgroep=instrument.actorgroepen.first(), datum=date(2008, 3, 1), status="gehouden"
    )
    return ronde


def duur(doe, keer: int = 5) -> float:
    """The median time of `doe` in milliseconds, after one run that does not count."""
    doe()
    tijden = []
    for _ in range(keer):
        begin = time.perf_counter()
        doe()
        tijden.append((time.perf_counter() - begin) * 1000)
    return statistics.median(tijden)


def meld(wat: str, ons: float, vergelijking: str, ander: float) -> None:
    sys.stdout.write(f"{wat:<44}{ons:9.1f} ms   {ons / ander:6.2f} × {vergelijking} ({ander:.1f} ms)\n")


def meet_uitkomsten(ronde) -> None:
    """The whole page of uitkomsten against one raw grouped query, and against counting objects in Python."""
    from django.db import connection

    from rapportage import queries
    from vragenlijst.models import Bevinding

    def ruw():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT d.rol, b.vraag_id, b.keuze_id, count(*) FROM vragenlijst_bevinding b "
                "JOIN vragenlijst_dossier d ON d.id = b.dossier_id WHERE d.ronde_id = %s AND NOT b.vervallen "
                "GROUP BY d.rol, b.vraag_id, b.keuze_id",
                [ronde.pk],
            )
            return cursor.fetchall()

    def in_python():
        rijen = Bevinding.objects.filter(dossier__ronde=ronde, vervallen=False).select_related("dossier")
        return Counter((b.dossier.rol, b.vraag_id, b.keuze_id) for b in rijen)

    ons = duur(lambda: queries.uitkomsten(ronde))
    meld("uitkomsten van de ronde, alles", ons, "één ruwe gegroepeerde query", duur(ruw))
    meld("uitkomsten van de ronde, alles", ons, "alleen bevindingen tellen in Python", duur(in_python, 2))


def volgende_ronde(ronde):
    """A round a year and a half later in the same municipalities, in which every third answer and judgement is another."""
    from vragenlijst.models import Beoordeling, Bevinding, Dossier, Keuze, Ronde

    later = Ronde.objects.create(
        naam="Bench later", slug="bench-later", instrument=ronde.instrument, vorige=ronde, status="open",
        peildatum=date(2009, 7, 1), periode_van=date(2009, 9, 1), periode_tot=date(2009, 12, 18),
    )  # fmt: skip
    nieuw = {}
    for dossier in Dossier.objects.filter(ronde=ronde).order_by("pk"):
        nieuw[dossier.pk], dossier.pk, dossier.ronde = dossier, None, later
    Dossier.objects.bulk_create(nieuw.values())
    keuzes = list(Keuze.objects.order_by("vraag", "volgorde"))
    volgende = {a.pk: b.pk for a, b in pairwise(keuzes) if a.vraag_id == b.vraag_id}
    oordelen = {"voldoet_deels": "voldoet_niet", "voldoet_niet": "voldoet_deels"}
    for soort in (Bevinding, Beoordeling):
        rijen = list(soort.objects.filter(dossier__in=list(nieuw)).order_by("pk"))
        for nr, rij in enumerate(rijen):
            rij.pk, rij.dossier = None, nieuw[rij.dossier_id]
            if nr % 3 == 0 and soort is Bevinding:
                rij.keuze_id = volgende.get(rij.keuze_id, rij.keuze_id)
            elif nr % 3 == 0:
                rij.oordeel = oordelen[rij.oordeel]
        soort.objects.bulk_create(rijen, batch_size=2000)
    return later


def meet_ontwikkeling(ronde) -> None:
    """Two rounds compared against one raw query that joins their findings, and against doing it with objects; and its pages."""
    from django.db import connection

    from rapportage import queries
    from rapportage.queries import trend as queries_trend
    from regio.models import Gebruiker
    from regio.rechten import Rol
    from vragenlijst.models import Bevinding

    later = volgende_ronde(ronde)

    def ruw():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT d.rol, b.vraag_id, a.keuze_id, b.keuze_id, count(*) FROM vragenlijst_bevinding b "
                "JOIN vragenlijst_dossier d ON d.id = b.dossier_id AND d.ronde_id = %s "
                "JOIN vragenlijst_dossier e ON e.gemeente_id = d.gemeente_id AND e.ronde_id = %s "
                "JOIN vragenlijst_bevinding a ON a.dossier_id = e.id AND a.vraag_id = b.vraag_id "
                "WHERE NOT b.vervallen AND NOT a.vervallen GROUP BY d.rol, b.vraag_id, a.keuze_id, b.keuze_id",
                [later.pk, ronde.pk],
            )
            return cursor.fetchall()

    def met_objecten():
        toen, nu = (
            {
                (b.dossier.gemeente_id, b.vraag_id): b
                for b in Bevinding.objects.filter(dossier__ronde=r, vervallen=False).select_related("dossier", "keuze")
            }
            for r in (ronde, later)
        )
        return Counter((b.dossier.rol, b.vraag_id, toen[plek].keuze_id, b.keuze_id) for plek, b in nu.items())

    ons = duur(lambda: queries_trend.ontwikkeling(later, ronde))
    meld("ontwikkeling, alle vragen en normen", ons, "de vragen in één ruwe query", duur(ruw))
    meld("ontwikkeling, alle vragen en normen", ons, "de vragen met objecten", duur(met_objecten, 2))
    nu = duur(lambda: queries_trend.ontwikkeling(later, ronde, naar_nu=True))
    meld("ontwikkeling naar de indeling van nu", nu, "zoals toen", ons)
    wie = Gebruiker.objects.create_user("bench2", "bench2@example.nl", "niet-van-belang", naam="B", rol=Rol.ANALIST)
    tellen = duur(lambda: queries.uitkomsten(later))
    paginas = (
        ("uitkomsten", "/rondes/bench-later/uitkomsten/"),
        ("ontwikkeling", "/rondes/bench-later/ontwikkeling/"),
        ("ontwikkeling van een vraag", "/rondes/bench-later/ontwikkeling/V1.2/"),
        ("kruistabel van twee vragen", "/rondes/bench-later/kruistabel/?rij=V1.2&kolom=V2.1"),
        (
            "kruistabel, de dossiers van een cel",
            "/rondes/bench-later/kruistabel/?rij=V1.2&kolom=V2.1&r=ja&k=ja",
        ),
    )
    for naam, adres in paginas:
        meld(f"pagina {naam}", duur(lambda adres=adres: _haal(wie, adres), 3), "de uitkomsten tellen", tellen)


def _haal(wie, adres: str) -> None:
    from django.test import Client

    client = Client()
    client.force_login(wie)
    antwoord = client.get(adres)
    if antwoord.status_code != 200:
        raise SystemExit(f"{adres} gaf {antwoord.status_code}")


def meet_rapport(ronde) -> None:
    """The PDF against its own HTML, and per page."""
    import io

    from pypdf import PdfReader

    from rapportage import actions, drukker, drukpers, pdf, samenstellen
    from rapportage.models import Rapport

    rapport = actions.maak_rapport(Rapport(ronde=ronde, titel="Bench", nummer="B1", datum=date(2008, 6, 1)), None)
    html = duur(lambda: pdf.html_van(samenstellen.rapportdocument(rapport)), 3)
    tijd = duur(lambda: samenstellen.pdf_van_rapport(rapport), 3)
    bladen = len(PdfReader(io.BytesIO(samenstellen.pdf_van_rapport(rapport))).pages)
    meld(f"rapport als PDF ({bladen} bladzijden)", tijd, "de HTML ervan", html)
    vel = pdf.drukwerk_van(samenstellen.rapportdocument(rapport))
    meld(
        "drukken in een eigen proces",
        duur(lambda: drukker.druk_af(vel), 3),
        "in dit proces",
        duur(lambda: drukpers.druk(vel), 3),
    )
    meld("rapport als PDF, per bladzijde", tijd / bladen, "de HTML van het geheel", html)
    meet_lang_rapport(samenstellen.rapportdocument(rapport))


def meet_lang_rapport(document) -> None:
    """Five times the report: how long the page waits that orders it in the background, against printing it while it waits."""
    from dataclasses import replace

    from rapportage import drukker, drukkerij, pdf

    hoofdstukken = [
        replace(
            hoofdstuk,
            nummer=f"{keer}-{hoofdstuk.nummer}",
            paragrafen=[replace(deel, nummer=f"{keer}-{deel.nummer}") for deel in hoofdstuk.paragrafen],
        )
        for keer in range(5)
        for hoofdstuk in document.hoofdstukken
    ]
    lang = pdf.drukwerk_van(replace(document, hoofdstukken=hoofdstukken))
    begin = time.perf_counter()
    drukker.druk_af(lang, geduld=10)
    wachten = (time.perf_counter() - begin) * 1000
    begin = time.perf_counter()
    sleutel = drukkerij.bestel(lang, "bench")
    besteld = (time.perf_counter() - begin) * 1000
    while drukkerij.stand_van(sleutel).bezig:
        time.sleep(0.05)
    klaar = (time.perf_counter() - begin) * 1000
    meld("lang rapport op de achtergrond, tot de pagina", besteld, "drukken terwijl men wacht", wachten)
    meld("lang rapport op de achtergrond, tot de PDF", klaar, "drukken terwijl men wacht", wachten)


def meet_export(ronde) -> None:
    """The files of a round against the counts of its page."""
    from rapportage import queries
    from rapportage.export.bestanden import BESTANDEN
    from rapportage.onderdrukking import openbaar
    from rapportage.weergave import Weergave

    geteld = queries.uitkomsten(ronde)
    tellen = duur(lambda: queries.uitkomsten(ronde), 3)
    for naam in ("dossiers.csv", "spss-en-r.zip", "gegevens.xlsx"):
        maak = BESTANDEN[naam].maak
        meld(
            naam,
            duur(lambda maak=maak: sum(map(len, maak(ronde, Weergave(ronde.slug)))), 1),
            "de uitkomsten tellen",
            tellen,
        )
    meld("kleine groepen weglaten", duur(lambda: openbaar(geteld)), "de uitkomsten tellen", tellen)


def meet_invullen(ronde) -> None:
    """An interview's page through crispy against the same controls without it; saving against a bare insert."""
    from django.db import transaction
    from django.test import Client

    from regio.models import Gebruiker
    from vragenlijst import queries
    from vragenlijst.actions import antwoord_opslaan
    from vragenlijst.forms.interview import onderdeel_form
    from vragenlijst.inhoud import Inhoud
    from vragenlijst.models import Antwoordversie, Interview, Vraag

    wie = Gebruiker.objects.get()
    interview = Interview.objects.get()
    vraag = Vraag.objects.filter(soort="open").first()
    client = Client()
    client.force_login(wie)
    onderdelen = queries.onderdelen_met_vragen(ronde.instrument)
    adres = f"/interviews/{interview.pk}/onderdeel/{onderdelen[0].code}/"

    def kaal():
        form = onderdeel_form(onderdelen, onderdelen[0], queries.antwoorden_van(interview))
        return "".join(str(form[naam]) for naam in form.fields)

    meld(
        "pagina van een onderdeel", duur(lambda: client.get(adres), 20), "dezelfde velden zonder opmaak", duur(kaal, 20)
    )

    versie = 0

    def sla_op():
        nonlocal versie
        antwoord_opslaan(interview, vraag, Inhoud(tekst=f"tekst {versie}"), versie=versie, sleutel=uuid4(), wie=wie)
        versie += 1

    ons = duur(sla_op, 30)
    antwoord = interview.antwoorden.get()
    nummer = 10_000

    def rij():
        nonlocal nummer
        nummer += 1
        with transaction.atomic():
            Antwoordversie.objects.create(antwoord=antwoord, versie=nummer, inhoud={}, sleutel=uuid4(), wie=wie)

    meld("een antwoord opslaan, met versie en historie", ons, "één rij toevoegen", duur(rij, 30))


METINGEN = {
    "uitkomsten": meet_uitkomsten,
    "invullen": meet_invullen,
    "export": meet_export,
    "ontwikkeling": meet_ontwikkeling,
    "rapport": meet_rapport,
}


def main() -> None:
    keuzes = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    keuzes.add_argument("--dossiers", type=int, default=443, help="aantal dossiers in de ronde (443)")
    keuzes.add_argument("--alleen", choices=METINGEN, help="alleen deze metingen")
    gekozen = keuzes.parse_args()
    with tempfile.TemporaryDirectory() as map_:
        if not os.environ.get("BENCH_DATABASE_URL"):
            os.environ["DATABASE_URL"] = f"sqlite:///{map_}/bench.sqlite3"
        else:
            os.environ["DATABASE_URL"] = os.environ["BENCH_DATABASE_URL"]
        os.environ["MEDIA_ROOT"] = f"{map_}/media"
        import django

        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS.append("testserver")
        settings.DEBUG = False  # DEBUG keeps every query in memory
        begin = time.perf_counter()
        ronde = zet_op(gekozen.dossiers)
        sys.stdout.write(f"{gekozen.dossiers} dossiers opgezet in {time.perf_counter() - begin:.1f} s\n\n")
        for naam, meet in METINGEN.items():
            if gekozen.alleen in (None, naam):
                meet(ronde)


if __name__ == "__main__":
    main()
