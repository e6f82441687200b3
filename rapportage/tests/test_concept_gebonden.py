"""A fresh draft is carried by the data, sentence by sentence: held against the round it comes out clean."""

import random

import pytest

from rapportage import actions, concepttekst
from rapportage.models import Rapport, Thema
from rapportage.queries.meldingen import meldingen_van
from rapportage.tests.bouw import beoordeel, maak_dossier, maak_instrument, maak_ronde, vind
from rapportage.tests.test_concepttekst import gesloten
from rapportage.uitspraken.meting import KWETSBAAR
from vragenlijst.models import Bevinding, Dossier, Vraag

KEUZES = ("ja", "intentie", "nee", "weet-niet", "nvt", None)
OORDELEN = ("voldoet", "voldoet_deels", "voldoet_niet", "niet_te_beoordelen", None)


def test_de_zin_van_2008_gebonden():
    vraag = gesloten("V1.2", voor={"ja": 5, "nee": 4}, niet={"ja": 1, "nee": 2}, weet_niet=1)
    assert concepttekst.vraagzin(vraag, "regionale-samenwerking").startswith(
        "Van de 13 onderzochte gemeenten is het antwoord bij [12]{V1.2=* van=gevraagd} bekend. "
        "Bij [ongeveer de helft daarvan (6 van 12)]{V1.2=ja} werken afdelingen"
    )
    assert concepttekst.groepszin(vraag).endswith(
        "om [5 van de 9 voortrekkers]{V1.2=ja rol=voortrekker} en [1 van de 3 niet-voortrekkers]{V1.2=ja rol=niet-voortrekker}."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("zaad", range(6))
def test_een_vers_concept_komt_er_schoon_uit(analist, zaad):
    """Whatever was answered: the draft says only what the data carry. What one dossier could overturn may be said of it."""
    kies = random.Random(zaad).choice
    ronde = maak_ronde(maak_instrument())
    themas = [
        Thema.objects.create(ronde=ronde, vraag=Vraag.objects.get(code=code), naam=naam)
        for code, naam in (("P1.1", "Kent elkaar"), ("P1.2", "Meer banen"), ("P1.2", "Sneller, en beter"))
    ]
    for nummer in range(13):
        dossier = maak_dossier(ronde, "voortrekker" if nummer < 9 else "niet-voortrekker")
        for code in ("P1.1", "P1.1a"):
            if (keuze := kies(KEUZES)) and (code == "P1.1" or _zei_ja(dossier)):
                vind(dossier, code, keuze)
        if kies((True, True, False)):
            vind(dossier, "P1.2", tekst="iets")
        for norm in ("N1", "N2", "N3"):
            if (oordeel := kies(OORDELEN)) and not (norm == "N1" and oordeel == "voldoet"):
                beoordeel(dossier, norm, oordeel)
    for thema in themas:
        for bevinding in Bevinding.objects.filter(vraag=thema.vraag):
            if kies((True, False)):
                _codeer(thema, bevinding, analist)
    meldingen = meldingen_van(actions.maak_rapport(Rapport.voor(ronde), analist))
    assert [(m.soort, m.fragment, m.zin) for m in meldingen if m.ernst != KWETSBAAR] == []


def _zei_ja(dossier: Dossier) -> bool:
    return dossier.bevindingen.filter(vraag__code="P1.1", keuze__code="ja").exists()


def _codeer(thema, bevinding, wie) -> None:
    thema.bevindingen.through.objects.create(thema=thema, bevinding=bevinding, door=wie)


@pytest.mark.django_db
def test_een_groep_van_twee_krijgt_geen_eigen_zin(analist):
    ronde = maak_ronde(maak_instrument())
    for nummer in range(12):
        vind(
            maak_dossier(ronde, "voortrekker" if nummer < 10 else "niet-voortrekker"),
            "P1.1",
            "ja" if nummer % 2 else "nee",
        )
    rapport = actions.maak_rapport(Rapport.voor(ronde), analist)
    tekst = rapport.passages.get(plaats="bevindingen", onderdeel__code="1").tekst
    assert "(6 van 12)" in tekst
    assert "niet-voortrekker" not in tekst
