"""What an action says when it does not do what was asked."""

from django.db import models


class Geweigerd(Exception):
    """What was asked cannot be done now; `redenen` are sentences for the page."""

    def __init__(self, redenen: list[str]):
        super().__init__(" ".join(redenen))
        self.redenen = redenen


class Conflict(Exception):
    """Someone else saved in the meantime; `opgeslagen` is what stands there now. Nothing was written."""

    def __init__(self, opgeslagen: models.Model | None):
        super().__init__("Ondertussen door een ander gewijzigd.")
        self.opgeslagen = opgeslagen
