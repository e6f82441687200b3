"""What of the coderingen on a finding is shown to whom."""

from django import template

register = template.Library()


@register.filter
def van_collegas(coderingen, wie):
    """The coderingen by others than this person, themselves known."""
    return [codering for codering in coderingen if codering.door_id not in (wie.pk, None)]
