"""Makes the demo, by the same actions that the pages use, each at the moment at which it would have happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from unittest import mock
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from inspectie.demo import bron, gebied, rapporttekst, stemmen
from inspectie.demo.mensen import PERSONAS, WACHTWOORD, gesprekspartners
from inspectie.demo.toetsing import maak_opmerkingen, maak_opvolgingen, maak_reacties, zet_rest_apart
from inspectie.demo.wederhoor import hoor_weder
from rapportage.actions import maak_rapport
from rapportage.models import Rapport, Thema
from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker, Gemeente
from vragenlijst import queries
from vragenlijst.actions import (
    Akkoord,
    Toewijzing,
    antwoord_opslaan,
    beoordelen,
    bevinding_vastleggen,
    neem_eensluidende_over,
    ronde_vullen,
    zet_status,
)
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import (
    Aandachtspunt,
    Actorgroep,
    Antwoord,
    Antwoordversie,
    Bevinding,
    Bewijsstuk,
    Dossier,
    Gesprekspartner,
    Instrument,
    Interview,
    Keuze,
    Ronde,
    Vraag,
)

GEMAAKT = Gebeurtenis.Soort.GEMAAKT


@contextmanager
def op(dag: date, uur: int = 10) -> Iterator[None]:
    """Let the clock stand at this moment: the demo's history is of its own time, and the same each time it is made."""
    with mock.patch.object(timezone, "now", return_value=datetime.combine(dag, time(uur), UTC)):
        yield


@dataclass(frozen=True)
class Wereld:
    """What every dossier of a round shares, read once."""

    ronde: Ronde
    gegevens: dict  # the round in rondes.toml
    personas: dict[str, Gebruiker]
    gemeenten: dict[str, dict]  # by code, as in gemeenten.toml
    gemeente_ids: dict[str, int]
    vragen: dict[str, Vraag]
    keuzes: dict[tuple[str, str], Keuze]  # by code of the question and of the choice
    groepen: dict[str, Actorgroep]
    normen: list[Aandachtspunt]

    @property
    def voorwaarden(self):
        return queries.voorwaarden_van(self.vragen.values())

    def ander(self, wie: Gebruiker) -> Gebruiker:
        """The other inspector, who reviews."""
        return self.personas["inspecteur2" if wie.username == "inspecteur" else "inspecteur"]


@transaction.atomic
def maak_demo() -> bool:
    """Make what is not there yet; True when anything was made. All of it or nothing."""
    call_command("laad_instrument", verbosity=0, stdout=_Stil())
    personas = {username: _persona(username, rol, naam) for username, rol, naam in PERSONAS}
    gemaakt = False
    vorige = None
    for gegevens in bron.lees("rondes")["ronde"]:
        ronde = Ronde.objects.filter(slug=gegevens["slug"]).first()
        if ronde is None:
            gebied.maak()
            ronde = _maak_ronde(gegevens, personas, vorige)
            gemaakt = True
        vorige = ronde
    if gemaakt:
        with op(date(2010, 5, 3)):
            gebied.bied_regios_aan(personas["beheerder"])
    return gemaakt


class _Stil:
    """A place for what the other command prints."""

    def write(self, tekst: str) -> None:
        """Print nothing."""


def _persona(username: str, rol: str, naam: str) -> Gebruiker:
    gebruiker = Gebruiker.objects.filter(username=username).first()
    if gebruiker is None:
        gebruiker = Gebruiker.objects.create_user(username, f"{username}@demo.example", WACHTWOORD, naam=naam, rol=rol)
        leg_vast(gebruiker, GEMAAKT, None)
    return gebruiker


# --- A round ------------------------------------------------------------------------------------------------------


