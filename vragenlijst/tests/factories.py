"""Small builders for tests: a real instrument in miniature, and field work that reaches its status by walking the real road.

The miniature has what the real one has: a chain of routing, each kind of question, a norm with and a norm without evidence.

    V1.3 ja/nee ─ja─ V1.4 ja/nee ─ja─ V1.7 ja/nee ─nee─ V1.7b open
             └──ja─ V1.5 gemeente
    V2.4 afspraken      V2.5 ja/nee      V3.1 open
    A1.2 (no evidence)  A2.4 (regionale arbeidsmarktanalyse, akkoord van het college)
"""

import uuid
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

from django.db import connection

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker, Gemeente
from regio.regels import zonder_regels
from vragenlijst.actions import Opgeslagen, antwoord_opslaan, zet_status
from vragenlijst.inhoud import Inhoud
from vragenlijst.models import (
    Aandachtspunt,
    Actorgroep,
    Antwoord,
    Bevinding,
    Bewijssoort,
    Bewijsstuk,
    Dossier,
    Gesprekspartner,
    Instrument,
    Intentie,
    Interview,
    Keuze,
    Onderdeel,
    Opmerking,
    Ronde,
    Vraag,
)
from vragenlijst.opslag import berg_op
from vragenlijst.queries import inhoud_van

JA_NEE = (
    ("ja", "Ja", Keuze.Soort.INHOUD),
    ("nee", "Nee", Keuze.Soort.INHOUD),
    ("weet-niet", "Weet niet", Keuze.Soort.WEET_NIET),
    ("nvt", "Niet van toepassing", Keuze.Soort.NVT),
)
# onderdeel, code, kind, condition (question, choice)
VRAGEN = (
    ("1", "V1.3", "keuze", None),
    ("1", "V1.4", "keuze", ("V1.3", "ja")),
    ("1", "V1.5", "gemeente", ("V1.3", "ja")),
    ("1", "V1.7", "keuze", ("V1.4", "ja")),
    ("1", "V1.7b", "open", ("V1.7", "nee")),
    ("2", "V2.4", "afspraken", None),
    ("2", "V2.5", "keuze", None),
    ("3", "V3.1", "open", None),
)
ALTIJD_GEVRAAGD = ("V1.3", "V2.4", "V2.5", "V3.1")


def maak_instrument(code: str = "klein", versie: int = 1) -> Instrument:
    instrument = Instrument.objects.create(code=code, versie=versie, naam="Kleine vragenlijst")
    titels = {"1": "Voortrekkersrol gemeente", "2": "Beleid en afspraken", "3": "Beleid en uitvoering"}
    onderdelen = {
        nummer: Onderdeel.objects.create(
            instrument=instrument, code=nummer, titel=titel, titel_aandachtspunten=titel, volgorde=int(nummer)
        )
        for nummer, titel in titels.items()
    }
    vragen: dict[str, Vraag] = {}
    for plaats, (onderdeel, vraagcode, soort, voorwaarde) in enumerate(VRAGEN, start=1):
        vraag = vragen[vraagcode] = Vraag.objects.create(
            onderdeel=onderdelen[onderdeel],
            code=vraagcode,
            tekst=f"Tekst van vraag {vraagcode}?",
            soort=soort,
            volgorde=plaats,
            voorwaarde=Keuze.objects.get(vraag=vragen[voorwaarde[0]], code=voorwaarde[1]) if voorwaarde else None,
        )
        Keuze.objects.bulk_create(
            Keuze(vraag=vraag, code=k, naam=naam, soort=s, volgorde=i)
            for i, (k, naam, s) in enumerate(JA_NEE)
            if soort == Vraag.Soort.KEUZE or s != Keuze.Soort.INHOUD
        )
    groepen = (
        ("sociale-zaken", "Sociale zaken", "Gemeente"),
        ("cwi", "CWI", "CWI"),
        ("scholing", "Scholing", "Scholing"),
    )
    for plaats, (groep, naam, domein) in enumerate(groepen, start=1):
        Actorgroep.objects.create(instrument=instrument, code=groep, naam=naam, domein=domein, volgorde=plaats)
    analyse = Bewijssoort.objects.create(instrument=instrument, code="analyse", naam="Arbeidsmarktanalyse", volgorde=1)
    Bewijssoort.objects.create(instrument=instrument, code="convenant", naam="Convenant", volgorde=2)
    zonder = Aandachtspunt.objects.create(
        onderdeel=onderdelen["1"], code="A1.2", kort="Voortrekkersrol genomen", tekst="Norm A1.2.", volgorde=1
    )
    zonder.vragen.add(vragen["V1.4"], vragen["V1.5"])
    met = Aandachtspunt.objects.create(
        onderdeel=onderdelen["2"],
        code="A2.4",
        kort="Knelpunten bekend",
        tekst="Norm A2.4.",
        bewijs="regionale arbeidsmarktanalyse",
        akkoord_door="het college",
        volgorde=1,
    )
    met.bewijssoorten.add(analyse)
    met.vragen.add(vragen["V2.5"])
    return stel_vast(instrument)


