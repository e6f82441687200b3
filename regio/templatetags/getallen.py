"""Numbers as they are written in Dutch. Not a setting: that would also put points in codes and keys."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def getal(waarde: int | None) -> str:
    """12130 → 12.130; what is not known is "onbekend"."""
    return "onbekend" if waarde is None else number_format(waarde, force_grouping=True)
