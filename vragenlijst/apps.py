from django.apps import AppConfig


class VragenlijstConfig(AppConfig):
    name = "vragenlijst"
    verbose_name = "Vragenlijst"
