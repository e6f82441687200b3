"""Fixtures of this room only."""

import pytest


@pytest.fixture(scope="session")
def invulwereld(django_db_setup, django_db_blocker, tmp_path_factory):
    """One server for all tests of filling in, in whichever file; see `invullen.py`."""
    from inspectie.tests.invullen import maak_wereld

    with django_db_blocker.unblock():
        wereld = maak_wereld(tmp_path_factory.mktemp("server"))
        yield wereld
        wereld.server.ruim_op()


@pytest.fixture
def plek(new_context, invulwereld):
    """`plek("ina")`: somebody at a browser of their own; all in the same interview."""
    from inspectie.tests.invullen import Plek

    gemaakt, interview = [], next(invulwereld.interviews)

    def maak(naam: str = "", **opties) -> Plek:
        gemaakt.append(Plek(new_context(**opties), invulwereld, interview))
        return gemaakt[-1].log_in(naam) if naam else gemaakt[-1]

    yield maak
    assert [fout for een in gemaakt for fout in een.fouten] == []
