"""Writes over more than one model. Each is one transaction with its history row; nothing is saved outside it."""

from vragenlijst.actions.antwoorden import Opgeslagen, antwoord_opslaan, controleer
from vragenlijst.actions.bevindingen import bevinding_vastleggen, herbereken_routering, neem_eensluidende_over
from vragenlijst.actions.bewijs import bewijsstuk_opslaan, bewijsstuk_opvragen
from vragenlijst.actions.fouten import Conflict, Geweigerd
from vragenlijst.actions.oordeel import beoordelen
from vragenlijst.actions.rondes import Toewijzing, ronde_vullen
from vragenlijst.actions.status import mag_zetten, op_slot, zet_status
from vragenlijst.actions.verslag import Akkoord, leg_inzage_vast

__all__ = [
    "Akkoord",
    "Conflict",
    "Geweigerd",
    "Opgeslagen",
    "Toewijzing",
    "antwoord_opslaan",
    "beoordelen",
    "bevinding_vastleggen",
    "bewijsstuk_opslaan",
    "bewijsstuk_opvragen",
    "controleer",
    "herbereken_routering",
    "leg_inzage_vast",
    "mag_zetten",
    "neem_eensluidende_over",
    "op_slot",
    "ronde_vullen",
    "zet_status",
]
