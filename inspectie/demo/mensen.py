"""Invented people for the demo: those who log in, and those who are spoken to."""

from dataclasses import dataclass

from inspectie.demo.bron import kies

WACHTWOORD = "demo-wachtwoord-2008"

# username, rol, name
PERSONAS = (
    ("inspecteur", "inspecteur", "Marijke Terpstra"),
    ("inspecteur2", "inspecteur", "Ruud van Dalen"),
    ("analist", "analist", "Saskia Oomen"),
    ("beheerder", "beheerder", "Henk Brouwer"),
)

VOORLETTERS = (
    "A.",
    "B.M.",
    "C.",
    "D.J.",
    "E.",
    "F.H.",
    "G.",
    "H.W.",
    "I.",
    "J.A.",
    "K.",
    "L.",
    "M.C.",
    "N.",
    "P.",
    "R.",
    "S.T.",
)
AANHEF = ("Mevrouw", "De heer")
ACHTERNAMEN = (
    "van Aarle", "Bosscha", "ten Cate", "Doornbos", "van Eerden", "Feenstra", "Geurtsen", "Haverkort", "Immink",
    "Jorritsma", "Kamerling", "van Lieshout", "Meinders", "Nijboer", "Oosterbaan", "Pastoors", "Rademaker",
    "Schuiling", "Teunissen", "Uitterlinden", "Veldkamp", "Wesselius", "Zijlmans",
)  # fmt: skip

# function and organisation per group; more than one function means that more than one person was spoken to
FUNCTIES = {
    "gemeente-sociale-zaken": (("hoofd sociale zaken", "beleidsadviseur werk en inkomen"), "Gemeente {naam}"),
    "gemeente-economische-zaken": (("beleidsmedewerker economische zaken",), "Gemeente {naam}"),
    "gemeente-bestuur": (("wethouder werk en economie",), "Gemeente {naam}"),
    "cwi": (("vestigingsmanager",), "CWI {naam}"),
    "uwv": (("regiomanager", "adviseur arbeidsmarkt"), "UWV {naam}"),
    "scholing": (("directeur bedrijfsopleidingen",), "{school}"),
    "werkgevers": (("voorzitter", "personeelsmanager"), "{kring}"),
    "werknemers-clientenraad": (("voorzitter cliëntenraad",), "Cliëntenraad {naam}"),
}


@dataclass(frozen=True)
class Mens:
    naam: str
    functie: str
    organisatie: str


def gesprekspartners(groep: str, gemeente: dict, nummer: int, plaats: int) -> list[Mens]:
    """Who was spoken to in one interview."""
    functies, organisatie = FUNCTIES[groep]
    # A second person comes along in every second municipality.
    functies = functies[: 1 + nummer % 2]
    return [
        Mens(
            " ".join(
                (
                    kies(AANHEF, nummer, plaats, i),
                    kies(VOORLETTERS, nummer * 5, plaats * 3, i),
                    kies(ACHTERNAMEN, nummer * 7, plaats * 2, i * 11),
                )
            ),
            functie,
            organisatie.format_map(gemeente),
        )
        for i, functie in enumerate(functies)
    ]