def _maak_ronde(gegevens: dict, personas: dict[str, Gebruiker], vorige: Ronde | None) -> Ronde:
    beheerder = personas["beheerder"]
    bronnen = bron.dossiers(gegevens["slug"])
    with op(gegevens["periode_van"] - timedelta(days=21)):
        ronde = Ronde.objects.create(
            naam=gegevens["naam"],
            slug=gegevens["slug"],
            instrument=Instrument.objects.get(code="regionale-samenwerking", versie=1),
            vorige=vorige,
            peildatum=gegevens["peildatum"],
            periode_van=gegevens["periode_van"],
            periode_tot=gegevens["periode_tot"],
            interviews_voor=gegevens["periode_tot"],
            aanbieden_voor=gegevens["periode_tot"] + timedelta(days=14),
            toetsen_voor=gegevens["periode_tot"] + timedelta(days=28),
        )
        leg_vast(ronde, GEMAAKT, beheerder)
        wereld = _wereld(ronde, gegevens, personas)
        dossiers = ronde_vullen(ronde, [_toewijzing(wereld, b.code, b.inspecteur) for b in bronnen], beheerder)
        if gegevens["status"] == Ronde.Status.CONCEPT:
            return ronde
        zet_status(ronde, Ronde.Status.OPEN, beheerder)
    for dossier, dossierbron in zip(dossiers, bronnen, strict=True):
        dossier.ronde = ronde
        _maak_dossier(wereld, dossier, dossierbron)
    if gegevens["status"] == Ronde.Status.GESLOTEN:
        with op(gegevens["eind"] - timedelta(days=2)):
            _maak_themas(wereld)
        with op(gegevens["eind"]):
            zet_status(ronde, Ronde.Status.GESLOTEN, beheerder)
            rapport = Rapport.voor(ronde)
            rapport.datum = gegevens["rapport"]
            maak_rapport(rapport, personas["analist"])
        with op(gegevens["eind"] + timedelta(days=1), 14):
            rapporttekst.schrijf(rapport, personas["analist"])
        hoor_weder(rapport, gegevens["eind"], personas["analist"], op)
    return ronde


def _wereld(ronde: Ronde, gegevens: dict, personas: dict[str, Gebruiker]) -> Wereld:
    onderdelen = queries.onderdelen_met_vragen(ronde.instrument)
    vragen = {vraag.code: vraag for vraag in queries.vragen_van(onderdelen)}
    return Wereld(
        ronde=ronde,
        gegevens=gegevens,
        personas=personas,
        gemeenten={g["code"]: g for g in bron.lees("gemeenten")["gemeente"]},
        gemeente_ids=dict(Gemeente.objects.filter(fictief=True).values_list("code", "pk")),
        vragen=vragen,
        keuzes={(code, keuze.code): keuze for code, vraag in vragen.items() for keuze in vraag.keuzes.all()},
        groepen={groep.code: groep for groep in ronde.instrument.actorgroepen.all()},
        normen=list(
            Aandachtspunt.objects.filter(onderdeel__instrument=ronde.instrument).prefetch_related("bewijssoorten")
        ),
    )


def _toewijzing(wereld: Wereld, code: str, inspecteur: str) -> Toewijzing:
    wie = wereld.personas[inspecteur]
    gemeente = Gemeente.objects.get(code=code)
    return Toewijzing(gemeente, wereld.gemeenten[code]["rol"], inspecteur=wie, toetser=wereld.ander(wie))


def _maak_themas(wereld: Wereld) -> None:
    """The analist's themes, on the findings of this round that count."""
    bevindingen = {
        (b.vraag.code, b.dossier.gemeente.code): b
        for b in Bevinding.objects.filter(dossier__ronde=wereld.ronde, vervallen=False).select_related(
            "vraag", "dossier__gemeente"
        )
    }
    for vraag, themas in bron.lees("themas").items():
        for naam, codes in themas:
            thema = Thema.objects.create(ronde=wereld.ronde, vraag=wereld.vragen[vraag], naam=naam)
            door = {"door": wereld.personas["analist"]}
            thema.bevindingen.set([bevindingen[vraag, code] for code in codes.split()], through_defaults=door)
            leg_vast(thema, GEMAAKT, wereld.personas["analist"])


# --- A dossier ----------------------------------------------------------------------------------------------------


