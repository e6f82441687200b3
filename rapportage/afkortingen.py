"""Abbreviations of this field and what they stand for; a report lists those that occur in it. Pure, no Django."""

import re

AFKORTINGEN = {
    "BVG": "Bedrijfsverzamelgebouw",
    "CBS": "Centraal Bureau voor de Statistiek",
    "COROP": "Coördinatiecommissie Regionaal Onderzoeksprogramma",
    "CWI": "Centrum voor Werk en Inkomen",
    "HBO": "Hoger beroepsonderwijs",
    "IWI": "Inspectie Werk en Inkomen",
    "LWI": "Locatie voor Werk en Inkomen",
    "MBO": "Middelbaar beroepsonderwijs",
    "MKB": "Midden- en kleinbedrijf",
    "OCW": "Ministerie van Onderwijs, Cultuur en Wetenschap",
    "POA": "Platform Onderwijs Arbeidsmarkt",
    "ROC": "Regionaal opleidingencentrum",
    "RPA": "Regionaal Platform Arbeidsmarktbeleid",
    "RWI": "Raad voor Werk en Inkomen",
    "SUWI": "Wet structuur uitvoeringsorganisatie werk en inkomen",
    "SZW": "Ministerie van Sociale Zaken en Werkgelegenheid",
    "UWV": "Uitvoeringsinstituut Werknemersverzekeringen",
    "VMBO": "Voorbereidend middelbaar beroepsonderwijs",
    "VNG": "Vereniging van Nederlandse Gemeenten",
    "WSW": "Wet sociale werkvoorziening",
    "WWB": "Wet werk en bijstand",
}


def afkortingen_in(tekst: str) -> list[tuple[str, str]]:
    """The abbreviations that stand in the text, also in the plural ("RPA's") or in a compound ("CWI-informatie")."""
    # A letter before or after makes it another word; an apostrophe, hyphen or slash does not.
    return [(kort, lang) for kort, lang in AFKORTINGEN.items() if re.search(rf"(?<!\w){kort}(?!\w)", tekst)]
