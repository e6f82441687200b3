"""The second step of logging in: a code of six digits that an app makes every half minute (RFC 6238), or one of ten recovery codes.

Optional for everyone; required of who manages people when the installation says so (`TWEEDE_STAP=verplicht`). See besluit 0048.
"""

import re
import secrets
import time

import pyotp
import segno
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from regio.gebeurtenissen import leg_vast
from regio.models import Gebeurtenis, Gebruiker, Herstelcode, TweedeStap
from regio.rechten import Recht

UITGEVER = "Monitor arbeidsmarkt"
STAP = 30  # seconds
SPELING = 1  # steps that a clock may be behind or ahead
AANTAL_HERSTELCODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
WAT = "Tweede stap bij het inloggen"
ZOUT = "regio.herstelcode"


def nieuwe_sleutel() -> str:
    """A key of 160 bits, in the letters in which people type it."""
    return pyotp.random_base32()


def in_groepen(sleutel: str) -> str:
    return " ".join(re.findall(".{1,4}", sleutel))


def qr_pad(gebruiker: Gebruiker, sleutel: str) -> tuple[str, int]:
    """The QR code that an app scans, as the path of an SVG, and how many squares it is wide."""
    adres = pyotp.TOTP(sleutel, interval=STAP).provisioning_uri(name=gebruiker.username, issuer_name=UITGEVER)
    rijen = [list(rij) for rij in segno.make(adres, error="m").matrix_iter(border=4)]
    pad = "".join(f"M{x} {y}h1v1h-1z" for y, rij in enumerate(rijen) for x, zwart in enumerate(rij) if zwart)
    return pad, len(rijen)


def heeft(gebruiker: Gebruiker) -> bool:
    return TweedeStap.objects.filter(gebruiker=gebruiker).exists()


def is_verplicht(gebruiker: Gebruiker) -> bool:
    return settings.TWEEDE_STAP == "verplicht" and gebruiker.heeft(Recht.GEBRUIKERS_BEHEREN)


def passende_stap(sleutel: str, code: str, na: int, *, nu: float | None = None) -> int | None:
    """The time step whose code this is: now, the one before or after, and later than `na`, since a code works once."""
    nu_stap = int(time.time() if nu is None else nu) // STAP
    for stap in range(nu_stap - SPELING, nu_stap + SPELING + 1):
        if stap > na and constant_time_compare(pyotp.TOTP(sleutel, interval=STAP).generate_otp(stap), code):
            return stap
    return None


@transaction.atomic
def zet_aan(gebruiker: Gebruiker, sleutel: str, code: str) -> list[str] | None:
    """Switch it on with the first code, and give the recovery codes, which are shown once. None when the code is not right."""
    stap = passende_stap(sleutel, _kaal(code), na=-1)
    if stap is None:
        return None
    Gebruiker.objects.select_for_update().get(pk=gebruiker.pk)
    TweedeStap.objects.filter(gebruiker=gebruiker).delete()
    tweede = TweedeStap.objects.create(gebruiker=gebruiker, sleutel=sleutel, laatste_stap=stap)
    leg_vast(gebruiker, Gebeurtenis.Soort.GEWIJZIGD, gebruiker, wijzigingen={WAT: [False, True]})
    return _nieuwe_herstelcodes(tweede)


@transaction.atomic
def klopt(gebruiker: Gebruiker, code: str) -> bool:
    """Whether this code lets this person in now. It never does so again: not the six digits, and not a recovery code."""
    tweede = TweedeStap.objects.select_for_update(of=("self",)).filter(gebruiker=gebruiker).first()
    if tweede is None:
        return False
    code = _kaal(code)
    if len(code) == 6 and code.isascii() and code.isdigit():
        stap = passende_stap(tweede.sleutel, code, na=tweede.laatste_stap)
        if stap is None:
            return False
        tweede.laatste_stap = stap
        tweede.save(update_fields=["laatste_stap"])
        return True
    gebruikt = tweede.herstelcodes.filter(code=_hash(code), gebruikt_op=None).update(gebruikt_op=timezone.now())
    if gebruikt:
        over = tweede.herstelcodes.filter(gebruikt_op=None).count()
        leg_vast(gebruiker, Gebeurtenis.Soort.GEWIJZIGD, gebruiker, wijzigingen={"Herstelcodes over": [over + 1, over]})
    return bool(gebruikt)


def probeer(request, gebruiker: Gebruiker, code: str) -> bool:
    """`klopt`, where axes counts a wrong code with the wrong passwords; its middleware answers when there were too many."""
    wie = {"username": gebruiker.username}
    if not AxesProxyHandler.is_allowed(request, wie):
        request.axes_locked_out = True
        return False
    if klopt(gebruiker, code):
        return True
    user_login_failed.send(sender=__name__, credentials=wie, request=request)
    return False


@transaction.atomic
def vernieuw_herstelcodes(gebruiker: Gebruiker) -> list[str]:
    """Ten new ones; those of before are worth nothing any more."""
    tweede = TweedeStap.objects.select_for_update(of=("self",)).get(gebruiker=gebruiker)
    leg_vast(gebruiker, Gebeurtenis.Soort.GEWIJZIGD, gebruiker, wijzigingen={"Herstelcodes": ["•••", "•••"]})
    return _nieuwe_herstelcodes(tweede)


@transaction.atomic
def zet_uit(gebruiker: Gebruiker, wie: Gebruiker) -> bool:
    """Switch it off, by oneself or by a beheerder for who lost their telephone. Whether there was something to switch off."""
    weg, _ = TweedeStap.objects.filter(gebruiker=gebruiker).delete()
    if weg:
        leg_vast(gebruiker, Gebeurtenis.Soort.GEWIJZIGD, wie, wijzigingen={WAT: [True, False]})
    return bool(weg)


def _nieuwe_herstelcodes(tweede: TweedeStap) -> list[str]:
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(AANTAL_HERSTELCODES)]
    tweede.herstelcodes.all().delete()
    Herstelcode.objects.bulk_create(Herstelcode(tweede_stap=tweede, code=_hash(code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _kaal(code: str) -> str:
    return re.sub(r"[\s-]", "", code).lower()


def _hash(code: str) -> str:
    """Fifty random bits need no slow hash; without SECRET_KEY nobody can try them on a stolen copy."""
    return salted_hmac(ZOUT, code, algorithm="sha256").hexdigest()