def _maak_dossier(wereld: Wereld, dossier: Dossier, dossierbron: bron.Dossierbron) -> None:
    """One dossier, as far as its file says that it got."""
    wie = dossier.inspecteur
    for gesprek, afspraak in zip(stemmen.gesprekken(dossierbron), dossierbron.interviews, strict=True):
        _maak_interview(wereld, dossier, dossierbron, gesprek, afspraak)
    if dossierbron.overgenomen:
        with op(wereld.gegevens["eind"], 11):
            neem_eensluidende_over(dossier, wie)
            maak_opvolgingen(dossier, dossierbron)
        with op(wereld.gegevens["eind"], 14):
            _maak_latere_antwoorden(wereld, dossier, dossierbron)
    if not dossierbron.aangeboden:
        return
    laatste = max(afspraak.datum for afspraak in dossierbron.interviews)
    # All is settled before the round's last day, also where the last interview was late.
    uitwerking = min(laatste + timedelta(days=14), wereld.gegevens["eind"] - timedelta(days=9))
    with op(uitwerking, 13):
        maak_opvolgingen(dossier, dossierbron)
        _maak_bevindingen(wereld, dossier, dossierbron, wie)
    with op(uitwerking + timedelta(days=1), 11):
        _maak_beoordelingen(wereld, dossier, dossierbron, wie)
    with op(uitwerking + timedelta(days=1), 15):
        zet_rest_apart(dossier)
    with op(uitwerking + timedelta(days=2), 9):
        zet_status(dossier, Dossier.Status.TER_TOETSING, wie)
    if dossierbron.teruggave:
        _geef_terug(wereld, dossier, dossierbron, uitwerking)
    if dossierbron.status == Dossier.Status.VASTGESTELD:
        with op(uitwerking + timedelta(days=6), 15):
            zet_status(dossier, Dossier.Status.VASTGESTELD, dossier.toetser)


def _geef_terug(wereld: Wereld, dossier: Dossier, dossierbron: bron.Dossierbron, uitwerking: date) -> None:
    """The toetser's notes, the dossier back, and what its inspector did with them; handed in again where all is answered."""
    wie = dossier.inspecteur
    with op(uitwerking + timedelta(days=3), 14):
        maak_opmerkingen(dossier, dossierbron, wereld.vragen, wereld.normen)
    with op(uitwerking + timedelta(days=3), 16):
        zet_status(dossier, Dossier.Status.IN_UITVOERING, dossier.toetser, reden=dossierbron.teruggave)
    with op(uitwerking + timedelta(days=4), 10):
        maak_reacties(dossier, dossierbron)
        for anders in dossierbron.herziening:
            _stel_vast(wereld, dossier, anders["vraag"], Inhoud(keuze=anders["keuze"]), anders["motivatie"], wie)
    if dossierbron.status != Dossier.Status.IN_UITVOERING:
        with op(uitwerking + timedelta(days=5), 9):
            zet_status(dossier, Dossier.Status.TER_TOETSING, wie)


