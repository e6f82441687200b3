"""Editing a concept: each kind of part, bad input at its field, two people at once, what hangs on what; a fixed one stays as it is."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from regio.models import Gebeurtenis
from vragenlijst.actions import Geweigerd, instrumentdelen, instrumenten, zet_status
from vragenlijst.actions.instrumenten import nieuwe_versie
from vragenlijst.instrumentbestand import schrijf
from vragenlijst.instrumentlader import uit_database, vraaggegeven
from vragenlijst.models import Aandachtspunt, Instrument, Keuze, Onderdeel, Vraag
from vragenlijst.queries import instrument as queries_instrument
from vragenlijst.tests.factories import maak_instrument
from vragenlijst.waarde import Getalregel


@pytest.fixture
def concept(client, beheerder) -> Instrument:
    client.force_login(beheerder)
    return nieuwe_versie(maak_instrument(), beheerder)


def vraag(concept, code: str) -> Vraag:
    return Vraag.objects.get(onderdeel__instrument=concept, code=code)


def codes(concept, onderdeel: str) -> list[str]:
    return [v.code for v in uit_database(concept).onderdelen[int(onderdeel) - 1].vragen]


def wijzig(client, ding, **velden):
    """Open the form of a part, change what is named, and send it as the browser would."""
    soort, instrument = ding._meta.model_name, Instrument.objects.get(status="concept")
    return stuur(client, reverse("deel_wijzigen", args=[instrument.code, instrument.versie, soort, ding.pk]), velden)


def maak(client, concept, deelsoort: str, ouder, **velden):
    return stuur(client, reverse("deel_nieuw", args=[concept.code, concept.versie, deelsoort, ouder.pk]), velden)


def stuur(client, adres: str, velden: dict):
    form = client.get(adres).context["form"]
    gevuld = {}
    for naam, veld in form.fields.items():
        waarde = form[naam].value()
        if isinstance(waarde, bool):
            gevuld |= {naam: "on"} if waarde else {}
        elif waarde not in (None, "") and not veld.disabled:
            gevuld[naam] = [getattr(w, "pk", w) for w in waarde] if isinstance(waarde, list) else waarde
    gevuld |= velden
    return client.post(adres, {naam: waarde for naam, waarde in gevuld.items() if waarde is not None})


def fouten(antwoord) -> dict[str, list[str]]:
    assert antwoord.status_code == 422
    return {naam: list(lijst) for naam, lijst in antwoord.context["form"].errors.items()}


# --- A question -----------------------------------------------------------------------------------------------------------


def test_a_question_is_changed_and_history_says_how(client, concept):
    ja = Keuze.objects.get(vraag=vraag(concept, "V1.3"), code="ja")
    antwoord = wijzig(
        client,
        vraag(concept, "V2.5"),
        tekst="Zijn de knelpunten bekend?",
        hulp="Vraag naar de bron.",
        verplicht=None,
        voorwaarde=ja.pk,
        vergelijkbaarheid="herformuleerd",
    )
    assert antwoord.headers["Location"] == "/instrument/klein/2/#V2.5"
    gegeven = vraaggegeven(vraag(concept, "V2.5"))
    assert (gegeven.tekst, gegeven.hulp, gegeven.verplicht) == (
        "Zijn de knelpunten bekend?",
        "Vraag naar de bron.",
        False,
    )
    assert (gegeven.voorwaarde, gegeven.vergelijkbaarheid) == (("V1.3", "ja"), "herformuleerd")
    rij = Gebeurtenis.objects.van(concept).latest("pk")
    assert rij.wijzigingen["Vraag V2.5: vraag"] == ["Tekst van vraag V2.5?", "Zijn de knelpunten bekend?"]
    assert rij.wijzigingen["Vraag V2.5: voorwaarde"] == ["", "V1.3 = Ja"]


def test_a_new_question_gets_its_choices_and_is_new(client, concept):
    deel = concept.onderdelen.get(code="3")
    maak(
        client, concept, "vraag", deel, code="V3.2", tekst="Hoe vaak?", soort="keuze", antwoorden="Eén keer\n\n Vaker "
    )
    gegeven = vraaggegeven(vraag(concept, "V3.2"))
    assert [(k.code, k.naam, k.soort) for k in gegeven.keuzes] == [
        ("een-keer", "Eén keer", "inhoud"),
        ("vaker", "Vaker", "inhoud"),
        ("weet-niet", "weet niet", "weet_niet"),
        ("nvt", "niet van toepassing", "nvt"),
    ]
    assert gegeven.vergelijkbaarheid == "nieuw"
    assert codes(concept, "3") == ["V3.1", "V3.2"]


@pytest.mark.parametrize(
    ("velden", "veld", "zin"),
    [
        ({"code": "V3.1"}, "code", "Deze code is er al in dit instrument."),
        ({"code": "A1.2"}, "code", "Er is al een aandachtspunt met deze code."),
        ({"code": "vraag 3"}, "code", "‘vraag 3’ is geen geldige code. Schrijf haar als V1.3, 2.4 of A1.2b."),
        ({"tekst": ""}, "tekst", "Vul dit in."),
        ({"soort": "cijfer"}, "soort", "Deze keuze bestaat niet (meer). Kies een van de mogelijkheden."),
        ({"antwoorden": "ja\nJa"}, "antwoorden", "‘ja’ staat er dubbel in, of hoort er vanzelf al bij."),
        ({"antwoorden": "ja\n??"}, "antwoorden", "Van ‘??’ is geen code te maken: gebruik letters of cijfers."),
        (
            {"antwoorden": "ja", "soort": "open"},
            "antwoorden",
            "Alleen bij ‘één keuze’ zijn er antwoorden om uit te kiezen.",
        ),
        ({"voorwaarde": "999999"}, "voorwaarde", "Deze keuze bestaat niet (meer). Kies een van de mogelijkheden."),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(client, concept, velden, veld, zin):
    goed = {"code": "V3.2", "tekst": "Hoe vaak?", "soort": "keuze", "antwoorden": "nooit\nvaak"}
    antwoord = maak(client, concept, "vraag", concept.onderdelen.get(code="3"), **(goed | velden))
    assert fouten(antwoord) == {veld: [zin]}
    assert antwoord.context["form"]["antwoorden"].value() == (goed | velden)["antwoorden"]
    assert codes(concept, "3") == ["V3.1"]


def test_conditions_are_offered_of_questions_above_only(client, concept):
    adres = reverse("deel_wijzigen", args=["klein", 2, "vraag", vraag(concept, "V1.4").pk])
    keuzes = client.get(adres).context["form"].fields["voorwaarde"].choices
    assert [groep for groep, _ in keuzes] == ["", "V1.3 Tekst van vraag V1.3?"]
    later = Keuze.objects.get(vraag=vraag(concept, "V2.5"), code="ja")
    assert set(fouten(wijzig(client, vraag(concept, "V1.4"), voorwaarde=later.pk))) == {"voorwaarde"}


def test_a_code_that_the_version_before_has_stays(client, concept):
    wijzig(client, vraag(concept, "V3.1"), code="V9.9", tekst="Anders?")
    assert vraag(concept, "V3.1").tekst == "Anders?"
    deel = concept.onderdelen.get(code="3")
    maak(client, concept, "vraag", deel, code="V3.2", tekst="Nieuw?", soort="open")
    wijzig(client, vraag(concept, "V3.2"), code="V3.3")
    assert codes(concept, "3") == ["V3.1", "V3.3"]


def test_an_open_question_keeps_no_choices_unless_something_hangs_on_them(client, concept):
    zin = "Van een keuze bij deze vraag hangt af of V1.4, V1.5 wordt gesteld."
    assert fouten(wijzig(client, vraag(concept, "V1.3"), soort="open")) == {"soort": [zin]}
    wijzig(client, vraag(concept, "V2.5"), soort="open")
    assert [k.code for k in vraaggegeven(vraag(concept, "V2.5")).keuzes] == ["weet-niet", "nvt"]


def test_two_people_at_one_question(client, concept):
    adres = reverse("deel_wijzigen", args=["klein", 2, "vraag", vraag(concept, "V3.1").pk])
    gezien = client.get(adres).context["form"]["gezien"].value()
    wijzig(client, vraag(concept, "V3.1"), tekst="Van de ander?")
    mijne = {
        "gezien": gezien,
        "code": "V3.1",
        "tekst": "Van mij?",
        "soort": "open",
        "decimalen": "0",
        "verplicht": "on",
        "vergelijkbaarheid": "gelijk",
    }
    antwoord = client.post(adres, mijne)
    assert antwoord.status_code == 409
    assert antwoord.context["verschillen"] == [("Vraag", "Van de ander?", "Van mij?")]
    assert vraag(concept, "V3.1").tekst == "Van de ander?"
    opnieuw = mijne | {"gezien": antwoord.context["form"]["gezien"].value()}
    assert client.post(adres, opnieuw).status_code == 302
    assert vraag(concept, "V3.1").tekst == "Van mij?"


def test_who_rewords_a_question_that_stays_gelijk_is_told_so_twice(client, concept):
    """On saving it, and before vaststellen: beside how many remarks there are besides."""
    zin = "Vraag V2.5: heet 'gelijk', maar de tekst is anders dan in versie 1."
    vaste = len(queries_instrument.controle(concept))

    def berichten(antwoord) -> list[str]:
        return [str(b) for b in client.get(antwoord.headers["Location"]).context["messages"]]

    def vooraf() -> list[str]:
        knoppen = client.get(concept.get_absolute_url()).context["knoppen"]
        return next(knop.gevolgen for knop in knoppen if knop.overgang.naar == "vastgesteld")

    assert vooraf()[0] == f"Onder Nakijken staan {vaste} opmerkingen."
    assert berichten(wijzig(client, vraag(concept, "V2.5"), tekst="Zijn de knelpunten bekend?")) == ["Opgeslagen.", zin]
    assert vooraf()[:2] == [zin, f"Onder Nakijken staan {vaste} andere opmerkingen."]
    assert str(client.get(reverse("instrument_controle", args=["klein", 2])).context["opmerkingen"][0][0]) == zin
    assert berichten(wijzig(client, vraag(concept, "V2.5"), vergelijkbaarheid="herformuleerd")) == ["Opgeslagen."]
    assert vooraf()[0] == f"Onder Nakijken staan {vaste} opmerkingen."


def test_a_new_follow_up_comes_after_its_main_question_and_its_follow_ups(client, concept):
    """Also when another onderdeel was where it was asked for; its condition must be asked before it."""
    deel = concept.onderdelen.get(code="2")
    hoofd = vraag(concept, "V2.4")
    velden = {"tekst": "Zo ja, welke?", "soort": "open", "hoofdvraag": hoofd.pk}
    later = Keuze.objects.get(vraag=vraag(concept, "V2.5"), code="ja").pk
    assert fouten(maak(client, concept, "vraag", deel, code="V2.4a", **velden, voorwaarde=later)) == {
        "voorwaarde": ["Een vervolg op V2.4 komt daar direct achter, en V2.5 wordt pas later gesteld."]
    }
    maak(client, concept, "vraag", deel, code="V2.4a", **velden)
    maak(client, concept, "vraag", concept.onderdelen.get(code="3"), code="V2.4b", **velden)
    assert codes(concept, "2") == ["V2.4", "V2.4a", "V2.4b", "V2.5"]
    assert codes(concept, "3") == ["V3.1"]


# --- Order ------------------------------------------------------------------------------------------------------------------


def verplaats(client, ding, richting: str):
    instrument = Instrument.objects.get(status="concept")
    adres = reverse("deel_verplaatst", args=[instrument.code, instrument.versie, ding._meta.model_name, ding.pk])
    return client.post(adres, {"richting": richting})


def test_up_and_down_also_into_the_next_onderdeel(client, concept):
    assert codes(concept, "2") == ["V2.4", "V2.5"]
    verplaats(client, vraag(concept, "V2.5"), "omhoog")
    assert codes(concept, "2") == ["V2.5", "V2.4"]
    verplaats(client, vraag(concept, "V2.5"), "omhoog")
    assert (codes(concept, "1")[-1], codes(concept, "2")) == ("V2.5", ["V2.4"])
    verplaats(client, vraag(concept, "V2.5"), "omlaag")
    assert codes(concept, "2") == ["V2.5", "V2.4"]
    verplaats(client, vraag(concept, "V1.3"), "omhoog")
    assert codes(concept, "1")[0] == "V1.3"


def test_choices_move_and_weet_niet_stays_last(client, concept):
    verplaats(client, Keuze.objects.get(vraag=vraag(concept, "V2.5"), code="ja"), "omlaag")
    maak(client, concept, "keuze", vraag(concept, "V2.5"), naam="Deels", code="deels")
    assert [k.code for k in vraaggegeven(vraag(concept, "V2.5")).keuzes] == ["nee", "ja", "deels", "weet-niet", "nvt"]


# --- Other parts, and removing ------------------------------------------------------------------------------------------------


def test_a_norm_with_its_evidence_and_questions(client, concept):
    deel = concept.onderdelen.get(code="3")
    nota = concept.bewijssoorten.get(code="convenant")
    velden = {"code": "A3.1", "kort": "Uitvoering", "tekst": "Er is uitvoering.", "vragen": [vraag(concept, "V3.1").pk]}
    mist = maak(client, concept, "aandachtspunt", deel, **velden, bewijs="een convenant")
    assert fouten(mist) == {"bewijssoorten": ["Vink aan welke stukken dit bewijs kunnen zijn."]}
    maak(client, concept, "aandachtspunt", deel, **velden, bewijs="een convenant", bewijssoorten=[nota.pk])
    norm = uit_database(concept).onderdelen[2].aandachtspunten[0]
    assert (norm.code, norm.vragen, norm.bewijssoorten) == ("A3.1", {"V3.1"}, {"convenant"})
    assert norm.vergelijkbaarheid == "nieuw"


def norm(concept, code: str) -> Aandachtspunt:
    return Aandachtspunt.objects.get(onderdeel__instrument=concept, code=code)


def test_a_norm_says_whether_it_is_the_one_of_the_version_before(client, concept):
    """Also when it was taken out and put back; the page of the version tells it, and history."""
    een, twee = Aandachtspunt.objects.filter(onderdeel__instrument=concept)[:2]
    wijzig(client, een, tekst="Er is een plan.", vergelijkbaarheid="nieuw")
    een.refresh_from_db()
    assert een.vergelijkbaarheid == "nieuw"
    rij = Gebeurtenis.objects.van(concept).latest("pk")
    assert rij.wijzigingen[f"Aandachtspunt {een.code}: ten opzichte van de vorige versie"] == ["gelijk", "nieuw"]
    assert "Nieuw ten opzichte van de vorige versie." in client.get(concept.get_absolute_url()).content.decode()
    verwijder(client, twee)
    maak(client, concept, "aandachtspunt", twee.onderdeel, code=twee.code, kort="Terug", tekst="Weer terug.")
    assert norm(concept, twee.code).vergelijkbaarheid == "herformuleerd"


def test_groups_kinds_of_evidence_and_parts(client, concept):
    maak(client, concept, "actorgroep", concept, naam="Bestuur", code="bestuur", domein="Gemeente")
    maak(client, concept, "bewijssoort", concept, naam="Notulen", code="notulen")
    maak(client, concept, "onderdeel", concept, code="4", titel="Vervolg", titel_aandachtspunten="Vervolg")
    gegeven = uit_database(concept)
    assert gegeven.actorgroepen[-1].code == "bestuur"
    assert gegeven.bewijssoorten[-1].code == "notulen"
    assert gegeven.onderdelen[-1].titel == "Vervolg"


def verwijder(client, ding):
    instrument = Instrument.objects.get(status="concept")
    adres = reverse("deel_verwijderd", args=[instrument.code, instrument.versie, ding._meta.model_name, ding.pk])
    bezwaren = client.get(adres).context["bezwaren"]
    client.post(adres)
    return bezwaren, type(ding).objects.filter(pk=ding.pk).exists()


def test_what_hangs_on_a_part_keeps_it(client, concept):
    ja = Keuze.objects.get(vraag=vraag(concept, "V1.3"), code="ja")
    hangt = "Van deze {} hangt af of V1.4, V1.5 wordt gesteld. Wijzig daar eerst de voorwaarde."
    assert verwijder(client, ja) == ([hangt.format("keuze")], True)
    assert verwijder(client, vraag(concept, "V1.3")) == ([hangt.format("vraag")], True)
    assert verwijder(client, concept.bewijssoorten.get(code="analyse"))[1]
    assert verwijder(client, Onderdeel.objects.get(instrument=concept, code="2"))[1]
    assert verwijder(client, vraag(concept, "V3.1")) == ([], False)
    assert "Vraag V3.1 is verwijderd." in client.get(concept.get_absolute_url()).content.decode()


def test_a_question_that_hangs_on_itself_can_go(client, concept):
    """As a file of a concept can have it; the check calls it a circle."""
    zelf = vraag(concept, "V2.5")
    Vraag.objects.filter(pk=zelf.pk).update(voorwaarde=zelf.keuzes.get(code="ja"))
    assert verwijder(client, zelf) == ([], False)


def test_weet_niet_is_not_edited_nor_is_a_part_of_another_version(client, concept):
    vast = Instrument.objects.get(versie=1)
    for soort, ding in (
        ("keuze", Keuze.objects.filter(vraag__onderdeel__instrument=concept, code="nvt")[0]),
        ("vraag", vraag(vast, "V1.3")),
    ):
        assert client.get(reverse("deel_wijzigen", args=["klein", 2, soort, ding.pk])).status_code == 404


def test_once_fixed_nothing_is_changed(client, concept, beheerder):
    norm = Aandachtspunt.objects.get(onderdeel__instrument=concept, code="A1.2")
    zet_status(concept, "vastgesteld", beheerder)
    voor = uit_database(concept)
    for naam in ("deel_wijzigen", "deel_verplaatst", "deel_verwijderd"):
        antwoord = client.post(reverse(naam, args=["klein", 2, "aandachtspunt", norm.pk]), {"tekst": "Anders."})
        assert antwoord.headers["Location"] == "/instrument/klein/2/"
    assert uit_database(concept) == voor
    assert "Wijzig" not in client.get(reverse("instrument", args=["klein", 2])).content.decode()


# --- Another was just before: the page had read the part, and then it changed ---------------------------------------------


@pytest.fixture
def intussen(monkeypatch):
    """Does something between what a page reads and what it writes, as another writer can; undone with a write that is refused."""

    def eerst(doe):
        slot, gedaan = instrumentdelen._op_slot, []

        def doe_en_sluit(instrument):
            if not gedaan:
                gedaan.append(1)
                doe()
            return slot(instrument)

        monkeypatch.setattr(instrumentdelen, "_op_slot", doe_en_sluit)

    return eerst


def test_what_has_just_gone_is_not_moved_or_removed_again(client, concept, intussen):
    ding = vraag(concept, "V3.1")
    for naam in ("deel_verplaatst", "deel_verwijderd"):
        intussen(Vraag.objects.filter(pk=ding.pk).delete)
        antwoord = client.post(reverse(naam, args=["klein", 2, "vraag", ding.pk]), {"richting": "omhoog"}, follow=True)
        assert "Iemand anders heeft dit intussen verwijderd." in antwoord.content.decode()
        assert not Gebeurtenis.objects.van(concept).filter(soort="gewijzigd").exists()


def test_who_presses_twice_moves_twice(client, concept, beheerder, intussen):
    """The second press was read before the first had moved it to the next onderdeel."""
    ding = vraag(concept, codes(concept, "1")[-1])
    tweede = codes(concept, "2")

    intussen(lambda: instrumentdelen.deel_verplaatsen(vraag(concept, ding.code), "omlaag", concept, beheerder))
    client.post(reverse("deel_verplaatst", args=["klein", 2, "vraag", ding.pk]), {"richting": "omlaag"})
    assert codes(concept, "2") == [tweede[0], ding.code, *tweede[1:]]


def test_a_code_that_was_just_taken_is_said_at_its_field(client, concept, intussen):
    deel = concept.onderdelen.get(code="3")
    intussen(lambda: Vraag.objects.create(onderdeel=deel, code="V3.9", tekst="?", soort="open", volgorde=90))
    antwoord = maak(client, concept, "vraag", deel, code="V3.9", tekst="Nog een?", soort="open")
    assert fouten(antwoord) == {"code": ["Deze code is er al in dit instrument."]}
    assert not Vraag.objects.filter(tekst="Nog een?").exists()


def test_nothing_is_added_to_an_onderdeel_that_has_just_gone(client, concept, intussen):
    deel = Onderdeel.objects.create(
        instrument=concept, code="9", titel="Leeg", titel_aandachtspunten="Leeg", volgorde=9
    )
    intussen(deel.delete)
    adres = reverse("deel_nieuw", args=["klein", 2, "vraag", deel.pk])
    antwoord = client.post(adres, {"code": "V9.1", "tekst": "Nog een?", "soort": "open"}, follow=True)
    assert "Iemand anders heeft dit intussen verwijderd." in antwoord.content.decode()


def test_two_make_an_instrument_of_one_code(concept, beheerder, monkeypatch):
    """The other one came between the look at the code and the write."""
    monkeypatch.setattr(instrumenten, "laatste_versie", lambda code: None)
    with pytest.raises(Geweigerd, match="Er is al een instrument met de code klein"):
        instrumenten.instrument_maken(Instrument(code="klein", naam="Nog een"), beheerder)


def test_saving_does_not_put_back_what_was_moved(client, concept, beheerder, intussen):
    ding = vraag(concept, codes(concept, "1")[0])
    intussen(lambda: instrumentdelen.deel_verplaatsen(vraag(concept, ding.code), "omlaag", concept, beheerder))
    wijzig(client, ding, hulp="Vraag naar de bron.")
    assert codes(concept, "1")[1] == ding.code
    assert vraag(concept, ding.code).hulp == "Vraag naar de bron."


# --- Files and pages ----------------------------------------------------------------------------------------------------------


def test_out_as_a_file_and_in_again(client, concept):
    bestand = client.get(reverse("instrument_bestand", args=["klein", 2])).content
    client.post(reverse("instrument_verwijderen", args=["klein", 2]))
    antwoord = client.post(reverse("instrument_inlezen"), {"bestand": SimpleUploadedFile("i.json", bestand)})
    assert antwoord.headers["Location"] == "/instrument/klein/2/"
    assert schrijf(uit_database(Instrument.objects.get(versie=2))).encode() == bestand


def test_a_wrong_file_says_what_is_wrong_and_changes_nothing(client, concept):
    ruw = schrijf(uit_database(concept)).replace('"V1.3 = ja"', '"V9.9 = ja"', 1)
    voor = uit_database(concept)
    antwoord = client.post(reverse("instrument_inlezen"), {"bestand": SimpleUploadedFile("i.json", ruw.encode())})
    assert fouten(antwoord) == {"bestand": ["Vraag V1.4: de voorwaarde gaat over vraag V9.9, die niet bestaat."]}
    for inhoud, zin in ((b"\xff\xfe", "Dit bestand is geen tekst in UTF-8."), (b"x" * 2_100_000, "groter dan 2 MB")):
        antwoord = client.post(reverse("instrument_inlezen"), {"bestand": SimpleUploadedFile("i.json", inhoud)})
        assert zin in fouten(antwoord)["bestand"][0]
    assert uit_database(concept) == voor


def test_the_difference_shows_what_changed(client, concept):
    wijzig(client, vraag(concept, "V3.1"), tekst="Tekst van een vraag V3.1?", vergelijkbaarheid="herformuleerd")
    client.post(reverse("deel_verwijderd", args=["klein", 2, "vraag", vraag(concept, "V2.4").pk]))
    anders = client.get(reverse("instrument_verschil", args=["klein", 2])).context["anders"]
    assert [(v.code, v.stand, v.heet) for v in anders] == [
        ("V3.1", "gewijzigd", "herformuleerd"),
        ("V2.4", "vervallen", ""),
    ]
    assert [(s.soort, s.tekst) for s in anders[0].regels[0].stukken] == [
        ("gelijk", "Tekst van "),
        ("nieuw", "een "),
        ("gelijk", "vraag V3.1?"),
    ]


def test_the_difference_of_norms(client, concept):
    een, twee = Aandachtspunt.objects.filter(onderdeel__instrument=concept)[:2]
    was = een.tekst
    wijzig(client, een, tekst=f"Voortaan: {was}", vergelijkbaarheid="herformuleerd")
    verwijder(client, twee)
    antwoord = client.get(reverse("instrument_verschil", args=["klein", 2]))
    anders = antwoord.context["anders"]
    assert [(v.code, v.stand, v.heet) for v in anders] == [
        (een.code, "gewijzigd", "herformuleerd"),
        (twee.code, "vervallen", ""),
    ]
    assert [(s.soort, s.tekst) for s in anders[0].regels[0].stukken] == [("nieuw", "Voortaan: "), ("gelijk", was)]
    pagina = antwoord.content.decode()
    assert "Het aandachtspunt heet ‘herformuleerd’." in pagina
    assert twee.tekst in pagina


def test_pages_about_it_cost_the_same_for_more_questions(client, concept, django_assert_max_num_queries):
    deel = concept.onderdelen.get(code="3")
    for nr in range(30):
        Vraag.objects.create(onderdeel=deel, code=f"V8.{nr}", tekst="?", soort="open", volgorde=100 + nr)
    for naam in (
        "instrument",
        "instrument_controle",
        "instrument_dekking",
        "instrument_verschil",
        "instrument_voorbeeld",
    ):
        with django_assert_max_num_queries(60):
            assert client.get(reverse(naam, args=["klein", 2])).status_code == 200
    laatste = vraag(concept, "V8.29")
    with django_assert_max_num_queries(20):
        assert client.get(reverse("deel_wijzigen", args=["klein", 2, "vraag", laatste.pk])).status_code == 200


def test_a_question_for_a_number(client, concept):
    """Its unit and bounds, as one writes them in Dutch; of another kind of question they go."""
    adres = reverse("deel_nieuw", args=["klein", 2, "vraag", Onderdeel.objects.get(instrument=concept, code="3").pk])
    velden = {"code": "V3.7", "tekst": "Hoeveel uur?", "soort": "getal", "eenheid": "uren", "verplicht": "on"}
    velden |= {"decimalen": "1", "minimum": "40,5", "maximum": "0", "vergelijkbaarheid": "gelijk"}
    assert client.post(adres, velden).context["form"].errors == {"maximum": ["Het minste is meer dan het meeste."]}
    velden |= {"minimum": "0", "maximum": "veertig"}
    assert "‘veertig’ is geen getal" in client.post(adres, velden).content.decode()
    assert client.post(adres, velden | {"maximum": "40,5"}).status_code == 302
    ding = vraag(concept, "V3.7")
    assert ding.getalregel == Getalregel("uren", 1, Decimal(0), Decimal("40.5"))
    assert wijzig(client, ding, soort="open").status_code == 302
    assert vraag(concept, "V3.7").getalregel == Getalregel()
