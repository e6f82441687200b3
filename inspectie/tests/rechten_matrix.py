"""Who gets what at every address: the one table that `test_rechten.py` walks.

A new address needs a row here; the test says so, with the row to add. The columns are the personas of `conftest.py`: the
dossier's own inspector, their colleague who reviews it, an inspector who has nothing to do with it, the analist and the
beheerder. Who is not logged in is sent to the login page everywhere, except at `VOOR_IEDEREEN`.

    200 the page · 302 done, go on · 403 not yours to do · 404 does not exist for you · 422 the page, with what is missing

What a persona may not GET, they may not POST either: that is tested along, so that a row for POST is only needed where an
address answers POST alone; such a POST is empty.
"""

from typing import NamedTuple


class Rij(NamedTuple):
    naam: str
    wat: str  # what the address is about, in words of `wereld` (test_rechten.py), in the order of its arguments
    inspecteur: int
    collega: int
    vreemde: int
    analist: int
    beheerder: int
    post: bool = False


PERSONAS = ("inspecteur", "collega", "vreemde", "analist", "beheerder")

# Open without logging in.
VOOR_IEDEREEN = {
    "inloggen",
    "tweede_stap",
    "gezond",
    "dienst",
    "zonder_verbinding",
    "privacy",
    "wachtwoord_vergeten",
    "wachtwoord_verstuurd",
    "wachtwoord_kiezen",
    "wachtwoord_klaar",
}

POST = True

