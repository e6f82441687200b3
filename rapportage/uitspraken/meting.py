"""What a maat came to, and what a check has to say. Plain facts, no Django."""

from dataclasses import dataclass

FOUT, WAARSCHUWING, KWETSBAAR = "fout", "waarschuwing", "kwetsbaar"


@dataclass(frozen=True)
class Meting:
    """x of n; `groep` is the number of dossiers in the group that the maat names, before anything is asked of them, and
    `kring` that of the dossiers that it is taken of, which is n unless areas are counted. `in_tabel` is what the tables take the
    same figure of, where there is one of it.

    `bezwaar` says in Dutch why there is nothing to measure (a question that this round does not ask); x and n are 0 then.
    """

    x: int = 0
    n: int = 0
    groep: int = 0
    bezwaar: str = ""
    kring: int = 0
    in_tabel: int | None = None

    def __str__(self):
        return f"{self.x} van {self.n}"


@dataclass(frozen=True)
class Melding:
    """What a check found: the kind, how bad, where (counted from 1; `begin` and `eind` are positions in the text), in which words.

    `bron` says which text: the key of a passage, or the name of a file. `zin` says what is wrong and `voorstel` what would be
    right in the place of `fragment`, as far as that can be told. `fragment` is the text from `begin` to `eind`: of a bound stretch the
    words between the brackets.
    """

    soort: str
    ernst: str
    bron: int | str
    regel: int
    kolom: int
    begin: int
    eind: int
    fragment: str
    zin: str
    voorstel: str = ""

    @property
    def is_fout(self) -> bool:
        return self.ernst == FOUT
