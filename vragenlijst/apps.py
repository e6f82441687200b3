from django.apps import AppConfig


class VragenlijstConfig(AppConfig):
    name = "vragenlijst"
    verbose_name = "Vragenlijst"

    def ready(self):
        from regio import deelname, lopend_werk
        from vragenlijst.queries import deelname as queries_deelname
        from vragenlijst.queries import rondes as queries_rondes

        lopend_werk.meld_aan(queries_rondes.lopend_werk)
        deelname.meld_aan(peildagen=queries_deelname.peildagen, deelnames=queries_deelname.deelnames)
