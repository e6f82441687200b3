"""A value as it is kept in history, in the words of a reader. Pure, no Django."""

import re


def leesbaar(waarde, leeg: str = "leeg") -> str:
    """`waarde` for people: dates day first, numbers with points, yes and no; `leeg` says what stands for nothing."""
    if waarde is None or waarde == "":
        return leeg
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, int):
        return f"{waarde:,}".replace(",", ".")
    if isinstance(waarde, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", waarde):
        return "-".join(reversed(waarde.split("-")))
    return str(waarde)