def _maak_interview(
    wereld: Wereld,
    dossier: Dossier,
    dossierbron: bron.Dossierbron,
    gesprek: stemmen.Gesprek,
    afspraak: bron.Afspraak,
) -> None:
    wie, datum = dossier.inspecteur, afspraak.datum
    gemeente = wereld.gemeenten[dossierbron.code]
    with op(min(datum, wereld.gegevens["eind"]) - timedelta(days=12), 9):
        interview = Interview.objects.create(
            dossier=dossier,
            actorgroep=wereld.groepen[afspraak.groep],
            datum=datum,
            aanvang=time(9, 30) if gesprek.soort == "gemeente" else time(13, 30),
            inspecteur=wie,
            plaats=f"{'Gemeentehuis' if gesprek.soort == 'gemeente' else 'Kantoor'} in {gemeente['naam']}",
        )
        Gesprekspartner.objects.bulk_create(
            Gesprekspartner(interview=interview, naam=m.naam, functie=m.functie, organisatie=m.organisatie)
            for m in gesprekspartners(afspraak.groep, gemeente, bron.nummer(dossierbron.code), gesprek.plaats)
        )
        leg_vast(interview, GEMAAKT, wie, dossier_id=dossier.pk)
        if dossier.status == Dossier.Status.GEPLAND:
            zet_status(dossier, Dossier.Status.IN_UITVOERING, wie)
        if afspraak.status == Interview.Status.VERVALLEN:
            zet_status(interview, Interview.Status.VERVALLEN, wie, reden=dossierbron.vervallen)
    if afspraak.status in (Interview.Status.GEPLAND, Interview.Status.VERVALLEN):
        return
    with op(datum, 14):
        zet_status(interview, Interview.Status.GEHOUDEN, wie)
        _maak_antwoorden(wereld, interview, dossierbron, gesprek)
    if afspraak.status in (Interview.Status.TER_ACCORDERING, Interview.Status.GEACCORDEERD):
        with op(datum + timedelta(days=2)):
            zet_status(interview, Interview.Status.TER_ACCORDERING, wie)
        _verwerk_correcties(wereld, interview, dossierbron, gesprek)
    if afspraak.status == Interview.Status.GEACCORDEERD:
        akkoord = datum + timedelta(days=5 + bron.nummer(dossierbron.code) % 4)
        with op(akkoord):
            door = interview.gesprekspartners.first().naam
            zet_status(interview, Interview.Status.GEACCORDEERD, wie, akkoord=Akkoord(akkoord, door))


def _maak_antwoorden(
    wereld: Wereld, interview: Interview, dossierbron: bron.Dossierbron, gesprek: stemmen.Gesprek
) -> None:
    gegeven = _gezegd(wereld, dossierbron, gesprek)
    gegeven |= _met_intentie_en_thema(dossierbron, gesprek, gegeven)
    for fout in _correcties(dossierbron, gesprek):
        gegeven[fout["vraag"]] = Inhoud(keuze=fout["keuze"])
    eerst = [e for e in dossierbron.eerst if e["groep"] == gesprek.groep]
    for e in eerst:
        _bewaar(wereld, interview, e["vraag"], Inhoud(keuze=e.get("keuze", ""), tekst=e.get("tekst", "")), versie=0)
    for e in eerst:
        if e["vraag"] in gegeven:
            _bewaar(wereld, interview, e["vraag"], gegeven.pop(e["vraag"]), versie=1)
    for code in [code for code, inhoud in gegeven.items() if inhoud.intentie]:
        _bewaar(wereld, interview, code, gegeven.pop(code), versie=0)
    _bewaar_alle(wereld, interview, gegeven)


def _met_intentie_en_thema(
    dossierbron: bron.Dossierbron, gesprek: stemmen.Gesprek, gegeven: dict[str, Inhoud]
) -> dict[str, Inhoud]:
    """The answers of this conversation that the file calls an intention, or gives a theme."""
    anders: dict[str, Inhoud] = {}
    for e in dossierbron.intentie:
        if e["groep"] == gesprek.groep:
            horizon = e["horizon"].isoformat() if "horizon" in e else ""
            anders[e["vraag"]] = replace(gegeven[e["vraag"]], intentie=e["omschrijving"], horizon=horizon)
    for e in dossierbron.thema:
        if e["groep"] == gesprek.groep:
            anders[e["vraag"]] = replace(anders.get(e["vraag"], gegeven[e["vraag"]]), thema=e["naam"])
    return anders


def _gezegd(wereld: Wereld, dossierbron: bron.Dossierbron, gesprek: stemmen.Gesprek) -> dict[str, Inhoud]:
    """What this actor says, by code of the question."""
    soorten = {code: vraag.soort for code, vraag in wereld.vragen.items()}
    gemeente = wereld.gemeenten[dossierbron.code]
    return stemmen.antwoorden(dossierbron, gesprek, soorten, wereld.voorwaarden, gemeente, wereld.gegevens)


