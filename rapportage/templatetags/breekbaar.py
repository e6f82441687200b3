"""Text of the instrument on a narrow screen."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def breekbaar(tekst: str) -> SafeString:
    """The text with a chance to break after each slash: "benchmarks/monitors/onderzoekrapporten" is one word otherwise."""
    return format_html_join(mark_safe("/<wbr>"), "{}", ((deel,) for deel in str(tekst).split("/")))
