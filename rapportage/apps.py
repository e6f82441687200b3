from django.apps import AppConfig


class RapportageConfig(AppConfig):
    name = "rapportage"
    verbose_name = "Rapportage"

    def ready(self):
        """What a step in a status brings about here, what stands in its way and what it fixes."""
        from rapportage.actions import fotomoment as actions_fotomoment
        from rapportage.actions import kwantoren as actions_kwantoren
        from rapportage.actions import uitgave as actions_uitgave
        from rapportage.forms.status import OpenbaarForm
        from rapportage.queries import status as queries_status
        from rapportage.queries.bewaartermijn import begin_van_de_termijn
        from vragenlijst.actions.status import meld_gevolg
        from vragenlijst.bewaartermijn import meld_begin
        from vragenlijst.bezwaren import meld_controle
        from vragenlijst.forms.status import EIGEN_FORMULIER
        from vragenlijst.gevolgen import meld_waarschuwing

        meld_begin(begin_van_de_termijn)
        meld_gevolg("ronde", "open", actions_kwantoren.neem_banden_over)
        meld_gevolg("ronde", "gesloten", actions_fotomoment.maak_fotomoment)
        meld_gevolg("rapport", "wederhoor", actions_uitgave.begin_wederhoor)
        meld_gevolg("rapport", "vastgesteld", actions_uitgave.geef_uit)
        meld_gevolg("rapport", "aangeboden", actions_uitgave.bied_aan)
        meld_gevolg("rapport", "openbaar", actions_uitgave.maak_openbaar)
        meld_gevolg("rapport", "concept", actions_uitgave.heropen)
        meld_controle("rapport", "wederhoor", queries_status.tegen_wederhoor)
        meld_controle("rapport", "vastgesteld", queries_status.tegen_vaststellen)
        meld_waarschuwing("ronde", "gesloten", queries_status.bij_sluiten)
        meld_waarschuwing("rapport", "wederhoor", queries_status.bij_wederhoor)
        meld_waarschuwing("rapport", "vastgesteld", queries_status.bij_vaststellen)
        meld_waarschuwing("rapport", "aangeboden", queries_status.bij_aanbieden)
        EIGEN_FORMULIER["rapport", "aangeboden", "openbaar"] = OpenbaarForm
