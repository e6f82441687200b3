"""A whole report in the anatomy of V08/01, with invented figures and sentences of our own, to look at and to test with."""

from datetime import date

from rapportage import opmaak
from rapportage.document import (
    Bijlage,
    Colofon,
    Databestand,
    Hoofdstuk,
    Kop,
    Lijst,
    Paragraaf,
    Post,
    Rapportdocument,
    Tabel,
    Tekst,
)
from rapportage.grafieken import Deel, Groep, Meting, Reeks, gestapeld, trend


def t(markdown: str) -> Tekst:
    return Tekst(opmaak.druk(markdown))


def groep(label: str, **delen: int) -> Groep:
    return Groep(label, [Deel(naam.replace("_", " ").capitalize(), n) for naam, n in delen.items()])


AANLEIDING = t("""
Gemeenten, UWV en CWI kunnen vacatures pas snel vervullen als zij over de gemeentegrens heen kijken. Een werkgever zoekt
personeel in een gebied dat zelden samenvalt met één gemeente; een werkzoekende reist een half uur voor goed werk. Daarom
vraagt het kabinet de gemeenten om in hun regio het initiatief te nemen.[^regio] De inspectie volgt of dat gebeurt, hoe de
partijen het aanpakken en wat het oplevert voor mensen met een grote afstand tot de arbeidsmarkt.

De opdracht om samen te werken is niet nieuw: zij staat sinds 2002 in art. 7 van de wet.[^suwi] Nieuw is dat een beperkt
aantal gemeenten zich *voortrekker* noemt en dat hun vorderingen op vaste momenten in beeld worden gebracht. Dit rapport
doet verslag van het eerste fotomoment. Het laat zien wat er in de zomer van 2008 ligt en waar het nog aan ontbreekt; over
de vraag of meer mensen meedoen, kan het nog niets zeggen.

Drie vragen lopen door het hele rapport:

1. Wie heeft het initiatief genomen, en zijn de andere partijen gevolgd?
2. Is er een gedeeld beeld van de arbeidsmarkt, en hebben partijen daarover iets afgesproken?
3. Wordt wat is afgesproken ook uitgevoerd?

[^regio]: Onder een regio verstaan wij hier het gebied waarbinnen de meeste inwoners werk zoeken en vinden. Dat gebied hoeft
    niet samen te vallen met een bestaand samenwerkingsverband; zie [de toelichting](https://www.example.nl/regio).
[^suwi]: Wet structuur uitvoeringsorganisatie werk en inkomen.
""")

AANPAK = t("""
De inspectie heeft een lijst met aandachtspunten opgesteld (bijlage 1) en daarvan een vragenlijst afgeleid (bijlage 2). In
de maanden februari tot en met april 2008 is in 13 gemeenten gesproken met vertegenwoordigers van de gemeente zelf, van de
uitvoering, van het onderwijs en van werkgevers. De gemeenten verschillen in grootte en liggen zowel in als buiten de
Randstad.

Ieder antwoord is vastgelegd in een verslag dat aan de gesprekspartners is voorgelegd. Spraken partijen elkaar tegen, dan
heeft de inspecteur op grond van de stukken één bevinding vastgesteld en gemotiveerd.[^toets] Een tweede inspecteur heeft
elk dossier getoetst. **Een getal in dit rapport is steeds een aantal gemeenten**, nooit een aantal gesprekken, tenzij dat
er uitdrukkelijk bij staat.

[^toets]: De oorspronkelijke antwoorden blijven in het dossier bewaard, ook als de bevinding anders luidt.
""")

STEEKPROEF = Tabel(
    "Onderzochte gemeenten naar rol, grootteklasse en ligging",
    ("Kenmerk", "Voortrekker", "Niet-voortrekker", "Totaal"),
    (
        ("Tot 50.000 inwoners", 1, 2, 3),
        ("50.000 tot 100.000 inwoners", 4, 1, 5),
        ("100.000 inwoners en meer", 4, 1, 5),
        ("In de Randstad", 4, 2, 6),
        ("Buiten de Randstad", 5, 2, 7),
        ("Alle gemeenten", 9, 4, 13),
    ),
    noot="Inwonertal op 1 januari 2008, Centraal Bureau voor de Statistiek.",
)

GESPREKKEN = Tabel(
    "Gevoerde gesprekken naar groep gesprekspartners",
    ("Groep", "Gepland", "Gehouden", "Gemeenten"),
    (
        ("Gemeente, sociale zaken", 13, 13, 13),
        ("Gemeente, economische zaken", 10, 9, 9),
        ("CWI en UWV", 13, 12, 11),
        ("Scholingsinstituten", 9, 8, 8),
        ("Werkgevers en hun organisaties", 11, 9, 7),
    ),
)

