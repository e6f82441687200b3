from django.apps import AppConfig


class InspectieConfig(AppConfig):
    name = "inspectie"
    verbose_name = "Inspectie"
