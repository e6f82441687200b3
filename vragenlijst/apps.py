from django.apps import AppConfig


class VragenlijstConfig(AppConfig):
    name = "vragenlijst"
    verbose_name = "Vragenlijst"

    def ready(self):
        from regio import lopend_werk
        from vragenlijst import queries_rondes

        lopend_werk.meld_aan(queries_rondes.lopend_werk)