SAMENWERKING = gestapeld(
    "Samenwerking tussen afdelingen binnen de gemeente",
    (
        groep("Voortrekkers", ja=5, intentie=2, nee=2, weet_niet=0),
        groep("Niet-voortrekkers", ja=1, intentie=0, nee=2, weet_niet=1),
        groep("Alle gemeenten", ja=6, intentie=2, nee=4, weet_niet=1),
    ),
    kenmerk="g1",
)

REGIE = Tabel(
    "Vorm van de regie bij gemeenten met een voortrekker in hun regio",
    ("Vorm", "Aantal", "Aandeel"),
    (
        ("Faciliterend: de gemeente stimuleert en ondersteunt anderen", 7, "64%"),
        ("Visiegericht: de gemeente werkt vanuit een gedeelde visie", 3, "27%"),
        ("Uitvoerend: de gemeente organiseert projecten zelf", 1, "9%"),
        ("Beheersend: de gemeente stuurt op afspraken en verantwoording", 0, "0%"),
    ),
    noot="Gesteld aan 11 gemeenten, beantwoord door 11.",
    breedtes=(70, 15, 15),
)

ONDERSTEUNING = gestapeld(
    "Stand van het beleid",
    (
        groep("Analyse van de regionale arbeidsmarkt", ja=8, deels=2, nee=2, weet_niet=1, niet_van_toepassing=0),
        groep("Regionaal arbeidsmarktplan vastgesteld", ja=3, deels=4, nee=6, weet_niet=0, niet_van_toepassing=0),
        groep("Plan sluit aan bij het landelijke programma", ja=2, deels=1, nee=0, weet_niet=0, niet_van_toepassing=10),
        groep("Concrete prestatieafspraken", ja=1, deels=0, nee=11, weet_niet=1, niet_van_toepassing=0),
    ),
    kenmerk="g2",
)

VERLOOP = trend(
    "Gemeenten met een vastgesteld plan, per fotomoment",
    (
        Reeks("Voortrekkers", (Meting("Juni 2008", 3, 9), Meting("December 2009", 6, 9), Meting("Juni 2010", 8, 9))),
        Reeks(
            "Niet-voortrekkers", (Meting("Juni 2008", 0, 4), Meting("December 2009", 1, 4), Meting("Juni 2010", 2, 4))
        ),
    ),
    kenmerk="g3",
    hoogte=200,
)

