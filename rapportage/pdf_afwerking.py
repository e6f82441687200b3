"""What WeasyPrint leaves undone on the way to one file that is PDF/UA-1 and PDF/A-3a, and pleasant to hear.

WeasyPrint tags page by page. Here the tags become those of a document: a paragraph or a table that runs over a page is one
element again, a footnote stands behind its reference, the contents list is a TOC, header cells say what they head, and what
is repeated on every page (running headers, table heads) is an artifact that a screen reader skips.

`bereid_voor` works on the pages before they are written, `werk_af` is WeasyPrint's `finisher` and works on the objects of
the PDF. To find the tag of a box, the first hangs a dummy link annotation on it, for WeasyPrint to enter in the tag; the
second reads these back and takes them out again.
"""

import base64
import re
import zlib
from itertools import pairwise

import pydyf

# A number that no object of a real file reaches; a dummy carries it, never the file.
DUMMY = 10_000_000

# What may be one element on two pages; anything smaller (a span, a link) stays as it is.
DOORLOPEND = {"/Sect", "/Div", "/P", "/L", "/LI", "/LBody", "/Table", "/TBody", "/TR", "/TD", "/TH", "/BlockQuote"}

LINK_NAAR_NOOT = re.compile(r"noot-(\d+)")
LINK_TERUG = re.compile(r"terug-(\d+)")
LINK_NAAR_KOP = re.compile(r"kop-")
NAAR_NOOT, TERUG = "span::footnote-call", "span::footnote-marker"

PDFUA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


# Before writing


def bereid_voor(document) -> list:
    """Link every note to its reference and back, with one annotation per link, and mark the boxes whose tags are wanted.

    Returns the marked boxes, for `werk_af`; the place of a box in the list is in its mark.
    """
    boxen = []
    for pagina in document.pages:
        # WeasyPrint hands a link down to every box inside it: bold words in a link would be links of their own.
        pagina.links[:] = [link for link in pagina.links if link[3].link is not None]
        for box, ouder in _boxen(pagina._page_box):
            if box.element_tag in (NAAR_NOOT, TERUG):
                # The text in it goes by the same name.
                if ouder.element_tag != box.element_tag:
                    _verbind(pagina, box)
            elif box.element is not None:
                box.link_annotation = pydyf.Dictionary({"Type": "/Merk"})  # an empty one would not be seen
                box.link_annotation.number = DUMMY + len(boxen)
                boxen.append(box)
    return boxen


def _verbind(pagina, box) -> None:
    nummer = box.element.get("id").removeprefix("noot-")
    x, y, breed, hoog = box.hit_area()
    rechthoek = (x, y, x + breed, y + hoog)
    doel = f"noot-{nummer}" if box.element_tag == NAAR_NOOT else f"terug-{nummer}"
    pagina.links.append(("internal", doel, rechthoek, box))
    if box.element_tag == NAAR_NOOT:
        pagina.anchors[f"terug-{nummer}"] = rechthoek


def _boxen(box, ouder=None):
    """A box and all in it, those that are positioned included, each with the box that it is in."""
    box = getattr(box, "_box", box)
    yield box, ouder
    for kind in getattr(box, "children", ()):
        yield from _boxen(kind, box)


# After writing


def werk_af(document, pdf, *, boxen: list) -> None:
    """WeasyPrint's finisher: complete the tags and the metadata of `pdf`."""
    boom = Boom(document, pdf, boxen)
    boom.geef_cellen_hun_richting()
    boom.zet_noten_bij_hun_verwijzing()
    boom.maak_inhoudsopgave()
    boom.snoei()
    boom.voeg_paginas_aaneen()
    boom.zet_figuren_op_hun_plaats()
    boom.maak_rest_artefact()
    # WeasyPrint lists an embedded file once by its name and once by itself.
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    _vul_metadata_aan(pdf)
    for obj in pdf.objects:
        if isinstance(obj, pydyf.Stream):
            _sluit_duidelijk_af(obj)


def _sluit_duidelijk_af(stroom: pydyf.Stream) -> None:
    """Let no stream end in what could be read as the line end that separates it from "endstream".

    Of a compressed stream the last byte is a matter of chance, and a reader that does not go by Length, as some validators,
    finds it one byte short. As it is, uncompressed, a page ends in a letter or a zero. A data file ends in a line end itself:
    its compressed bytes are written in letters instead, and those have an end of their own.
    """
    if not stroom.compress or _einde(stroom) not in b"\r\n":
        return
    stroom.compress = False
    if _einde(stroom) in b"\r\n":
        inhoud = b"\n".join(map(pydyf._to_bytes, stroom.stream))
        stroom.stream = [base64.a85encode(zlib.compress(inhoud, 9), wrapcol=120) + b"~>"]
        stroom.extra["Filter"] = pydyf.Array(["/ASCII85Decode", "/FlateDecode"])


