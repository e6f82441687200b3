"""A second instrument, of an entirely different inspection, as the XLSForm that someone would write in Excel.

Sixty questions in six groups of ten. In each group, in this order:

    a ja/nee ─ja─ b text
       └────ja─ c ja/nee ─nee─ d text
    e goed/matig/slecht ─slecht─ f text
    g integer   h date   i ja/nee   j text
"""

import io

import openpyxl

GROEPEN = {
    "beheer": "Beheer en verantwoordelijkheid",
    "toestellen": "De toestellen",
    "ondergrond": "De ondergrond",
    "keuring": "Keuring en logboek",
    "ongevallen": "Ongevallen en meldingen",
    "toezicht": "Toezicht door de gemeente",
}
SURVEY = [["type", "name", "label::Nederlands (nl)", "relevant", "required"]]
for _naam, _titel in GROEPEN.items():
    _kort = _titel.lower()
    SURVEY += [
        ["begin_group", _naam, _titel],
        ["select_one janee", f"{_naam}_a", f"Is vastgelegd hoe het zit met {_kort}?", "", "yes"],
        ["text", f"{_naam}_b", f"Waar is dat vastgelegd ({_kort})?", f"${{{_naam}_a}} = 'ja'"],
        ["select_one janee", f"{_naam}_c", f"Wordt dat nageleefd ({_kort})?", f"selected(${{{_naam}_a}}, 'ja')"],
        [
            "text",
            f"{_naam}_d",
            f"Waarom niet ({_kort})?",
            f"${{{_naam}_a}} = 'ja' and ${{{_naam}_c}} != 'ja'",
        ],
        ["select_one staat", f"{_naam}_e", f"Hoe is de staat van {_kort}?"],
        [
            "text",
            f"{_naam}_f",
            f"Wat is er slecht ({_kort})?",
            f"not(${{{_naam}_e}} = 'goed' or ${{{_naam}_e}} = 'matig')",
        ],
        ["integer", f"{_naam}_g", f"Hoeveel keer is dit bekeken ({_kort})?"],
        ["date", f"{_naam}_h", f"Wanneer voor het laatst ({_kort})?"],
        ["select_one janee", f"{_naam}_i", f"Is er budget voor {_kort}?"],
        ["text", f"{_naam}_j", f"Wat valt verder op ({_kort})?"],
        ["end_group", _naam],
    ]
CHOICES = [
    ["list_name", "name", "label::Nederlands (nl)"],
    ["janee", "ja", "ja"],
    ["janee", "nee", "nee"],
    ["staat", "goed", "goed"],
    ["staat", "matig", "matig"],
    ["staat", "slecht", "slecht"],
]
AANDACHTSPUNTEN = [
    ["onderdeel", "kort", "tekst", "vragen"],
    *(
        [titel, f"Op orde: {titel.lower()}", f"{titel}: alles is op orde.", f"{naam}_a, {naam}_e"]
        for naam, titel in GROEPEN.items()
    ),
]


def werkmap() -> bytes:
    boek = openpyxl.Workbook()
    boek.remove(boek.active)
    bladen = {
        "survey": SURVEY,
        "choices": CHOICES,
        "settings": [["form_title", "form_id"], ["Veiligheid van speeltoestellen", "speeltoestellen"]],
        "actorgroepen": [["naam", "domein"], ["Beheerder van de speelplaats", "Beheer"], ["Ouders", "Gebruikers"]],
        "aandachtspunten": AANDACHTSPUNTEN,
    }
    for naam, rijen in bladen.items():
        blad = boek.create_sheet(naam)
        for rij in rijen:
            blad.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()
