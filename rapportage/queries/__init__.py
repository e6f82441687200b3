"""Reads over several models. Frozen dataclasses out, a fixed number of queries whatever the number of rows."""

from rapportage.queries.tellingen import (
    bezocht,
    bezwaren_tegen_rapport,
    steekproef,
    uitkomsten,
    vraaguitkomst,
)

__all__ = [
    "bezocht",
    "bezwaren_tegen_rapport",
    "steekproef",
    "uitkomsten",
    "vraaguitkomst",
]