BEVINDINGEN = (
    Paragraaf(
        "2.1",
        "Voortrekkersrol gemeenten",
        (
            t("""
Bijna zestig gemeenten hebben zich als voortrekker gemeld. De inspectie heeft er 9 bezocht, en daarnaast 4 gemeenten die
deze rol niet hebben. Het tempo loopt uiteen: sommige regio's werken al jaren samen, andere zijn net begonnen met een
verkenning. In alle regio's is wel *iets* in gang gezet.
"""),
            Kop("Regievoering"),
            t("""
De voortrekkers kiezen bijna zonder uitzondering voor een rol op de achtergrond. Zij brengen partijen bij elkaar, leveren
een secretaris of een werkgroep, en laten de besluiten aan het overleg.[^regisseur] De reden die zij geven is steeds
dezelfde: wie te nadrukkelijk stuurt, verspeelt de medewerking van buurgemeenten die minstens zo veel recht van spreken
menen te hebben.

> "Als wij de vlag dragen, loopt er straks niemand meer achteraan", zei een wethouder.

Waar gemeenten al langer een gezamenlijk bestuur of een vast overleg kennen, gaat het sneller. Daar bestaat een tafel
waaraan het onderwerp kan worden toegevoegd. Waar die tafel ontbreekt, moet eerst de verhouding worden geregeld en dan pas
de inhoud.

[^regisseur]: Vergelijk de indeling in vier vormen van regie die voor gemeenten in 2006 is uitgewerkt.
"""),
            REGIE,
            Kop("Samenwerking binnen gemeenten"),
            t("""
Een bedrijf dat zich vestigt, spreekt met economische zaken. De mensen die er zouden kunnen werken, staan ingeschreven bij
sociale zaken. In ongeveer de helft van de gemeenten (6 van 13) weten die twee afdelingen elkaar te vinden; in nog eens
2 gemeenten is het voornemen er.[^intern] Met ruimtelijke ordening of verkeer wordt nog vrijwel nergens samengewerkt.

[^intern]: Vraag V1.2. Een voornemen telt alleen als het in een stuk is vastgelegd of door het college is uitgesproken.
"""),
            SAMENWERKING,
            Kop("Gemeenten zonder voortrekkersrol"),
            t("""
Van de 4 gemeenten zonder voortrekkersrol richten er 2 zich op het eigen grondgebied. Zij kennen hun werkgevers, zeggen zij,
en zien weinig winst in overleg. De andere 2 zijn aangesloten bij een bestaand platform (RPA of POA) en laten de uitvoering
van projecten daaraan over. Beleid maken doen die platforms zelden.
"""),
        ),
    ),
    Paragraaf(
        "2.2",
        "Beleid en afspraken",
        (
            Kop("Inzicht in de regionale arbeidsmarkt"),
            t("""
Gegevens zijn er genoeg. CWI publiceert ze per regio, platforms vullen ze aan en grotere gemeenten houden eigen enquêtes
onder bedrijven. Toch weten niet alle gemeenten dat de cijfers beschikbaar zijn, en wie ze wel gebruikt, bewerkt ze op een
eigen manier. Daardoor liggen er in één regio soms twee analyses die elkaar tegenspreken.
"""),
            ONDERSTEUNING,
            Kop("Ontwikkeling van gezamenlijk beleid"),
            t("""
Slechts enkele gemeenten (3 van 13) hebben een plan dat door de colleges in de regio is vastgesteld. Die plannen lijken op
elkaar in hun onderwerpen:

- het benutten van mensen die nu langs de kant staan;
- het opleidingsniveau van de beroepsbevolking;
- de aansluiting tussen school en werk;
- de regio als vestigingsplaats.

In hun doelen verschillen zij sterk. Eén plan noemt aantallen en jaartallen; de andere beschrijven een richting.
"""),
            Kop("Afspraken"),
            t("""
Prestatieafspraken zijn er nauwelijks. Wat er ligt, is een verklaring van goede wil, in een enkel geval ondertekend op een
regionale bijeenkomst.[^top] Meer dan een begin is dat niet, maar het is wel het begin waarop de meeste partijen zeggen te
hebben gewacht.

[^top]: In het voorjaar van 2008 zijn in verscheidene regio's zulke bijeenkomsten gehouden, met steun van het ministerie.
"""),
        ),
    ),
    Paragraaf(
        "2.3",
        "Beleid en uitvoering",
        (
            t("""
Uitvoering vindt plaats in projecten: voor ouderen, voor niet-uitkeringsgerechtigden, voor jongeren zonder diploma. Die
projecten bestaan naast elkaar en dikwijls al langer dan het beleid waarvan zij het gevolg zouden moeten zijn. Wat zij
opleveren, wordt per project bijgehouden en zelden opgeteld.
"""),
            Tabel(
                "Instrumenten die gemeenten noemen (thema's uit de open antwoorden)",
                ("Thema", "Voortrekker", "Niet-voortrekker", "Totaal"),
                (
                    ("Gezamenlijk werkgeversloket", 4, 1, 5),
                    ("Scholing in overleg met werkgevers", 6, 2, 8),
                    ("Loonkostensubsidie", 5, 3, 8),
                    ("Afspraken bij aanbesteding of vestiging", 2, 0, 2),
                    ("Jongerenloket", 3, 1, 4),
                ),
                noot="Een gemeente kan meer dan één instrument noemen; de kolommen tellen niet op tot 13.",
            ),
            VERLOOP,
        ),
    ),
)

CONCLUSIES = (
    Kop("Voortrekkersrol gemeenten"),
    t("""
Het initiatief is genomen, de regie nog niet. De meeste voortrekkers (7 van 9) houden zich op de achtergrond uit zorg om de
verhoudingen met hun buren. Die zorg is begrijpelijk, maar zij houdt een gezamenlijke visie op afstand.
"""),
    Kop("Beleid en afspraken"),
    t("""
Partijen weten meer van hun arbeidsmarkt dan zij samen gebruiken. Slechts enkele gemeenten (3 van 13) hebben een vastgesteld
plan en vrijwel geen (1 van 13) heeft prestatieafspraken. Zonder afspraken is er niets om elkaar op aan te spreken.
"""),
    Kop("Beleid en uitvoering"),
    t("""
Er gebeurt veel, maar nog niet vanuit een gedeeld plan. Zolang niemand de uitkomsten van projecten bij elkaar legt, blijft
onbekend wat de samenwerking oplevert.
"""),
    Kop("Vervolg"),
    t("""
Bij het volgende fotomoment, in december 2009, bezoekt de inspectie dezelfde gemeenten opnieuw. Zij let dan vooral op de stap
van voornemen naar afspraak, en op het draagvlak bij partijen buiten de gemeente.
"""),
)