def _correcties(dossierbron: bron.Dossierbron, gesprek: stemmen.Gesprek) -> list[dict]:
    return [fout for fout in dossierbron.correctie if fout["groep"] == gesprek.groep]


def _verwerk_correcties(
    wereld: Wereld, interview: Interview, dossierbron: bron.Dossierbron, gesprek: stemmen.Gesprek
) -> None:
    """The verslag comes back with what the gesprekspartner wants changed; it is changed for that reason and put before them again."""
    wie, datum = interview.dossier.inspecteur, interview.datum
    for fout in _correcties(dossierbron, gesprek):
        with op(datum + timedelta(days=3), 11):
            terug = Interview.Status.GEHOUDEN
            zet_status(interview, terug, wie, reden=fout["reden"], correcties=fout["woorden"])
            goed = _gezegd(wereld, dossierbron, gesprek)[fout["vraag"]]
            _bewaar(wereld, interview, fout["vraag"], goed, versie=1, reden=fout["reden"])
            zet_status(interview, Interview.Status.TER_ACCORDERING, wie)


def _maak_latere_antwoorden(wereld: Wereld, dossier: Dossier, dossierbron: bron.Dossierbron) -> None:
    """What somebody says otherwise once the findings are settled: those are te herzien then."""
    for anders in dossierbron.later:
        interview = dossier.interviews.get(actorgroep__code=anders["groep"])
        inhoud = Inhoud(keuze=anders["keuze"], toelichting=anders["toelichting"])
        _bewaar(wereld, interview, anders["vraag"], inhoud, versie=1)


def _sleutel(wereld: Wereld, interview: Interview, code: str, versie: int) -> UUID:
    naam = f"demo/{wereld.ronde.slug}/{interview.dossier.gemeente.code}/{interview.actorgroep.code}/{code}/{versie}"
    return uuid5(NAMESPACE_URL, naam)


def _bewaar(wereld: Wereld, interview: Interview, code: str, inhoud: Inhoud, *, versie: int, reden: str = "") -> None:
    antwoord_opslaan(
        interview,
        wereld.vragen[code],
        inhoud,
        versie=versie,
        sleutel=_sleutel(wereld, interview, code, versie),
        wie=interview.dossier.inspecteur,
        reden=reden,
    )


def _bewaar_alle(wereld: Wereld, interview: Interview, gegeven: dict[str, Inhoud]) -> None:
    """The rows that `antwoord_opslaan` would make, in two queries instead of fifteen per answer: there are twelve hundred.

    Nothing was settled yet and nothing was answered before, so there is nothing else to do; a test holds the two side by side.
    """
    wie = interview.dossier.inspecteur
    antwoorden = Antwoord.objects.bulk_create(
        Antwoord(
            interview=interview,
            vraag=wereld.vragen[code],
            keuze=wereld.keuzes.get((code, inhoud.keuze)),
            tekst=inhoud.tekst,
            gemeente_id=wereld.gemeente_ids.get(inhoud.gemeente),
            rijen=[list(rij) for rij in inhoud.rijen],
            toelichting=inhoud.toelichting,
            citaat=inhoud.citaat,
            thema=inhoud.thema,
            versie=1,
            gewijzigd_door=wie,
        )
        for code, inhoud in gegeven.items()
    )
    Antwoordversie.objects.bulk_create(
        Antwoordversie(
            antwoord=antwoord,
            versie=1,
            inhoud=inhoud.als_json(),
            sleutel=_sleutel(wereld, interview, code, 0),
            wie=wie,
        )
        for antwoord, (code, inhoud) in zip(antwoorden, gegeven.items(), strict=True)
    )