def stel_vast(instrument: Instrument) -> Instrument:
    """As it is, whatever is wrong with it."""
    instrument.status = Instrument.Status.VASTGESTELD
    instrument.save(update_fields=["status"])
    return instrument


def terug_naar_concept(instrument: Instrument) -> None:
    """For a test that needs another question or norm than the miniature has: past the rule that a fixed one never changes."""
    with zonder_regels(connection):
        Instrument.objects.filter(pk=instrument.pk).update(status=Instrument.Status.CONCEPT)
    instrument.status = Instrument.Status.CONCEPT


def maak_gemeente(code: str = "9901", naam: str = "Proefdam", **velden) -> Gemeente:
    return Gemeente.objects.create(code=code, naam=naam, fictief=True, geldig_van=date(2000, 1, 1), **velden)


def maak_ronde(instrument: Instrument, slug: str = "proefronde", **velden) -> Ronde:
    return Ronde.objects.create(
        **{
            "naam": slug.replace("-", " ").capitalize(),
            "slug": slug,
            "instrument": instrument,
            "peildatum": date(2008, 1, 1),
            "periode_van": date(2008, 1, 7),
            "periode_tot": date(2008, 3, 14),
            **velden,
        }
    )


def maak_dossier(
    ronde: Ronde, gemeente: Gemeente, inspecteur: Gebruiker | None, toetser: Gebruiker | None = None, **velden
):
    return Dossier.objects.create(
        **{
            "ronde": ronde,
            "gemeente": gemeente,
            "rol": Dossier.Rol.VOORTREKKER,
            "inspecteur": inspecteur,
            "toetser": toetser,
            **velden,
        }
    )


def maak_interview(dossier: Dossier, groep: str = "sociale-zaken", **velden) -> Interview:
    """A planned interview with one person to speak to."""
    actorgroep = Actorgroep.objects.get(instrument=dossier.ronde.instrument, code=groep)
    velden = {"datum": date(2008, 2, 5), "plaats": "stadskantoor", **velden}
    interview = Interview.objects.create(dossier=dossier, actorgroep=actorgroep, **velden)
    Gesprekspartner.objects.create(interview=interview, naam="P. de Boer", functie="beleidsmedewerker")
    return interview


# The smallest file that is a PDF: header, one object, the table that says where it is, and the place of that table.
PDF = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    b"trailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n45\n%%EOF\n"
)


def maak_bewijsstuk(dossier: Dossier, soort: str = "analyse", inhoud: bytes | None = None, **velden) -> Bewijsstuk:
    """A document; with `inhoud`, a PDF, its file is stored as well."""
    bewijssoort = Bewijssoort.objects.get(instrument=dossier.ronde.instrument, code=soort)
    velden = {
        "titel": "Arbeidsmarktanalyse 2007",
        "datum": date(2007, 11, 6),
        "akkoord_door": "het college",
        "akkoord_op": date(2007, 12, 4),
        **velden,
    }
    if inhoud is not None:
        geborgen = berg_op(BytesIO(inhoud))
        bestand = {"bestand": geborgen.naam, "grootte": geborgen.grootte, "sha256": geborgen.sha256}
        velden = {"bestandsnaam": "analyse.pdf", "mediatype": "application/pdf", **bestand, **velden}
    return Bewijsstuk.objects.create(dossier=dossier, soort=bewijssoort, **velden)


def maak_antwoord(interview: Interview, code: str, wie: Gebruiker, **inhoud) -> Opgeslagen:
    """Save as a client does that has just read: with the version that stands there."""
    vraag = Vraag.objects.get(onderdeel__instrument=interview.dossier.ronde.instrument_id, code=code)
    staat_er = Antwoord.objects.filter(interview=interview, vraag=vraag).first()
    return antwoord_opslaan(
        interview, vraag, Inhoud(**inhoud), versie=staat_er.versie if staat_er else 0, sleutel=uuid.uuid4(), wie=wie
    )