ONDERDELEN = ("Voortrekkersrol gemeenten", "Beleid en afspraken", "Beleid en uitvoering")

NORMEN = (
    (
        (
            "A1.1",
            "Gemeenten in de regio hebben elkaar opgezocht en hun beleid op elkaar afgestemd.",
            "convenant of nota, vastgesteld door het college",
        ),
        ("A1.2", "Eén gemeente vervult de rol van voortrekker, met instemming van de andere gemeenten.", ""),
        ("A1.3", "De voortrekker helpt kleinere gemeenten en deelt wat hij weet.", ""),
        ("A1.4", "Werkgevers, onderwijs, werknemers, CWI en UWV doen mee aan het maken van beleid.", ""),
        ("A1.5", "De samenwerking sluit aan op een structuur die al bestaat.", ""),
        ("A1.6", "De voortrekker bewaakt het verloop: afspraken over stappen staan voorop.", ""),
    ),
    (
        ("A2.1", "Het beleid past binnen de landelijke kaders.", ""),
        (
            "A2.2",
            "Alle partijen zien het nut voor zichzelf en hebben ingestemd met visie en aanpak.",
            "visie en aanpak waarmee partijen hebben ingestemd",
        ),
        ("A2.3", "Partijen spannen zich aantoonbaar samen in.", "afspraken over doelen en effecten"),
        ("A2.4", "De knelpunten tussen vraag en aanbod zijn bekend.", "analyse van de regionale arbeidsmarkt"),
        ("A2.5", "De gemeente gaat uit van wat werkgevers nodig hebben.", ""),
        ("A2.6", "Knelpunten, doelen en beoogde uitkomsten staan in een plan.", "plan"),
        ("A2.7", "Het plan kent momenten waarop de koers kan worden bijgesteld.", "plan"),
        ("A2.8", "Ieders inzet en verantwoordelijkheid zijn vastgelegd.", "vastgelegde prestatieafspraken"),
    ),
    (
        ("A3.1", "Het beleid wordt uitgevoerd.", ""),
        ("A3.2", "Partijen meten het effect van wat zij doen en kennen de uitkomst.", ""),
        ("A3.3", "De uitvoering leidt tot wat was beoogd.", "een stuk waaruit het resultaat blijkt"),
        ("A3.4", "De vraag van werkgevers is het vertrekpunt.", ""),
    ),
)

JA_NEE = "ja · nee"
VRAGEN = (
    (
        ("V1.1", "Heeft de gemeente het initiatief genomen om partijen samen te brengen?", JA_NEE, ""),
        ("V1.2", "Werken afdelingen binnen de gemeente samen?", "ja · intentie · nee", ""),
        ("V1.3", "Werken gemeenten in de regio samen aan arbeidsmarktbeleid?", JA_NEE, ""),
        ("V1.4", "Is er binnen die samenwerking een voortrekker?", JA_NEE, "V1.3 = ja"),
        ("V1.5", "Welke gemeente voert de regie?", "gemeente", "V1.3 = ja"),
        ("V1.6", "Welke vorm heeft de regie?", "faciliterend · beheersend · uitvoerend · visiegericht", "V1.3 = ja"),
        (
            "V1.7",
            "Heeft de voortrekker de partijen rond werk, scholing en zorg bij elkaar gebracht?",
            JA_NEE,
            "V1.4 = ja",
        ),
        ("V1.7a", "Wat heeft dat opgeleverd?", "open", "V1.7 = ja"),
        ("V1.7b", "Waarom niet?", "open", "V1.7 = nee"),
        ("V1.7c", "Komt dat er nog van?", JA_NEE, "V1.7 = nee"),
        ("V1.7d", "Wanneer?", "datum of periode", "V1.7c = ja"),
    ),
    (
        ("V2.1", "Is de regionale arbeidsmarkt met haar knelpunten onderzocht?", JA_NEE, ""),
        ("V2.2", "Is er een regionaal plan?", JA_NEE, ""),
        ("V2.2a", "Waarover gaat het?", "open", "V2.2 = ja"),
        ("V2.2b", "Welke doelen staan erin?", "open", "V2.2 = ja"),
        ("V2.2c", "Langs welke weg wil men die bereiken?", "open", "V2.2 = ja"),
        ("V2.3", "Past het plan bij het landelijke programma?", "ja · deels · nee", "V2.2 = ja"),
        ("V2.4", "Wat is met wie afgesproken?", "lijst van partij en afspraak", ""),
        ("V2.5", "Zijn er prestatieafspraken over ieders inzet en verantwoordelijkheid?", JA_NEE, ""),
    ),
    (
        ("V3.1", "Hoe komen afspraken en doelen in de uitvoering terecht?", "open", ""),
        ("V3.2", "Met welke instrumenten wordt het beleid ondersteund?", "open, met thema's", ""),
        ("V3.3", "Hoe wordt vanuit de vraag van werkgevers gewerkt?", "open", ""),
        ("V3.4", "Welke cijfers, rapporten en adviezen worden gebruikt?", "open, met thema's", ""),
        ("V3.5", "Wat is bekend over de uitkomsten?", "open: voortgang · projecten · vacatures en uitstroom", ""),
    ),
)