def _einde(stroom: pydyf.Stream) -> bytes:
    return stroom.data.removesuffix(b"\nendstream")[-1:]


class Boom:
    """The tag tree of a PDF, and for a tag the box that it came from."""

    def __init__(self, document, pdf, boxen):
        self.pdf = pdf
        self.wortel = next(obj for obj in pdf.objects if _is(obj, "/StructTreeRoot"))
        self.document = self.object(self.wortel["K"][0])
        self.tags = [obj for obj in pdf.objects if _is(obj, "/StructElem")]
        self.box = {}
        self.annotatie = {}
        self.opgegaan = {}
        self._lees_merken(document, boxen)

    def object(self, verwijzing):
        return self.pdf.objects[int(bytes(verwijzing).split()[0])]

    def kinderen(self, tag):
        """The tags in a tag, without its text and annotations."""
        return [
            kind for kind in map(self.object, (k for k in tag["K"] if isinstance(k, bytes))) if _is(kind, "/StructElem")
        ]

    def ouder(self, tag):
        return self.object(tag["P"])

    def nieuw(self, soort, ouder, kinderen):
        tag = pydyf.Dictionary(
            {"Type": "/StructElem", "S": soort, "P": ouder.reference, "Pg": kinderen[0]["Pg"], "K": pydyf.Array()}
        )
        self.pdf.add_object(tag)
        for kind in kinderen:
            self.hang(kind, tag)
        return tag

    def hang(self, tag, ouder):
        tag["P"] = ouder.reference
        ouder["K"].append(tag.reference)

    def haal_weg(self, tag):
        self.ouder(tag)["K"].remove(tag.reference)

    def omsluit(self, tag, soort):
        """Put a tag of another kind around `tag`, in its place."""
        ouder = self.ouder(tag)
        plek = ouder["K"].index(tag.reference)
        ouder["K"][plek : plek + 1] = [self.nieuw(soort, ouder, [tag]).reference]
        return self.object(ouder["K"][plek])

    def _lees_merken(self, document, boxen):
        """Note for every tag its box and its annotation, and take the dummies out of the file again."""
        echt = {
            id(box.link_annotation): box
            for pagina in document.pages
            for soort, _, _, box in pagina.links
            if soort in ("internal", "external")
        }
        for tag in self.tags:
            for verwijzing in [k for k in tag["K"] if isinstance(k, bytes)]:
                obj = self.object(verwijzing)
                if not _is(obj, "/OBJR"):
                    continue
                nummer = int(obj["Obj"].split()[0])
                if nummer < DUMMY:
                    annotatie = self.annotatie[tag.number] = self.object(obj["Obj"])
                    self.box[tag.number] = echt[id(annotatie)]
                else:
                    # One box can stand on several pages: the head of a long table does.
                    self.box[tag.number] = boxen[nummer - DUMMY]
                    tag["K"].remove(verwijzing)
                    obj.clear()
        ouderboom = self.object(self.wortel["ParentTree"])
        houd = {annotatie["StructParent"] for annotatie in self.annotatie.values()} | set(range(len(document.pages)))
        paren = zip(ouderboom["Nums"][::2], ouderboom["Nums"][1::2], strict=True)
        ouderboom["Nums"] = pydyf.Array(deel for paar in paren if paar[0] in houd for deel in paar)

    # Tables

    def geef_cellen_hun_richting(self):
        """Every header cell says whether it heads a row or a column. WeasyPrint lists header ids per cell instead, and
        counts them anew on each page, so that two cells of a long table would have one id."""
        for tag in self.tags:
            if tag["S"] == "/TH":
                box = self.box[tag.number]
                tag["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
                tag.pop("ID", None)
            elif tag["S"] == "/TD":
                tag["A"].pop("Headers", None)

    # Footnotes and contents

    def _met_doel(self, patroon):
        for nummer, annotatie in list(self.annotatie.items()):
            doel = annotatie.get("Dest")
            if doel is not None and (raak := patroon.match(doel.string)):
                yield self.pdf.objects[nummer], annotatie, raak

    def zet_noten_bij_hun_verwijzing(self):
        noten = {}
        for tag, annotatie, raak in self._met_doel(LINK_TERUG):
            annotatie["Contents"] = pydyf.String(f"Terug naar de tekst bij voetnoot {raak[1]}")
            tag["S"] = "/Link"
            noot = self.ouder(self.omsluit(tag, "/Lbl"))
            noot["S"] = "/Note"
            noot["ID"] = pydyf.String(f"noot-{raak[1]}")
            noten[raak[1]] = noot
        for tag, annotatie, raak in self._met_doel(LINK_NAAR_NOOT):
            annotatie["Contents"] = pydyf.String(f"Voetnoot {raak[1]}")
            tag["S"] = "/Link"
            verwijzing = self.omsluit(tag, "/Reference")
            noot, ouder = noten[raak[1]], self.ouder(verwijzing)
            self.haal_weg(noot)
            noot["P"] = ouder.reference
            ouder["K"].insert(ouder["K"].index(verwijzing.reference) + 1, noot.reference)

    def maak_inhoudsopgave(self):
        regels = {}
        for tag, annotatie, _ in self._met_doel(LINK_NAAR_KOP):
            annotatie["Contents"] = pydyf.String(self._tekst(tag))
            regel = tag
            while regel["S"] != "/LI":
                regel = self.ouder(regel)
            # A long title is a link on each of its lines.
            regels.setdefault(regel.number, []).append(tag)
        for nummer, links in regels.items():
            regel = self.pdf.objects[nummer]
            regel["S"] = "/TOCI"
            regel["K"] = pydyf.Array([self.nieuw("/Reference", regel, links).reference])
            self.ouder(regel)["S"] = "/TOC"

    def _tekst(self, tag):
        """The words of a link in the contents list, without its page number."""
        return " ".join("".join(self.box[tag.number].element.itertext()).split())

    # Over the page

    def voeg_paginas_aaneen(self):
        self._voeg_samen(self.document)

    def _voeg_samen(self, ouder):
        tags = self.kinderen(ouder)
        for eerste, tweede in pairwise(tags):
            # The first may itself have been taken up in the one before it.
            while (opvolger := self.opgegaan.get(eerste.number)) is not None:
                eerste = opvolger
            if self._is_vervolg(eerste, tweede):
                self._neem_op(eerste, tweede)

    def _is_vervolg(self, eerste, tweede) -> bool:
        box, vervolg = self.box.get(eerste.number), self.box.get(tweede.number)
        return (
            box is not None
            and vervolg is not None
            and box.element is vervolg.element
            and eerste["S"] == tweede["S"]
            and eerste["S"] in DOORLOPEND
        )

    def _neem_op(self, eerste, tweede):
        self.haal_weg(tweede)
        self.opgegaan[tweede.number] = eerste
        over = self.kinderen(tweede)
        if eerste["S"] == "/Table":
            # The head that is printed again on the next page is heard once.
            over = [kind for kind in over if kind["S"] != "/THead"]
        laatste = self.kinderen(eerste)[-1:]
        for kind in over:
            self.hang(kind, eerste)
        if laatste and over and self._is_vervolg(laatste[0], over[0]):
            self._neem_op(laatste[0], over[0])

    # The rest

    def zet_figuren_op_hun_plaats(self):
        """A figure's box in the units of the page; WeasyPrint gives pixels from the top."""
        for tag in self.tags:
            if tag["S"] == "/Figure":
                hoogte = self.object(tag["Pg"])["MediaBox"][3]
                x1, y1, x2, y2 = (0.75 * maat for maat in tag["A"]["BBox"])
                tag["A"]["BBox"] = pydyf.Array((x1, hoogte - y2, x2, hoogte - y1))

    def snoei(self):
        """Take out tags that hold nothing, such as the footnote area that its notes have left."""
        self._snoei(self.document)

    def _snoei(self, tag):
        for kind in self.kinderen(tag):
            self._snoei(kind)
            if not kind["K"] and kind["S"] not in ("/TD", "/TH"):
                tag["K"].remove(kind.reference)

    def maak_rest_artefact(self):
        """Whatever is printed but not in the tree is an artifact, and says so in the content of its page."""
        in_boom = set()
        open_tags = [self.document]
        while open_tags:
            tag = open_tags.pop()
            in_boom.add(tag.number)
            open_tags += self.kinderen(tag)
        parallel = self.object(self.wortel["ParentTree"])["Nums"]
        paginas = dict(zip(parallel[::2], parallel[1::2], strict=True))
        for tag in self.tags:
            if tag.number in in_boom:
                continue
            pagina = self.object(tag["Pg"])
            stroom = self.object(pagina["Contents"]).stream
            for mcid in [k for k in tag["K"] if isinstance(k, int)]:
                plek = next(n for n, deel in enumerate(stroom) if isinstance(deel, dict) and deel.get("MCID") == mcid)
                stroom[plek - 1 : plek + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
                paginas[pagina["StructParents"]][mcid] = "null"
            tag.clear()


def _is(obj, soort) -> bool:
    return isinstance(obj, dict) and obj.get("Type") == soort


def _vul_metadata_aan(pdf) -> None:
    verwijzing = pdf.catalog["Metadata"]
    stroom = pdf.objects[int(verwijzing.split()[0])]
    # PDF/A wants the metadata legible, PDF/UA wants its own mark in it, and PDF/A wants that mark explained.
    stroom.compress = False
    stroom.stream = [deel.replace(b"</rdf:RDF>", PDFUA + b"</rdf:RDF>") for deel in stroom.stream]