def _maak_bevindingen(wereld: Wereld, dossier: Dossier, dossierbron: bron.Dossierbron, wie: Gebruiker) -> None:
    """Settle what is agreed in one go, the rest question by question, until routing opens nothing more."""
    for herzien in dossierbron.herzien:
        _stel_vast(wereld, dossier, herzien["vraag"], Inhoud(keuze=herzien["keuze"]), herzien["motivatie"], wie)
    neem_eensluidende_over(dossier, wie)
    for herzien in dossierbron.herzien:
        code = herzien["vraag"]
        _stel_vast(wereld, dossier, code, _feit(wereld, dossierbron, code), dossierbron.motivatie_bij(code), wie)
    while open_vragen := [regel.vraag.code for regel in queries.driehoeken(dossier) if regel.open]:
        for code in open_vragen:
            _stel_vast(wereld, dossier, code, _feit(wereld, dossierbron, code), dossierbron.motivatie_bij(code), wie)
        neem_eensluidende_over(dossier, wie)


def _stel_vast(wereld: Wereld, dossier: Dossier, code: str, inhoud: Inhoud, motivatie: str, wie: Gebruiker) -> None:
    bevinding = Bevinding.objects.filter(dossier=dossier, vraag=wereld.vragen[code]).first()
    bevinding_vastleggen(
        dossier,
        wereld.vragen[code],
        inhoud,
        motivatie=motivatie,
        versie=bevinding.versie if bevinding else 0,
        wie=wie,
    )


def _feit(wereld: Wereld, dossierbron: bron.Dossierbron, code: str) -> Inhoud:
    """What the file settles on this question."""
    match wereld.vragen[code].soort:
        case Vraag.Soort.KEUZE:
            return Inhoud(keuze=dossierbron.feiten[code])
        case Vraag.Soort.GEMEENTE:
            return Inhoud(gemeente=dossierbron.feiten[code])
        case Vraag.Soort.AFSPRAKEN:
            return Inhoud(rijen=dossierbron.afspraken)
        case _:
            return Inhoud(tekst=dossierbron.open[code])


def _maak_beoordelingen(wereld: Wereld, dossier: Dossier, dossierbron: bron.Dossierbron, wie: Gebruiker) -> None:
    soorten = {soort.code: soort for soort in wereld.ronde.instrument.bewijssoorten.all()}
    stukken: dict[str, tuple[Bewijsstuk, str]] = {}
    for gegevens in dossierbron.bewijs:
        stuk = Bewijsstuk.objects.create(
            dossier=dossier,
            soort=soorten[gegevens["soort"]],
            titel=gegevens["titel"],
            datum=gegevens["datum"],
            akkoord_door=gegevens["akkoord_door"],
            akkoord_op=gegevens.get("akkoord_op"),
            vindplaats="Dossiermap, tabblad bewijsstukken",
        )
        leg_vast(stuk, GEMAAKT, wie, dossier_id=dossier.pk)
        stukken[gegevens["soort"]] = (stuk, gegevens["plaats"])
    gemeente = wereld.gemeenten[dossierbron.code]
    for plaats, (norm, oordeel) in enumerate(zip(wereld.normen, dossierbron.oordelen, strict=True)):
        stuk, bewijsplaats = _bewijs_bij(norm, oordeel, stukken)
        wording = bron.kies(bron.lees("oordelen")[norm.code][oordeel], bron.nummer(dossierbron.code), plaats)
        beoordelen(
            dossier,
            norm,
            oordeel,
            motivering=bron.vul(wording, gemeente, wereld.gegevens),
            bewijsstuk=stuk,
            bewijsplaats=bewijsplaats,
            versie=0,
            wie=wie,
        )


def _bewijs_bij(
    norm: Aandachtspunt, oordeel: str, stukken: dict[str, tuple[Bewijsstuk, str]]
) -> tuple[Bewijsstuk | None, str]:
    """The document under this judgement: of the kind that the norm demands, and agreed to where it demands that."""
    if oordeel not in ("voldoet", "voldoet_deels"):
        return None, ""
    for soort in norm.bewijssoorten.all():
        stuk, bewijsplaats = stukken.get(soort.code, (None, ""))
        if stuk and (stuk.akkoord_op or not norm.akkoord_door):
            return stuk, bewijsplaats
    return None, ""