def voorbeeld() -> Rapportdocument:
    normen, vragen = [], []
    for onderdeel, punten, lijst in zip(ONDERDELEN, NORMEN, VRAGEN, strict=True):
        normen += [
            Kop(onderdeel),
            Lijst([Post(code, tekst, [("Bewijs", bewijs)] if bewijs else []) for code, tekst, bewijs in punten]),
        ]
        posten = []
        for code, tekst, keuzes, voorwaarde in lijst:
            regels = [("Antwoord", keuzes)] + ([("Gesteld als", voorwaarde)] if voorwaarde else [])
            posten.append(Post(code, tekst, regels, vervolg=code[-1].isalpha()))
        vragen += [Kop(onderdeel), Lijst(posten)]
    return Rapportdocument(
        titel="Regionale samenwerking arbeidsmarktbeleid",
        ondertitel="Eerste fotomoment van de monitor",
        nummer="V08/01",
        datum=date(2008, 6, 1),
        organisatie="Inspectie Werk en Inkomen",
        omschrijving="Stand van de regionale samenwerking bij 13 gemeenten in juni 2008.",
        trefwoorden=("arbeidsmarktbeleid", "regionale samenwerking", "monitor"),
        hoofdstukken=(
            Hoofdstuk(
                "1",
                "Inleiding",
                paragrafen=(
                    Paragraaf("1.1", "Aanleiding", (AANLEIDING,)),
                    Paragraaf("1.2", "Aanpak", (AANPAK, STEEKPROEF, GESPREKKEN)),
                ),
            ),
            Hoofdstuk("2", "Bevindingen", paragrafen=BEVINDINGEN),
            Hoofdstuk("3", "Conclusies", inhoud=CONCLUSIES),
        ),
        afkortingen=(
            ("CWI", "Centrum voor Werk en Inkomen"),
            ("POA", "Platform Onderwijs Arbeidsmarkt"),
            ("RPA", "Regionaal Platform Arbeidsmarktbeleid"),
            ("SUWI", "Wet structuur uitvoeringsorganisatie werk en inkomen"),
            ("UWV", "Uitvoeringsinstituut Werknemersverzekeringen"),
            ("VNG", "Vereniging van Nederlandse Gemeenten"),
        ),
        bijlagen=(
            Bijlage("1", "Aandachtspunten", (t("Aan deze punten is iedere gemeente getoetst."), *normen)),
            Bijlage("2", "Vragenlijst", (t("Deze vragen zijn aan iedere gesprekspartner voorgelegd."), *vragen)),
        ),
        colofon=Colofon(
            regels=(
                ("Rapport", "V08/01, versie 1"),
                ("Ronde", "Fotomoment juni 2008, gesloten op 15 mei 2008"),
                ("Steekproef", "13 gemeenten: 9 voortrekkers en 4 andere"),
                ("Instrument", "versie 2008, 17 vragen en 18 aandachtspunten"),
                ("Gegevensstand", "15 mei 2008"),
                ("SHA-256", "4f2a9c0d7be1568309aa41c5d2e7f6b8013c9d4e5f60718293a4b5c6d7e8f901"),
                ("Lettertype", "Fira Sans, SIL Open Font License 1.1"),
            ),
            slot="Dit rapport bevat fictieve gegevens; het dient om te laten zien hoe een rapport eruitziet.",
        ),
    )


def databestand() -> Databestand:
    inhoud = b"vraag,groep,antwoord,n\r\nV1.2,voortrekker,ja,5\r\nV1.2,voortrekker,intentie,2\r\n"
    return Databestand("uitkomsten.csv", "text/csv", inhoud, "De uitkomsten waarop dit rapport berust")
