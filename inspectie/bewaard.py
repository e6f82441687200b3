"""What was typed in a form whose session had expired: kept inside the login page, offered again after logging in.

Nothing is stored on the server, since nobody is known yet: the fields travel, signed, in a hidden field of the login form.
After logging in the visitor gets a page that sends them again, on a click, to the page they were meant for; that page decides
about rights as always.
"""

from django.core import signing
from django.shortcuts import render

ZOUT = "inspectie.bewaard"
BEWAARTERMIJN = 60 * 60  # seconds between coming back and having logged in
NIET_BEWAREN = {"csrfmiddlewaretoken"}


def bied_inloggen_aan(request):
    """The login page, with the posted fields inside. Files cannot be kept; the page says so when there were any."""
    from inspectie.forms import InlogForm

    velden = {naam: request.POST.getlist(naam) for naam in request.POST if naam not in NIET_BEWAREN}
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
