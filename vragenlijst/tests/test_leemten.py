"""What a dossier lacks before it is handed in, and what of it is set aside with a reason that the toetser sees."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from regio.models import Gebeurtenis
from vragenlijst import werkvoorraad
from vragenlijst.actions import Akkoord, Geweigerd, zet_status
from vragenlijst.actions.uitzonderingen import haal_terug, zet_apart
from vragenlijst.bezwaren import bezwaren
from vragenlijst.models import Interview, Uitzondering
from vragenlijst.tests.test_zet_status import maak_compleet, zet_rest_apart

# The small questionnaire: three actorgroepen (sociale-zaken, cwi, scholing), three onderdelen.


def open_leemten(veldwerk) -> dict[str, str]:
    """The sentences by key of what is missing and not set aside."""
    return {leemte.sleutel: leemte.zin for leemte in werkvoorraad.leemten_van(veldwerk.dossier) if leemte.open}


def apart(veldwerk, *sleutels, reden="Bestaat hier niet."):
    return zet_apart(veldwerk.dossier, sleutels, reden, wie=veldwerk.inspecteur)


def accordeer(veldwerk, interview: Interview) -> None:
    for naar in ("ter_accordering", "geaccordeerd"):
        akkoord = Akkoord(timezone.localdate(), "P. de Boer") if naar == "geaccordeerd" else None
        zet_status(interview, naar, veldwerk.inspecteur, akkoord=akkoord)


# --- What is missing --------------------------------------------------------------------------------------------------


def test_een_leeg_dossier_mist_elke_actorgroep_zonder_afspraak(veldwerk):
    assert open_leemten(veldwerk) == {
        "groep:cwi": "Met CWI is niet gesproken.",
        "groep:scholing": "Met Scholing is niet gesproken.",
    }


def test_een_vervallen_interview_laat_zijn_actorgroep_ongehoord(veldwerk):
    zet_status(veldwerk.interview, "vervallen", veldwerk.inspecteur, reden="afgezegd")
    assert open_leemten(veldwerk)["groep:sociale-zaken"] == (
        "Met Sociale zaken is niet gesproken: het interview is vervallen."
    )


def test_vragen_zonder_antwoord_en_een_heel_onderdeel_zonder_antwoord(veldwerk):
    """V1.3 ja opens V1.4 and V1.5; V1.7 follows V1.4 and stays closed. On onderdeel 3 nothing was said."""
    veldwerk.antwoord("V1.3", keuze="ja")
    veldwerk.antwoord("V2.4", rijen=(("ROC", "stages"),))
    veldwerk.antwoord("V2.5", keuze="weet-niet")  # an answer too
    veldwerk.houd()
    gevonden = open_leemten(veldwerk)
    assert gevonden["vragen:sociale-zaken"] == "Sociale zaken: 2 vragen zonder antwoord (V1.4, V1.5)."
    assert gevonden["onderdeel:sociale-zaken:3"] == "Sociale zaken heeft niets gezegd over ‘Beleid en uitvoering’."
    assert "onderdeel:sociale-zaken:1" not in gevonden


def test_twee_interviews_met_een_actorgroep_vullen_elkaar_aan(veldwerk):
    veldwerk.antwoord("V1.3", keuze="nee")
    veldwerk.houd()
    veldwerk.gesprek("sociale-zaken", V2_5="ja", V3_1="Via het platform.")
    assert open_leemten(veldwerk)["vragen:sociale-zaken"] == "Sociale zaken: 1 vraag zonder antwoord (V2.4)."


def test_een_verslag_wacht_op_akkoord_tot_het_er_is(veldwerk):
    sleutel = f"akkoord:{veldwerk.interview.pk}"
    veldwerk.antwoord("V1.3", keuze="nee")
    assert sleutel not in open_leemten(veldwerk)
    interview = veldwerk.houd()
    begin = "Het verslag van het interview met Sociale zaken is nog niet "
    assert open_leemten(veldwerk)[sleutel] == begin + "ter accordering gelegd."
    zet_status(interview, "ter_accordering", veldwerk.inspecteur)
    assert open_leemten(veldwerk)[sleutel] == begin + "geaccordeerd."
    zet_status(interview, "geaccordeerd", veldwerk.inspecteur, akkoord=Akkoord(timezone.localdate(), "P. de Boer"))
    assert sleutel not in open_leemten(veldwerk)


# --- Setting it aside -------------------------------------------------------------------------------------------------


def test_na_een_gesprek_met_een_actorgroep_is_een_dossier_nog_niet_aan_te_bieden(veldwerk):
    """All settled and judged, but only one group was heard and its verslag is not approved."""
    maak_compleet(veldwerk)
    Uitzondering.objects.all().delete()
    nodig = [
        "Met CWI is niet gesproken.",
        "Met Scholing is niet gesproken.",
        "Het verslag van het interview met Sociale zaken is nog niet ter accordering gelegd.",
    ]
    assert bezwaren(veldwerk.dossier, "ter_toetsing") == nodig
    with pytest.raises(Geweigerd, match="Met CWI is niet gesproken"):
        zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    [regel] = werkvoorraad.regels([veldwerk.dossier], veldwerk.inspecteur, timezone.localdate())
    assert regel.stap.tekst == "Vul aan wat ontbreekt: nog 3"

    assert apart(veldwerk, "groep:cwi", "groep:scholing") == 2
    accordeer(veldwerk, veldwerk.interview)
    assert bezwaren(veldwerk.dossier, "ter_toetsing") == []
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    zet_status(veldwerk.dossier, "vastgesteld", veldwerk.toetser)


def test_een_reden_geldt_voor_de_vragen_die_er_toen_waren(veldwerk):
    veldwerk.antwoord("V1.3", keuze="nee")
    veldwerk.antwoord("V2.4", rijen=(("ROC", "stages"),))
    veldwerk.antwoord("V3.1", tekst="Via het platform.")
    veldwerk.houd()
    apart(veldwerk, "vragen:sociale-zaken")  # of V2.5
    assert "vragen:sociale-zaken" not in open_leemten(veldwerk)
    veldwerk.antwoord("V1.3", keuze="ja")  # now V1.4 and V1.5 are asked as well, and not answered
    assert open_leemten(veldwerk)["vragen:sociale-zaken"] == (
        "Sociale zaken: 3 vragen zonder antwoord (V1.4, V1.5, V2.5)."
    )
    apart(veldwerk, "vragen:sociale-zaken", reden="Wist het niet.")
    assert "vragen:sociale-zaken" not in open_leemten(veldwerk)
    assert Uitzondering.objects.get().reden == "Wist het niet."
    veldwerk.antwoord("V2.5", keuze="ja")  # one less is covered too
    assert "vragen:sociale-zaken" not in open_leemten(veldwerk)


@pytest.mark.parametrize(
    ("sleutels", "reden", "veld"),
    [
        (["groep:cwi"], "  ", "reden"),
        (["groep:cwi"], "zie\0noot", "reden"),
        ([], "Bestaat niet.", "leemten"),
        (["groep:sociale-zaken"], "Bestaat niet.", "leemten"),  # is planned: nothing is missing yet
        (["groep:cwi", "onzin"], "Bestaat niet.", "leemten"),
    ],
)
def test_wat_niet_apart_gaat(veldwerk, sleutels, reden, veld):
    with pytest.raises(ValidationError) as fout:
        apart(veldwerk, *sleutels, reden=reden)
    assert list(fout.value.message_dict) == [veld]
    assert not Uitzondering.objects.exists()


def test_twee_keer_zenden_is_een_keer_en_terughalen_laat_de_geschiedenis_staan(veldwerk):
    assert apart(veldwerk, "groep:cwi", reden="Werkt niet mee.") == 1
    assert apart(veldwerk, "groep:cwi", reden="Werkt niet mee.") == 0
    [uitzondering] = Uitzondering.objects.all()
    assert (uitzondering.wat, uitzondering.door) == ("Met CWI is niet gesproken.", veldwerk.inspecteur)
    haal_terug(uitzondering, wie=veldwerk.inspecteur)
    haal_terug(uitzondering, wie=veldwerk.inspecteur)
    assert "groep:cwi" in open_leemten(veldwerk)
    rijen = Gebeurtenis.objects.filter(ding_soort="uitzondering").order_by("pk")
    assert list(rijen.values_list("soort", "naar", "reden", "ding_naam")) == [
        ("gemaakt", "", "Werkt niet mee.", "Met CWI is niet gesproken."),
        ("status", "teruggehaald", "", "Met CWI is niet gesproken."),
    ]


@pytest.mark.parametrize("persona", ["collega", "vreemde", "analist", "beheerder"], indirect=True)
def test_alleen_de_inspecteur_van_het_dossier_zet_iets_apart(veldwerk, persona):
    apart(veldwerk, "groep:scholing")
    with pytest.raises(PermissionDenied):
        zet_apart(veldwerk.dossier, ["groep:cwi"], "Bestaat niet.", wie=persona)
    with pytest.raises(PermissionDenied):
        haal_terug(Uitzondering.objects.get(), wie=persona)


def test_ter_toetsing_staat_het_vast_en_vastgesteld_ook_in_de_database(veldwerk):
    maak_compleet(veldwerk)
    zet_status(veldwerk.dossier, "ter_toetsing", veldwerk.inspecteur)
    with pytest.raises(Geweigerd):
        haal_terug(Uitzondering.objects.first(), wie=veldwerk.inspecteur)
    zet_status(veldwerk.dossier, "vastgesteld", veldwerk.toetser)
    with pytest.raises(IntegrityError, match="uitzondering_vastgesteld"), transaction.atomic():
        Uitzondering.objects.update(reden="Anders.")


# --- The page ---------------------------------------------------------------------------------------------------------


def test_de_pagina_legt_vast_toont_het_de_toetser_en_haalt_terug(client, veldwerk):
    adres = reverse("leemten", args=[veldwerk.dossier.pk])
    client.force_login(veldwerk.inspecteur)
    assert "Met CWI is niet gesproken." in client.get(adres).content.decode()
    zonder_reden = client.post(adres, {"leemten": ["groep:cwi"], "reden": ""})
    assert zonder_reden.status_code == 422
    assert "Schrijf op waarom het niet kan." in zonder_reden.content.decode()
    aangevinkt = re.search(r'<input[^>]*value="groep:cwi"[^>]*>', zonder_reden.content.decode())
    assert "checked" in aangevinkt[0]  # nothing chosen is lost
    client.post(adres, {"leemten": ["groep:cwi"], "reden": "Is opgegaan in UWV."})
    for lezer in (veldwerk.toetser, veldwerk.inspecteur):
        client.force_login(lezer)
        for pagina in (adres, reverse("dossier", args=[veldwerk.dossier.pk])):
            html = client.get(pagina).content.decode()
            assert "Ontbreekt met reden" in html
            assert "Is opgegaan in UWV." in html
    client.post(reverse("uitzondering_terug", args=[veldwerk.dossier.pk, Uitzondering.objects.get().pk]))
    assert not Uitzondering.objects.exists()


def test_compleet_wijst_de_pagina_naar_het_aanbieden(client, veldwerk):
    maak_compleet(veldwerk)
    client.force_login(veldwerk.inspecteur)
    html = client.get(reverse("leemten", args=[veldwerk.dossier.pk])).content.decode()
    assert "het dossier kan ter toetsing" in html
    assert "Kan iets echt niet meer komen?" not in html


def test_wat_ondertussen_binnenkwam_is_niet_meer_te_kiezen(client, veldwerk):
    client.force_login(veldwerk.inspecteur)
    veldwerk.gesprek("cwi", V1_3="nee")
    antwoord = client.post(
        reverse("leemten", args=[veldwerk.dossier.pk]), {"leemten": ["groep:cwi"], "reden": "Bestaat niet."}
    )
    assert antwoord.status_code == 422
    assert "ontbreekt ondertussen niet meer" in antwoord.content.decode()
    assert "Bestaat niet." in antwoord.content.decode()


def test_de_geschiedenis_leest_als_zin(client, veldwerk):
    zet_rest_apart(veldwerk)
    client.force_login(veldwerk.inspecteur)
    html = client.get(reverse("dossier_geschiedenis", args=[veldwerk.dossier.pk])).content.decode()
    assert "legde vast wat ontbreekt:" in html
    assert "‘Met CWI is niet gesproken.’" in html
