"""Markdown of the analyst → safe HTML, for the screen and for paper, with Dutch typography.

Two outputs of one text: on the screen footnotes stand at the end of the passage, on paper each stands at the foot of its
page, so there the note is put where its reference was and the style sheet floats it down. On paper the address of a link
becomes a footnote as well. Words that are bound to a maat (`rapportage.uitspraken`) are on paper just words; on the screen they
lead to the dossiers. No Django here; raw HTML, images and code are not part of the language.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from rapportage.uitspraken.ontleden import GEBONDEN

SCHEMAS = {"http", "https", "mailto"}
KOPPEN = {"h3", "h4", "h5", "h6"}
TEKST = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}

HARD = "\N{NO-BREAK SPACE}"
MAANDEN = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
EENHEDEN = "procent|euro|jaar|maanden|weken|uur|km|m²|miljoen|miljard"
VERWIJZINGEN = "art\\.|artikel|par\\.|paragraaf|hoofdstuk|bijlage|tabel|figuur|blz\\.|p\\.|nr\\.|lid|noot"
BIJEEN = (
    re.compile(rf"\b({VERWIJZINGEN}) (?=[\dIVX])", re.IGNORECASE),
    re.compile(rf"(\d) (?=({EENHEDEN}|{MAANDEN})\b)"),
    re.compile(r"(\d) (?=%)"),
    re.compile(r"(€) (?=\d)"),
    re.compile(r"(?<=\d)( van) (?=\d)"),
    re.compile(r"\b([ndo]\.[a-z]\.|d\.d\.) (?=\d)"),
)


def typografie(tekst: str, vorig: str = "") -> str:
    """Plain text with Dutch quotation marks, dashes, ellipses and spaces that do not break.

    `vorig` is the character before `tekst`, for a quotation mark that directly follows bold or italic text.
    """
    tekst = tekst.replace("...", "…").replace("---", "–").replace("--", "–")
    tekst = re.sub(r"(?<=\s)-(?=\s)", "–", tekst)
    tekst = re.sub(r"(?<![\d/-])(\d{4})-(\d{4})(?![\d-])", r"\1–\2", tekst)
    tekst = _aanhalingstekens(tekst, vorig)
    tekst = re.sub(r" (?=–\s)", HARD, tekst)
    for patroon in BIJEEN:
        tekst = patroon.sub(lambda m: m[1].replace(" ", HARD) + HARD, tekst)
    return tekst


def _aanhalingstekens(tekst: str, vorig: str) -> str:
    # ’s-Gravenhage, ’t, ’n and ’08 begin with an apostrophe, which looks like a closing mark.
    tekst = re.sub(r"(?<!\w)'(?=(?:s|t|n|k|m)\b|\d\d\b(?!\d))", "’", tekst)
    uit = []
    for teken in tekst:
        opent = not vorig or vorig.isspace() or vorig in "([{–/‘“"
        if teken == "'":
            teken = "‘" if opent else "’"
        elif teken == '"':
            teken = "“" if opent else "”"
        uit.append(teken)
        vorig = teken
    return "".join(uit)


def scherm(tekst: str, voorvoegsel: str = "", kop: int = 4, adres: Callable[[str], str] | None = None) -> str:
    """HTML for the screen. `voorvoegsel` keeps the ids of the footnotes of two passages on a page apart; `kop` is the
    level (3 to 6) of the highest heading in the text; `adres` gives the page of a maat."""
    html = _markdown(_noten_onderaan).render(tekst, {"kop": kop, "voorvoegsel": voorvoegsel, "adres": adres})
    return nh3.clean(
        html,
        tags=TEKST | KOPPEN | {"sup"},
        attributes={
            "a": {"href", "id", "class", "aria-label"},
            "li": {"id"},
            "ol": {"class", "start"},
            "sup": {"class"},
        },
        url_schemes=SCHEMAS,
        link_rel="noopener noreferrer",
    ).strip()


def druk(tekst: str, kop: int = 3) -> str:
    """HTML for paper, with every footnote as `<span class="noot">` at the place of its reference."""
    return zuiver(_markdown(_noten_ter_plaatse).render(tekst, {"kop": kop}))


def zuiver(html: str) -> str:
    """What may be printed of any HTML: text, lists, headings, links and footnotes."""
    return nh3.clean(
        html,
        tags=TEKST | KOPPEN | {"span"},
        attributes={"a": {"href"}, "ol": {"start"}},
        allowed_classes={"span": {"noot"}},
        url_schemes=SCHEMAS,
        link_rel=None,
    ).strip()


@lru_cache(maxsize=2)
def _markdown(noten: Callable[[MarkdownIt], None]) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False})
    md.disable(["code", "fence", "lheading", "hr", "backticks", "image"])
    md.use(footnote_plugin)
    md.validateLink = lambda url: url.partition(":")[0].lower() in SCHEMAS
    md.inline.ruler.before("link", "uitspraak", _uitspraak)
    md.add_render_rule("uitspraak_open", _uitspraak_open)
    md.add_render_rule("uitspraak_close", lambda self, tokens, idx, options, env: "</a>" if env.get("adres") else "")
    md.core.ruler.push("koppen", _koppen)
    md.core.ruler.push("typografie", _typografie_van)
    noten(md)
    return md


def _uitspraak(state, stil: bool) -> bool:
    """Words bound to a maat: `[de meeste gemeenten]{V1.1=ja}`."""
    if state.src[state.pos] != "[" or not (m := GEBONDEN.match(state.src, state.pos, state.posMax)):
        return False
    if not stil:
        tot = state.posMax
        state.push("uitspraak_open", "a", 1).meta = {"maat": " ".join(m["maat"].split())}
        state.pos, state.posMax = m.start("tekst"), m.end("tekst")
        state.md.inline.tokenize(state)
        state.push("uitspraak_close", "a", -1)
        state.posMax = tot
    state.pos = m.end()
    return True


def _uitspraak_open(self, tokens, idx, options, env) -> str:
    adres = env.get("adres")
    return f'<a class="uitspraak" href="{escapeHtml(adres(tokens[idx].meta["maat"]))}">' if adres else ""


def _koppen(state) -> None:
    """Headings start at the level that is free below the passage's own heading, and never skip a level."""
    open_koppen = [token for token in state.tokens if token.type == "heading_open"]
    if not open_koppen:
        return
    basis = state.env.get("kop", 3)
    hoogste = min(int(token.tag[1]) for token in open_koppen)
    vorige = basis - 1
    for token in state.tokens:
        if token.type == "heading_open":
            vorige = min(basis + int(token.tag[1]) - hoogste, vorige + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{vorige}"


def _typografie_van(state) -> None:
    for blok in state.tokens:
        vorig, in_adres = "", False
        for token in blok.children or ():
            if token.type in ("link_open", "link_close"):
                in_adres = token.type == "link_open" and token.info == "auto"
            elif token.type == "text" and token.content:
                token.content = token.content if in_adres else typografie(token.content, vorig)
                vorig = token.content[-1]
            elif token.type in ("softbreak", "hardbreak"):
                vorig = " "


def _tekst_van(tokens: Iterable[Token]) -> str:
    return "".join(token.content for token in tokens if token.type == "text")


# Screen: notes at the end of the passage.


def _noten_onderaan(md: MarkdownIt) -> None:
    def verwijzing(self, tokens, idx, options, env):
        nummer, keer = tokens[idx].meta["id"] + 1, tokens[idx].meta["subId"]
        terug = f"{env['voorvoegsel']}verwijzing-{nummer}" + (f"-{keer + 1}" if keer else "")
        return (
            f'<sup class="nootverwijzing"><a href="#{env["voorvoegsel"]}noot-{nummer}" id="{terug}"'
            f' aria-label="voetnoot {nummer}">{nummer}</a></sup>'
        )

    def open_noot(self, tokens, idx, options, env):
        return f'<li id="{env["voorvoegsel"]}noot-{tokens[idx].meta["id"] + 1}">'

    def terugweg(self, tokens, idx, options, env):
        nummer = tokens[idx].meta["id"] + 1
        if tokens[idx].meta["subId"]:
            return ""
        return (
            f' <a class="terug" href="#{env["voorvoegsel"]}verwijzing-{nummer}"'
            f' aria-label="terug naar verwijzing {nummer}">↑</a>'
        )

    md.add_render_rule("footnote_ref", verwijzing)
    md.add_render_rule("footnote_block_open", lambda *_: '<ol class="voetnoten">')
    md.add_render_rule("footnote_block_close", lambda *_: "</ol>")
    md.add_render_rule("footnote_open", open_noot)
    md.add_render_rule("footnote_close", lambda *_: "</li>")
    md.add_render_rule("footnote_anchor", terugweg)


# Paper: notes where they are referred to.


def _noten_ter_plaatse(md: MarkdownIt) -> None:
    md.core.ruler.push("noten", _zet_noten_ter_plaatse)
    # The printer does not collapse a line end inside a note that it floats to the foot of the page.
    md.add_render_rule("softbreak", lambda *_: " ")
    md.add_render_rule("noot", lambda self, tokens, idx, options, env: _noot(self, tokens[idx].children, options, env))
    md.add_render_rule(
        "haakjes",
        lambda self, tokens, idx, options, env: f" ({self.renderInline(tokens[idx].children, options, env)})",
    )


def _noot(renderer, kinderen, options, env) -> str:
    return f'<span class="noot">{renderer.renderInline(kinderen, options, env)}</span>'


def _zet_noten_ter_plaatse(state) -> None:
    noten, rest, huidige = {}, [], None
    for token in state.tokens:
        if token.type == "footnote_open":
            huidige = noten.setdefault(token.meta["id"], [])
        elif token.type == "footnote_close":
            huidige = None
        elif huidige is not None:
            if token.type == "inline":
                huidige.append(token.children)
        elif not token.type.startswith("footnote_block"):
            rest.append(token)
    for token in rest:
        if token.children:
            token.children = list(_ter_plaatse(token.children, noten, in_noot=False))
    state.tokens = rest


def _ter_plaatse(tokens, noten, in_noot: bool):
    """The tokens with every reference replaced by its note. Paper knows no note within a note: that one goes between
    brackets, and so does the address of a link in a note."""
    tokens, soort, begin = list(tokens), "haakjes" if in_noot else "noot", 0
    for positie, token in enumerate(tokens):
        if token.type == "footnote_anchor":
            continue
        if token.type == "footnote_ref":
            # A note that refers to itself would never end: seen once on this road, it is left out.
            alineas = noten.get(token.meta["id"])
            if not alineas:
                continue
            overige = {id_: inhoud for id_, inhoud in noten.items() if id_ != token.meta["id"]}
            yield _samengesteld(soort, _ter_plaatse(_achter_elkaar(alineas), overige, in_noot=True))
            continue
        yield token
        if token.type == "link_open":
            begin = positie
        elif token.type == "link_close":
            adres = tokens[begin].attrGet("href").removeprefix("mailto:")
            if _tekst_van(tokens[begin:positie]).removeprefix("mailto:") != adres:
                tekst = Token("text", "", 0, content=adres)
                yield _samengesteld(soort, [tekst])


def _achter_elkaar(alineas):
    for nummer, alinea in enumerate(alineas):
        if nummer:
            yield Token("text", "", 0, content=" ")
        yield from alinea


def _samengesteld(soort: str, kinderen) -> Token:
    token = Token(soort, "", 0)
    token.children = list(kinderen)
    return token
