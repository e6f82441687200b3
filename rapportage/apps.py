from django.apps import AppConfig


class RapportageConfig(AppConfig):
    name = "rapportage"
    verbose_name = "Rapportage"

    def ready(self):
        from rapportage import actions_fotomoment, actions_kwantoren
        from vragenlijst.actions.status import meld_gevolg

        meld_gevolg("ronde", "open", actions_kwantoren.neem_banden_over)
        meld_gevolg("ronde", "gesloten", actions_fotomoment.maak_fotomoment)
