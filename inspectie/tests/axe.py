"""What a browser test asks of every page: no accessibility violation, nothing wider than the screen, nothing blocked.

def test_pagina(page, live_server, inspecteur, client):
    log_in(page, live_server, inspecteur, client)
    bekijk(page, live_server.url + "/werk/")
"""

from django.conf import settings

BREEDTES = (1280, 390)
AXE = settings.NODE_MODULES / "axe-core" / "axe.min.js"
# Without preload axe fetches no style sheets through inline styles, which our content security policy would report. All rules
# run; only of what is wrong the elements are described and sent over, which makes it four times as fast.
OPTIES = "{preload: false, resultTypes: ['violations']}"
# What a page does when its size changes (tabel.js) it does between two frames.
NA_HET_TEKENEN = "new Promise(klaar => requestAnimationFrame(() => requestAnimationFrame(klaar)))"


def axe(page) -> None:
    """Assert that axe-core finds no violation on the page as it now is (WCAG and best practices)."""
    page.evaluate(NA_HET_TEKENEN)
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    overtredingen = page.evaluate(f"axe.run({OPTIES}).then(uitkomst => uitkomst.violations)")
    fouten = [
        f"{fout['id']}: {fout['help']}\n    " + "\n    ".join(knoop["html"][:200] for knoop in fout["nodes"])
        for fout in overtredingen
    ]
    assert not fouten, f"{page.url}\n" + "\n".join(fouten)


def past(page) -> None:
    """Assert that the page does not scroll sideways."""
    breedte = page.viewport_size["width"]
    inhoud = page.evaluate("document.documentElement.scrollWidth")
    assert inhoud <= breedte, f"{page.url} is {inhoud} px breed op een scherm van {breedte} px"


def bekijk_op_elke_breedte(page) -> None:
    """The page as it now is, on a laptop and on a phone."""
    for breedte in BREEDTES:
        page.set_viewport_size({"width": breedte, "height": 900})
        axe(page)
        past(page)


def bekijk(page, adres: str) -> None:
    """Open the page on a laptop and on a phone; assert that axe, the width and the browser's console have no objection.

    A refused status (404, 403, 429, …) is no objection: those pages are designed too.
    """
    meldingen = []
    page.on("console", lambda melding: meldingen.append(melding.text) if melding.type == "error" else None)
    page.on("pageerror", lambda fout: meldingen.append(str(fout)))
    page.set_viewport_size({"width": BREEDTES[0], "height": 900})
    page.goto(adres)
    bekijk_op_elke_breedte(page)
    bezwaren = [melding for melding in meldingen if "the server responded with a status of" not in melding]
    assert not bezwaren, f"{adres}\n" + "\n".join(bezwaren)


def log_in(page, live_server, gebruiker, client) -> None:
    """Give the browser a session of this person, without the login page."""
    client.force_login(gebruiker)
    koekje = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": koekje, "url": live_server.url}])
