"""How the questions of the 2008 instrument read as statements. Data: another instrument needs none of it.

Each clause follows "Bij … gemeenten (x van n)", so it begins with its verb and does not care for singular or plural.
`kring` is who the question was put to.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kring:
    """Municipalities with something in common, as "9 gemeenten die …" and "1 gemeente die …"."""

    meervoud: str
    enkelvoud: str

    def na(self, n: int) -> str:
        return self.enkelvoud if n == 1 else self.meervoud


ONDERZOCHT = Kring("onderzochte gemeenten", "onderzochte gemeente")
GEVRAAGD = Kring("gemeenten waaraan dit is gevraagd", "gemeente waaraan dit is gevraagd")


@dataclass(frozen=True)
class Formulering:
    zinnen: Mapping[str, str]
    kring: Kring = ONDERZOCHT
    eigen: bool = True  # False when made from the names of the answers


SAMENWERKEND = Kring("gemeenten die regionaal samenwerken", "gemeente die regionaal samenwerkt")
MET_VOORTREKKER = Kring(
    "gemeenten met een voortrekker in hun samenwerking", "gemeente met een voortrekker in haar samenwerking"
)
NOG_NIET_BIJEEN = Kring(
    "gemeenten waar partijen nog niet bij elkaar zijn gebracht",
    "gemeente waar partijen nog niet bij elkaar zijn gebracht",
)
MET_PLAN = Kring("gemeenten met een plan", "gemeente met een plan")

FORMULERINGEN: dict[str, dict[str, Formulering]] = {
    "regionale-samenwerking": {
        "V1.1": Formulering(
            {
                "ja": "is het initiatief genomen om gemeentelijke partijen bij elkaar te brengen",
                "nee": "is dat initiatief nog niet genomen",
            }
        ),
        "V1.2": Formulering(
            {
                "ja": "werken afdelingen binnen de gemeente met elkaar samen",
                "intentie": "bestaat daartoe de intentie",
                "nee": "is van zulke samenwerking geen sprake",
            }
        ),
        "V1.3": Formulering(
            {
                "ja": "wordt binnen de regio met andere gemeenten samengewerkt aan arbeidsmarktbeleid",
                "nee": "is van zulke samenwerking geen sprake",
            }
        ),
        "V1.4": Formulering(
            {"ja": "heeft die samenwerking een voortrekkersgemeente", "nee": "ontbreekt een voortrekkersgemeente"},
            SAMENWERKEND,
        ),
        "V1.6": Formulering(
            {
                "faciliterend": "is de regie faciliterend",
                "beheersend": "is de regie beheersend",
                "uitvoerend": "is de regie uitvoerend",
                "visiegericht": "is de regie visiegericht",
            },
            SAMENWERKEND,
        ),
        "V1.7": Formulering(
            {
                "ja": "heeft de voortrekker de partijen rond werk, scholing en zorg bij elkaar gebracht",
                "nee": "zijn die partijen nog niet bij elkaar gebracht",
            },
            MET_VOORTREKKER,
        ),
        "V1.7c": Formulering(
            {"ja": "gaat dit alsnog gebeuren", "nee": "is dit ook later niet te verwachten"},
            NOG_NIET_BIJEEN,
        ),
        "V2.1": Formulering(
            {
                "ja": "ligt er een analyse van de regionale arbeidsmarkt en haar knelpunten",
                "nee": "ontbreekt zo'n analyse",
            }
        ),
        "V2.2": Formulering({"ja": "is een regionaal arbeidsmarktplan geformuleerd", "nee": "is zo'n plan er niet"}),
        "V2.3": Formulering(
            {
                "ja": "sluit het plan aan op de doelstelling van het kabinet in 'Iedereen doet mee'",
                "deels": "sluit het plan daar gedeeltelijk op aan",
                "nee": "sluit het plan daar niet op aan",
            },
            MET_PLAN,
        ),
        "V2.5": Formulering(
            {
                "ja": "zijn concrete prestatieafspraken gemaakt over de inzet en verantwoordelijkheid van de partijen",
                "nee": "zijn zulke afspraken er niet",
            }
        ),
    }
}

# Why the monitor exists, from facts of the source's paragraph 1.1; the sentences are ours.
AANLEIDING: dict[str, str] = {
    "regionale-samenwerking": """\
Een werkgever zoekt zijn personeel ook buiten de eigen gemeente, en wie werk zoekt kijkt ook verder dan de gemeentegrens. \
Het kabinet wil daarom dat gemeenten, uitvoering, onderwijs en werkgevers in de regio gezamenlijk optrekken, zodat vacatures \
sneller worden vervuld en meer mensen meedoen. Die wens staat in het programma 'Iedereen doet mee' en is uitgewerkt in het \
bestuursakkoord van het Rijk met de VNG.[^akkoord]

Van gemeenten wordt verwacht dat zij het initiatief nemen. De VNG heeft gemeenten benaderd om als voortrekker op te \
treden.[^voortrekkers] Nieuw is de opdracht tot samenwerken niet: zij ligt al besloten in de \
wet SUWI.[^suwi] Wel nieuw is dat de vorderingen op vaste momenten in beeld worden gebracht.

De inspectie doet dat met een monitor, die tot en met 2010 loopt. De vraag voor de hele looptijd is of een benadering die uitgaat \
van de vraag van werkgevers de participatie verhoogt van mensen met een afstand tot de arbeidsmarkt, en wat regionale samenwerking \
onder regie van gemeenten daaraan bijdraagt. {meting}

[^akkoord]: Bestuursakkoord 'Samen aan de slag', 4 juni 2007.
[^voortrekkers]: In 2007 tussen de vijftig en zestig; 57 hebben zich gemeld.
[^suwi]: Artikel 7 van de wet SUWI draagt de colleges op samen te werken met CWI en UWV.
"""
}
EERSTE_METING = "{ronde} laat zien hoe ver partijen nu zijn; over het effect zegt één meting nog niets."
VOLGENDE_METING = "{ronde} volgt op {vorige} en laat zien hoe ver partijen nu zijn."
