"""Which stored fields hold personal data (design 4.10). A field that is missing here fails a house test.

`persoonsgegeven`: says something of one person who can be found from it: a gesprekspartner, a user, who did what and when.
`termijn`: the same, of people outside the inspectorate: it goes when the round's term is over (`vragenlijst.bewaartermijn`).
`geen`: everything else. Free text (antwoord, toelichting, citaat, motivatie, reden) is meant for what was said and found, under the
name of a group of actors and never of a person; it is a research record and is kept as one.

What follows from it: personal data are never in uitkomsten, exports or reports; gesprekspartners are shown to the dossier's own
inspectors only; they go when the round's term is over. Who of the inspectorate did what stays with what was done: research records
ten years, end products for ever.
"""

PERSOONSGEGEVEN = "persoonsgegeven"
TERMIJN = "termijn"
GEEN = "geen"


def _velden(*, geen: str = "", persoonsgegeven: str = "", termijn: str = "") -> dict[str, str]:
    return {
        **dict.fromkeys(geen.split(), GEEN),
        **dict.fromkeys(termijn.split(), TERMIJN),
        **dict.fromkeys(persoonsgegeven.split(), PERSOONSGEGEVEN),
    }


# Django's name of the model: its fields. Primary keys called `id` and the tables between two models say nothing by themselves.
VELDEN: dict[str, dict[str, str]] = {
    # --- regio ----------------------------------------------------------------------------------------------------
    "regio.Gebruiker": _velden(
        persoonsgegeven="username naam email password last_login date_joined",
        geen="rol is_active is_staff is_superuser groups user_permissions versie",
    ),
    "regio.TweedeStap": _velden(persoonsgegeven="gebruiker sleutel", geen="laatste_stap aan_op"),
    "regio.Herstelcode": _velden(persoonsgegeven="tweede_stap code", geen="gebruikt_op"),
    "regio.Gemeente": _velden(geen="code naam alias zoeknaam fictief geldig_van geldig_tot versie"),
    "regio.Kenmerken": _velden(
        geen="gemeente geldig_van geldig_tot inwoners inwoners_peildatum randstad voortrekker",
    ),
    "regio.Herindeling": _velden(geen="datum oud nieuw deel hoofdopvolger soort wet toelichting"),
    "regio.Regio": _velden(geen="soort code naam zoeknaam fictief versie"),
    "regio.Lidmaatschap": _velden(geen="gemeente regio geldig_van geldig_tot"),
    "regio.Grens": _velden(geen="gemeente geldig_van vlakken sha256"),
    # Files about places: no person is in them.
    "regio.Inlezing": _velden(
        persoonsgegeven="door uitgevoerd_door",
        geen="soort peildatum bestandsnaam herkend inhoud sha256 op uitgevoerd_op verschil",
    ),
    # Its subject can be a user, whose name and address are then in ding_naam and wijzigingen.
    "regio.Gebeurtenis": _velden(
        persoonsgegeven="wie ding_naam wijzigingen",
        geen="wanneer soort ding_soort ding_id dossier_id van naar reden",
    ),
    # --- vragenlijst ----------------------------------------------------------------------------------------------
    "vragenlijst.Instrument": _velden(geen="code versie naam bron status inleesverslag"),
    "vragenlijst.Onderdeel": _velden(geen="instrument code titel titel_aandachtspunten volgorde"),
    "vragenlijst.Actorgroep": _velden(geen="instrument code naam domein volgorde"),
    "vragenlijst.Vraag": _velden(
        geen="onderdeel code tekst hulp gescande_tekst verplicht soort eenheid decimalen minimum maximum hoofdvraag voorwaarde "
        "vergelijkbaarheid volgorde",
    ),
    "vragenlijst.Keuze": _velden(geen="vraag code naam soort volgorde"),
    "vragenlijst.Bewijssoort": _velden(geen="instrument code naam volgorde"),
    "vragenlijst.Aandachtspunt": _velden(
        geen="onderdeel code tekst kort gescande_tekst bewijs akkoord_door bewijssoorten vragen vergelijkbaarheid volgorde",
    ),
    "vragenlijst.Ronde": _velden(
        geen="naam slug instrument vorige peildatum periode_van periode_tot interviews_voor aanbieden_voor toetsen_voor status "
        "bewaartermijn gewist_op",
    ),
    "vragenlijst.Trekking": _velden(
        geen="ronde zaad algoritme kenmerken verdeling aantal minimum aantallen afbakening getrokken_op",
    ),
    "vragenlijst.Lot": _velden(geen="trekking gemeente stratum plaats vervangt stand reden"),
    "vragenlijst.Dossier": _velden(
        persoonsgegeven="inspecteur tweede_inspecteur toetser",
        geen="ronde gemeente rol status vastgesteld_op inwoners grootteklasse_code randstad",
    ),
    "vragenlijst.Interview": _velden(
        persoonsgegeven="inspecteur tweede_inspecteur",
        termijn="geaccordeerd_door correcties",
        geen="dossier actorgroep datum aanvang duur plaats status geaccordeerd_op versie",
    ),
    "vragenlijst.Gesprekspartner": _velden(persoonsgegeven="interview", termijn="naam functie organisatie"),
    "vragenlijst.Antwoord": _velden(
        persoonsgegeven="gewijzigd_door",
        geen="interview vraag keuze tekst gemeente rijen toelichting citaat thema versie gewijzigd_op",
    ),
    "vragenlijst.Antwoordversie": _velden(
        persoonsgegeven="wie",
        geen="antwoord versie inhoud sleutel wanneer reden",
    ),
    # The verslag holds no names: those of its interview are read when it is printed.
    "vragenlijst.Gespreksverslag": _velden(
        persoonsgegeven="gemaakt_door",
        geen="interview nummer inhoud sha256 gemaakt_op",
    ),
    "vragenlijst.Intentie": _velden(
        persoonsgegeven="gewijzigd_door",
        geen="antwoord omschrijving horizon versie gewijzigd_op",
    ),
    "vragenlijst.Opvolging": _velden(
        persoonsgegeven="gewijzigd_door",
        geen="intentie dossier uitkomst toelichting versie gewijzigd_op",
    ),
    # Who agreed is a body (het college), as the norms ask. The file is evidence; one that names people says so, and goes in time.
    "vragenlijst.Bewijsstuk": _velden(
        termijn="bestand bestandsnaam",
        geen="dossier soort titel datum akkoord_door akkoord_op vindplaats deelnemers mediatype grootte sha256 "
        "persoonsgegevens gewist_op vervangt versie",
    ),
    "vragenlijst.Opmerking": _velden(
        persoonsgegeven="door afgehandeld_door",
        geen="dossier vraag aandachtspunt tekst op reactie afgehandeld_op",
    ),
    "vragenlijst.Uitzondering": _velden(persoonsgegeven="door", geen="dossier sleutel wat vragen reden op"),
    "vragenlijst.Bevinding": _velden(
        persoonsgegeven="gewijzigd_door",
        geen="dossier vraag keuze tekst gemeente rijen stand motivatie vervallen te_herzien versie gewijzigd_op",
    ),
    "vragenlijst.Beoordeling": _velden(
        persoonsgegeven="gewijzigd_door",
        geen="dossier aandachtspunt oordeel motivering bewijs_vereist bewijsstuk bewijsplaats te_herzien versie gewijzigd_op",
    ),
    # --- rapportage -----------------------------------------------------------------------------------------------
    "rapportage.Thema": _velden(geen="ronde vraag ouder naam bevindingen"),
    "rapportage.Codering": _velden(persoonsgegeven="door", geen="thema bevinding op"),
    "rapportage.Kwantorband": _velden(geen="ronde volgorde woord aandeel tot_en_met hoogstens"),
    # What it freezes holds no names of people: municipalities, findings and judgements.
    "rapportage.Fotomoment": _velden(persoonsgegeven="gemaakt_door", geen="ronde versie inhoud sha256 gemaakt_op"),
    "rapportage.Rapport": _velden(
        geen="ronde titel ondertitel nummer datum status versie met_verantwoording wederhoor_tot aangeboden_op openbaar_op "
        "erratum",
    ),
    "rapportage.Uitspraak": _velden(geen="passage volgorde tekst maat x n gelezen_op"),
    "rapportage.Afwijking": _velden(persoonsgegeven="door", geen="rapport passage soort fragment reden op"),
    "rapportage.Aantekening": _velden(
        persoonsgegeven="door afgehandeld_door",
        geen="passage fragment tekst op afgehandeld_op",
    ),
    # Who reacts is a body (a municipality, the UWV), not a person.
    "rapportage.Wederhoorreactie": _velden(
        persoonsgegeven="behandeld_door",
        geen="rapport passage partij ontvangen_op fragment soort tekst besluit motivering behandeld_op versie",
    ),
    "rapportage.Uitgave": _velden(
        persoonsgegeven="gemaakt_door",
        geen="rapport versie fotomoment pdf sha256 gegevens sjabloon erratum gemaakt_op",
    ),
    "rapportage.Passage": _velden(
        persoonsgegeven="gewijzigd_door",
        geen="rapport plaats onderdeel tekst versie gewijzigd_op",
    ),
    "rapportage.Passageversie": _velden(persoonsgegeven="wie", geen="passage versie tekst sleutel wanneer"),
    # --- not ours: logging in, sessions, Django's own --------------------------------------------------------------
    "axes.AccessAttempt": _velden(
        persoonsgegeven="username ip_address user_agent http_accept get_data post_data",
        geen="path_info attempt_time failures_since_start",
    ),
    "axes.AccessAttemptExpiration": _velden(geen="access_attempt expires_at"),
    "axes.AccessLog": _velden(
        persoonsgegeven="username ip_address user_agent http_accept session_hash logout_time",
        geen="path_info attempt_time",
    ),
    "axes.AccessFailureLog": _velden(
        persoonsgegeven="username ip_address user_agent http_accept",
        geen="path_info attempt_time locked_out",
    ),
    "sessions.Session": _velden(persoonsgegeven="session_key session_data", geen="expire_date"),
    "admin.LogEntry": _velden(
        persoonsgegeven="user object_repr change_message",
        geen="action_time content_type object_id action_flag",
    ),
    "auth.Group": _velden(geen="name permissions"),
    "auth.Permission": _velden(geen="name content_type codename"),
    "contenttypes.ContentType": _velden(geen="app_label model"),
}
