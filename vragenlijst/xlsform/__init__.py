"""XLSForm, the questionnaire format of KoboToolbox and ODK, read into our own. Pure, no Django: `vertaal(lees_xlsx(inhoud), naam)`."""

from vragenlijst.xlsform.melding import Ernst, Formulierfout, Melding
from vragenlijst.xlsform.vertaling import Vertaling, vertaal

__all__ = ["Ernst", "Formulierfout", "Melding", "Vertaling", "vertaal"]
