"""What was typed in a form whose session had expired: kept inside the login page, offered again after logging in.

Nothing is stored on the server, since nobody is known yet: the fields travel, signed, in a hidden field of the login form.
After logging in the visitor gets a page that sends them again, on a click, to the page they were meant for; that page decides
about rights as always.
"""

import re

from django.core import signing
from django.shortcuts import render

ZOUT = "inspectie.bewaard"
BEWAARTERMIJN = 60 * 60  # seconds between coming back and having logged in
NIET_BEWAREN = re.compile(r"password|wachtwoord|^csrfmiddlewaretoken$")
NIET_TONEN = re.compile(r"password|wachtwoord|^bewaard$|^next$|^csrfmiddlewaretoken$")
SLEUTEL = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


def bied_inloggen_aan(request):
    """The login page, with the posted fields inside. Files cannot be kept; the page says so when there were any."""
    from inspectie.forms import InlogForm

    velden = {naam: request.POST.getlist(naam) for naam in request.POST if not NIET_BEWAREN.search(naam)}
    pakket = signing.dumps({"pad": request.get_full_path(), "velden": velden}, salt=ZOUT, compress=True)
    return render(
        request,
        "inspectie/inloggen.html",
        {"form": InlogForm(request), "next": "", "bewaard": pakket, "bestanden_verloren": bool(request.FILES)},
        status=401,
    )


def pak_uit(pakket: str) -> dict | None:
    """`{"pad": …, "velden": {name: [values]}}` of a package that we signed ourselves less than an hour ago, or None."""
    try:
        return signing.loads(pakket, salt=ZOUT, max_age=BEWAARTERMIJN)
    except signing.BadSignature:
        return None


def getypt(velden: dict[str, list[str]]) -> list[tuple[str, str]]:
    """What somebody would miss of these fields, as (name, text): no passwords, keys, numbers of choices or empty fields."""
    return [
        (re.sub(r"[-_]+", " ", naam).capitalize(), tekst)
        for naam, teksten in velden.items()
        for tekst in teksten
        if re.search(r"[^\W\d_]|\d-\d", tekst) and not NIET_TONEN.search(naam) and not SLEUTEL.fullmatch(tekst)
    ]
