"""Fixtures of this room only."""

import pytest


@pytest.fixture
def persona(request):
    """The user fixture that a test names as parameter."""
    return request.getfixturevalue(request.param)
