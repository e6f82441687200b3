"""What stands in columns, languages and sheets that are not read: each is named. Pure, no Django."""

from collections.abc import Iterator, Set

from vragenlijst.xlsform.blad import MEDIA, Blad, lees_blad
from vragenlijst.xlsform.boom import GELEZEN
from vragenlijst.xlsform.melding import Ernst, Melding
from vragenlijst.xlsform.toevoegingen import BLADEN

NIET_GELEZEN = {
    "constraint": "een grens aan het antwoord wordt hier niet bewaakt",
    "constraint_message": "een grens aan het antwoord wordt hier niet bewaakt",
    "required_message": "de melding bij een verplichte vraag staat hier vast",
    "calculation": "er wordt hier niet gerekend",
    "choice_filter": "alle antwoorden van de lijst worden aangeboden",
    "repeat_count": "een vraag wordt hier één keer gesteld",
    "default": "een antwoord wordt hier niet vooraf ingevuld",
    "guidance_hint": "de aanwijzing is niet overgenomen",
    "readonly": "elke vraag kan hier worden beantwoord",
    "trigger": "er wordt hier niet gerekend",
    "parameters": "zulke instellingen van een vraag bestaan hier niet",
    **dict.fromkeys(MEDIA, "beeld en geluid bij een vraag worden niet getoond"),
}
ALLEEN_UITERLIJK = ("appearance", "intent", "accuracythreshold", "oid", "hxl")
BEKENDE_INSTELLINGEN = ("form_title", "form_id", "id_string", "version", "default_language")


def kolommeldingen(blad: Blad, bewaakt: Set[int] = frozenset()) -> Iterator[Melding]:
    """`bewaakt` are the numbers of the rows of which the constraint was taken over."""
    for rij in blad.rijen:
        for kolom in rij.gevuld:
            if kolom in GELEZEN or not rij["type"] or (kolom == "constraint" and rij.nummer in bewaakt):
                continue
            if kolom in ALLEEN_UITERLIJK:
                zin = f"‘{rij[kolom]}’: alleen voor hoe het formulier er elders uitziet."
                yield Melding(Ernst.GEEN_DEEL, blad.naam, rij.nummer, kolom, zin)
            else:
                zin = NIET_GELEZEN.get(kolom, "deze kolom wordt niet gelezen")
                if kolom == "constraint_message" and rij.nummer in bewaakt:
                    zin = "de melding bij een getal buiten zijn grenzen staat hier vast"
                yield Melding(Ernst.NIET, blad.naam, rij.nummer, kolom, f"‘{rij[kolom]}’: {zin}.")
    if any(rij["required"] for rij in blad.rijen):
        zin = "een vraag die wordt gesteld, wordt hier ook beantwoord, al is het met ‘weet niet’; verplicht of niet maakt geen verschil."
        yield Melding(Ernst.ANDERS, blad.naam, blad.koprij, "required", zin)


def taalmeldingen(*bladen: Blad) -> Iterator[Melding]:
    for blad in bladen:
        for kolom in blad.andere_talen:
            zin = "een andere taal, of een tweede kolom voor hetzelfde; er wordt er één gelezen."
            yield Melding(Ernst.NIET, blad.naam, blad.koprij, kolom, zin)


def resterende_bladen(bladen: dict[str, list[list[str]]], settings: Blad) -> Iterator[Melding]:
    for rij in settings.rijen[:1]:
        for kolom in rij.gevuld:
            if kolom not in BEKENDE_INSTELLINGEN:
                zin = f"‘{rij[kolom]}’: deze instelling bestaat hier niet."
                yield Melding(Ernst.GEEN_DEEL, settings.naam, rij.nummer, kolom, zin)
    for naam, ruw in bladen.items():
        if naam.strip().lower() not in ("survey", "choices", "settings", *BLADEN) and lees_blad(naam, ruw).koprij:
            yield Melding(Ernst.NIET, naam, 0, "", "dit blad wordt niet gelezen.")