# fmt: off
MATRIX = (
    # The front door. The start page sends everyone to their own first page; who is logged in has no use for logging in.
    Rij("start",                      "",                     302, 302, 302, 302, 302),
    Rij("inloggen",                   "",                     302, 302, 302, 302, 302),
    Rij("tweede_stap",                "",                     302, 302, 302, 302, 302),
    Rij("tweede_stap_instellen",      "",                     200, 200, 200, 200, 200),
    Rij("uitloggen",                  "",                     302, 302, 302, 302, 302, POST),
    Rij("gezond",                     "",                     200, 200, 200, 200, 200),
    Rij("dienst",                     "",                     200, 200, 200, 200, 200),
    Rij("zonder_verbinding",          "",                     200, 200, 200, 200, 200),
    Rij("privacy",                    "",                     200, 200, 200, 200, 200),
    Rij("wachtwoord_wijzigen",        "",                     200, 200, 200, 200, 200),
    Rij("wachtwoord_vergeten",        "",                     200, 200, 200, 200, 200),
    Rij("wachtwoord_verstuurd",       "",                     200, 200, 200, 200, 200),
    Rij("wachtwoord_kiezen",          "uid token",            200, 200, 200, 200, 200),
    Rij("wachtwoord_klaar",           "",                     200, 200, 200, 200, 200),
    Rij("rechten",                    "",                     200, 200, 200, 200, 200),

    # The inspection: own inspector and toetser read, the analist reads too, only the own inspector writes.
    Rij("mijn_werk",                  "",                     200, 200, 200, 403, 403),
    Rij("mijn_agenda",                "",                     200, 200, 200, 403, 403),
    Rij("dossier",                    "dossier",              200, 200, 404, 200, 403),
    Rij("dossier_geschiedenis",       "dossier",              200, 200, 404, 200, 403),
    Rij("dossier_status",             "dossier",              422, 422, 404, 403, 403, POST),
    Rij("bewijsstuk_nieuw",           "dossier",              200, 403, 404, 403, 403),
    Rij("bewijsstuk",                 "dossier stuk",         200, 403, 404, 403, 403),
    Rij("bewijsstuk_vervangen",       "dossier stuk",         200, 403, 404, 403, 403),
    Rij("bewijsstuk_bestand",         "dossier stuk",         200, 200, 404, 403, 403),  # it may name people
    Rij("bevindingen",                "dossier",              200, 200, 404, 200, 403),
    Rij("bevindingen_overnemen",      "dossier",              302, 403, 404, 403, 403, POST),
    Rij("bevinding",                  "dossier vraag",        200, 403, 404, 403, 403),
    Rij("beoordelingen",              "dossier",              200, 200, 404, 200, 403),
    Rij("beoordeling",                "dossier norm",         200, 403, 404, 403, 403),
    Rij("opmerkingen",                "dossier",              200, 200, 404, 200, 403),
    Rij("opmerking_afgehandeld",      "dossier opmerking",    422, 403, 404, 403, 403, POST),
    Rij("opmerking_heropend",         "dossier opmerking",    403, 422, 404, 403, 403, POST),
    Rij("opmerking_ingetrokken",      "dossier opmerking",    403, 422, 404, 403, 403, POST),
    Rij("leemten",                    "dossier",              200, 200, 404, 200, 403),
    Rij("uitzondering_terug",         "dossier uitzondering", 302, 403, 404, 403, 403, POST),
    Rij("intenties",                  "dossier",              200, 200, 404, 200, 403),
    Rij("opvolgingen",                "dossier",              200, 200, 404, 200, 403),
    Rij("opvolging",                  "dossier intentie",     200, 403, 404, 403, 403),
    Rij("interview_nieuw",            "dossier",              200, 403, 404, 403, 403),
    Rij("interview",                  "interview",            200, 200, 404, 200, 403),
    Rij("interview_wijzigen",         "interview",            200, 403, 404, 403, 403),
    Rij("interview_agenda",           "interview",            200, 403, 404, 403, 403),
    Rij("interview_status",           "interview",            422, 403, 404, 403, 403, POST),
    Rij("antwoord_bewaren",           "interview",            422, 403, 404, 403, 403, POST),
    Rij("verslag_pdf",                "besproken nummer",     200, 403, 404, 403, 403),
    Rij("gemeenterapport_pdf",        "dossier",              302, 302, 404, 302, 403),  # not vastgesteld: back to the dossier
    Rij("interview_onderdeel",        "interview onderdeel",  200, 403, 404, 403, 403),

    # Rounds: the beheerder makes them, the analist follows them, inspectors have their dossiers.
    Rij("rondes",                     "",                     403, 403, 403, 200, 200),
    Rij("ronde_nieuw",                "",                     403, 403, 403, 403, 200),
    Rij("ronde",                      "ronde",                403, 403, 403, 200, 200),
    Rij("ronde_status",               "ronde",                403, 403, 403, 403, 422, POST),
    Rij("ronde_wijzigen",             "ronde",                403, 403, 403, 403, 200),
    Rij("ronde_gemeenten",            "ronde",                403, 403, 403, 403, 200),
    Rij("ronde_gemeente_verwijderen", "ronde gemeente",       403, 403, 403, 403, 302, POST),
    Rij("ronde_gemeente_rol",         "ronde gemeente",       403, 403, 403, 403, 302, POST),
    Rij("ronde_verwijderen",          "ronde",                403, 403, 403, 403, 200),
    Rij("ronde_vorige",               "ronde",                403, 403, 403, 403, 200),
    Rij("ronde_trekking",             "ronde",                403, 403, 403, 200, 200),
    Rij("ronde_voortgang",            "ronde",                403, 403, 403, 200, 200),
    Rij("trekking_uitval",            "ronde",                403, 403, 403, 403, 302, POST),
    Rij("trekking_intrekken",         "ronde",                403, 403, 403, 403, 302, POST),
    Rij("ronde_toewijzing",           "ronde",                403, 403, 403, 403, 200),
    Rij("inzageverzoek",              "",                     403, 403, 403, 403, 200),
    Rij("bewaartermijnen",            "",                     403, 403, 403, 403, 200),
    Rij("ronde_bewaartermijn",        "ronde",                403, 403, 403, 403, 200),
    Rij("ronde_wissen",               "ronde",                403, 403, 403, 403, 422, POST),
    Rij("instrumenten",               "",                     200, 200, 200, 200, 200),
    Rij("instrument",                 "instrument versie",    200, 200, 200, 200, 200),
    Rij("xlsform",                    "",                     403, 403, 403, 403, 200),
    Rij("xlsform_inlezen",            "",                     403, 403, 403, 403, 422, POST),
    Rij("instrument_nieuw",           "",                     403, 403, 403, 403, 200),
    Rij("instrument_inlezen",         "",                     403, 403, 403, 403, 200),
    Rij("instrument_controle",        "instrument versie",    200, 200, 200, 200, 200),
    Rij("instrument_dekking",         "instrument versie",    200, 200, 200, 200, 200),
    Rij("instrument_verschil",        "instrument versie",    200, 200, 200, 200, 200),
    Rij("instrument_voorbeeld",       "instrument versie",    200, 200, 200, 200, 200),
    Rij("instrument_bestand",         "instrument versie",    200, 200, 200, 200, 200),
    Rij("instrument_status",          "instrument versie",    403, 403, 403, 403, 422, POST),
    Rij("instrument_versie",          "instrument versie",    403, 403, 403, 403, 302, POST),
    # It is vastgesteld: back to its page. What they do in a concept: test_instrument_bewerken.py.
    Rij("instrument_verwijderen",     "instrument versie",    403, 403, 403, 403, 302),
    Rij("instrument_gegevens",        "instrument versie",    403, 403, 403, 403, 302),
    Rij("deel_nieuw",                 "instrument versie deelsoort deel", 403, 403, 403, 403, 302),
    Rij("deel_wijzigen",              "instrument versie deelsoort deel", 403, 403, 403, 403, 302),
    Rij("deel_verplaatst",            "instrument versie deelsoort deel", 403, 403, 403, 403, 302, POST),
    Rij("deel_verwijderd",            "instrument versie deelsoort deel", 403, 403, 403, 403, 302),

    # Looking back is the analist's.
    Rij("uitkomsten",                 "ronde",                403, 403, 403, 200, 403),
    Rij("uitkomst_vraag",             "ronde vraag",          403, 403, 403, 200, 403),
    Rij("themas",                     "ronde vraag",          403, 403, 403, 200, 403),
    Rij("uitkomst_vraag_bestand",     "ronde vraag soort",    403, 403, 403, 200, 403),
    Rij("uitkomst_norm_bestand",      "ronde norm soort",     403, 403, 403, 200, 403),
    Rij("gesprekken_bestand",         "ronde vraag soort",    403, 403, 403, 200, 403),
    Rij("kruistabel_bestand",         "ronde vraag norm soort", 403, 403, 403, 200, 403),
    Rij("gesprekken",                 "ronde",                403, 403, 403, 200, 403),
    Rij("kruistabel",                 "ronde",                403, 403, 403, 200, 403),
    Rij("maat_dossiers",              "ronde",                403, 403, 403, 200, 403),
    Rij("uitkomst_norm",              "ronde norm",           403, 403, 403, 200, 403),
    Rij("gegevens",                   "ronde",                403, 403, 403, 200, 403),
    Rij("gegevens_bestand",           "ronde bestand",        403, 403, 403, 200, 403),
    Rij("ontwikkeling",               "ronde",                403, 403, 403, 200, 403),
    Rij("ontwikkeling_csv",           "ronde",                403, 403, 403, 200, 403),
    Rij("ontwikkeling_intenties",     "ronde",                403, 403, 403, 200, 403),
    Rij("ontwikkeling_vraag",         "ronde vraag",          403, 403, 403, 200, 403),
    Rij("rapport",                    "ronde",                403, 403, 403, 200, 403),
    Rij("passage",                    "ronde passage",        403, 403, 403, 200, 403),
    Rij("uitspraak_toevoegen",        "ronde",                403, 403, 403, 200, 403),
    Rij("passage_bewaren",            "ronde passage",        403, 403, 403, 422, 403, POST),
    Rij("passage_meekijken",          "ronde passage",        403, 403, 403, 200, 403, POST),
    Rij("passage_versies",            "ronde passage",        403, 403, 403, 200, 403),
    Rij("rapport_drukken",            "ronde sleutel",        403, 403, 403, 200, 403),
    Rij("gedrukt_pdf",                "ronde sleutel",        403, 403, 403, 200, 403),
    Rij("rapport_pdf",                "ronde",                403, 403, 403, 200, 403),
    Rij("rapport_status",             "ronde",                403, 403, 403, 422, 403, POST),
    Rij("rapport_uitgeven",           "ronde",                403, 403, 403, 200, 403),
    Rij("uitgave_pdf",                "ronde versie",         403, 403, 403, 200, 403),
    Rij("wederhoor",                  "ronde",                403, 403, 403, 200, 403),
    Rij("wederhoorreactie",           "ronde reactie",        403, 403, 403, 200, 403),
    Rij("fotomomenten",               "ronde",                403, 403, 403, 200, 200),
    Rij("fotomoment_bestand",            "ronde versie",         403, 403, 403, 200, 403),
    Rij("ronde_kwantoren",            "ronde",                403, 403, 403, 200, 200),
    Rij("kwantoren",                  "",                     403, 403, 403, 403, 200),

    # Who and where: everyone looks up, the beheerder changes.
    Rij("gemeenten",                  "",                     200, 200, 200, 200, 200),
    Rij("gemeente_nieuw",             "",                     403, 403, 403, 403, 200),
    Rij("gemeente",                   "gemeente",             200, 200, 200, 200, 200),
    Rij("voortrekkers",               "",                     403, 403, 403, 403, 200),
    Rij("gemeente_wijzigen",          "gemeente",             403, 403, 403, 403, 200),
    Rij("kenmerken_nieuw",            "gemeente",             403, 403, 403, 403, 200),
    Rij("kenmerken_wijzigen",         "gemeente kenmerken",   403, 403, 403, 403, 200),
    Rij("lidmaatschap_nieuw",         "gemeente",             403, 403, 403, 403, 200),
    Rij("lidmaatschap_beeindigen",    "gemeente lidmaatschap", 403, 403, 403, 403, 200),
    Rij("importeren",                 "",                     403, 403, 403, 403, 200),
    Rij("importvoorbeeld_bestand",    "importsoort",          403, 403, 403, 403, 200),
    Rij("inlezing",                   "inlezing",             403, 403, 403, 403, 200),
    Rij("inlezing_weg",               "inlezing",             403, 403, 403, 403, 302, POST),
    Rij("inlezing_bestand",           "inlezing",             403, 403, 403, 403, 200),
    Rij("regios",                     "",                     200, 200, 200, 200, 200),
    Rij("regio_nieuw",                "",                     403, 403, 403, 403, 200),
    Rij("regio",                      "regio",                200, 200, 200, 200, 200),
    Rij("regio_wijzigen",             "regio",                403, 403, 403, 403, 200),
    Rij("gebruikers",                 "",                     403, 403, 403, 403, 200),
    Rij("gebruiker_nieuw",            "",                     403, 403, 403, 403, 200),
    Rij("gebruiker",                  "gebruiker",            403, 403, 403, 403, 200),
    Rij("gebruiker_wijzigen",         "gebruiker",            403, 403, 403, 403, 200),
    Rij("gebruiker_wachtwoord",       "gebruiker",            403, 403, 403, 403, 200),
    Rij("logboek",                    "",                     403, 403, 403, 403, 200),
    Rij("gebruiker_tweede_stap_uit",  "gebruiker",            403, 403, 403, 403, 302, POST),
    Rij("logboek_csv",                "",                     403, 403, 403, 403, 200),
    Rij("controle",                   "",                     403, 403, 403, 403, 200),
    Rij("gebruiker_herstelmail",      "gebruiker",            403, 403, 403, 403, 302, POST),
)
# fmt: on