def maak_intentie(interview: Interview, code: str, wie: Gebruiker, omschrijving: str, **velden) -> Intentie:
    """Mark an answer of this interview as an intention; what was answered stays."""
    antwoord = Antwoord.objects.select_related("keuze", "gemeente").get(interview=interview, vraag__code=code)
    inhoud = replace(inhoud_van(antwoord), intentie=omschrijving, **velden)
    return antwoord_opslaan(
        interview, antwoord.vraag, inhoud, versie=antwoord.versie, sleutel=uuid.uuid4(), wie=wie
    ).antwoord.intentie


def maak_opmerking(dossier: Dossier, tekst: str = "Waaruit blijkt dat?", wie: Gebruiker | None = None, **over):
    """A note that stands there, also on a dossier that does not lie ter toetsing now."""
    opmerking = Opmerking.objects.create(dossier=dossier, tekst=tekst, door=wie or dossier.toetser, **over)
    leg_vast(opmerking, Gebeurtenis.Soort.GEMAAKT, opmerking.door, reden=tekst, dossier_id=dossier.pk)
    return opmerking


@dataclass
class Veldwerk:
    """A small real world: one open round, one dossier in it, one planned interview."""

    instrument: Instrument
    ronde: Ronde
    dossier: Dossier
    interview: Interview
    inspecteur: Gebruiker
    toetser: Gebruiker
    beheerder: Gebruiker

    def vraag(self, code: str) -> Vraag:
        return Vraag.objects.get(onderdeel__instrument=self.instrument, code=code)

    def norm(self, code: str) -> Aandachtspunt:
        return Aandachtspunt.objects.get(onderdeel__instrument=self.instrument, code=code)

    def bevinding(self, code: str) -> Bevinding:
        return Bevinding.objects.get(dossier=self.dossier, vraag__code=code)

    def antwoord(self, code: str, interview: Interview | None = None, **inhoud) -> Opgeslagen:
        return maak_antwoord(interview or self.interview, code, self.inspecteur, **inhoud)

    def gesprek(self, groep: str, **antwoorden: str) -> Interview:
        """Another interview, held; `antwoorden` are choices or texts by code, with V1_3 for V1.3."""
        interview = maak_interview(self.dossier, groep)
        for naam, waarde in antwoorden.items():
            code = naam.replace("_", ".")
            soort = self.vraag(code).soort
            self.antwoord(code, interview, **{"tekst" if soort == Vraag.Soort.OPEN else "keuze": waarde})
        return self.houd(interview)

    def in_vorige_ronde(self, gemeente: Gemeente | None = None, **velden) -> Dossier:
        """A dossier in the round before this one (made when it is not there), in the same municipality or another."""
        if self.ronde.vorige is None:
            self.ronde.vorige = maak_ronde(
                self.instrument, "vorige", peildatum=date(2007, 1, 1), **velden, status=Ronde.Status.OPEN
            )
            self.ronde.save(update_fields=["vorige"])
        return maak_dossier(
            self.ronde.vorige, gemeente or self.dossier.gemeente, self.inspecteur, self.toetser, status="in_uitvoering"
        )

    def intentie(self, dossier: Dossier, omschrijving: str = "Wij gaan samenwerken.", **velden) -> Intentie:
        """An intention in a held interview of this dossier, at V3.1."""
        interview = maak_interview(dossier, datum=date(2007, 2, 6))
        self.antwoord("V3.1", interview, tekst=omschrijving)
        self.houd(interview)
        return maak_intentie(interview, "V3.1", self.inspecteur, omschrijving, **velden)

    def houd(self, interview: Interview | None = None) -> Interview:
        return zet_status(interview or self.interview, Interview.Status.GEHOUDEN, self.inspecteur)


def maak_veldwerk(inspecteur: Gebruiker, toetser: Gebruiker, beheerder: Gebruiker) -> Veldwerk:
    instrument = maak_instrument()
    ronde = maak_ronde(instrument)
    dossier = maak_dossier(ronde, maak_gemeente(), inspecteur, toetser)
    zet_status(ronde, Ronde.Status.OPEN, beheerder)
    dossier.refresh_from_db()
    zet_status(dossier, Dossier.Status.IN_UITVOERING, inspecteur)
    interview = maak_interview(dossier)
    return Veldwerk(instrument, ronde, dossier, interview, inspecteur, toetser, beheerder)
