"""Makes the fonts of the share images from what the npm packages of Fontsource hold.

    npm pack @fontsource/source-serif-4 @fontsource/source-sans-3   # and unpack both in FOLDER
    pip install fonttools brotli uharfbuzz
    python claims/share_image/fonts/build.py FOLDER

Run by hand, once a new version is wanted; nothing of it is needed to run or test Constat.
"""

import sys
import tempfile
from itertools import product
from pathlib import Path

import uharfbuzz
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

HERE = Path(__file__).parent
FONTS = {
    "constat-serif-600": ("source-serif-4", 600, "Constat Serif"),
    "constat-sans-400": ("source-sans-3", 400, "Constat Sans"),
    "constat-sans-600": ("source-sans-3", 600, "Constat Sans"),
}
SCRIPTS = ["latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext"]
RANGES = [
    *[(0x20, 0x24F), (0x2B0, 0x2DD), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF)],
    *[(0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F)],
    *[(0x2190, 0x2193), (0x2200, 0x22FF)],
]
WANTED = {code for first, last in RANGES for code in range(first, last + 1)}
# Whose pairs are kerned: what French and English are written in.
KERNED = [chr(code) for code in [*range(0x21, 0x7F), *range(0xC0, 0x100), 0x152, 0x153]]
KERNED += ["«", "»", "‘", "’", "“", "”", "–", "—", "…"]
LEAST = 12  # thousandths of an em


def build(folder: Path, name: str, source: str, weight: int, family: str) -> None:
    """Write one font: all scripts in one file, without features, its kerning in a plain table."""
    packed = folder.glob(f"**/{source}-*-{weight}-normal.woff2")
    cut = len(source) + 1, -len(f"-{weight}-normal.woff2")
    by_script = {path.name[slice(*cut)]: path for path in packed}
    with tempfile.TemporaryDirectory() as scratch:
        pairs, parts = {}, []
        for script in SCRIPTS:
            part = TTFont(by_script[script])
            part.flavor = None
            whole = Path(scratch, f"{script}-whole.ttf")
            part.save(whole)
            if script == "latin":
                pairs = _pairs(whole)
                upem = part["head"].unitsPerEm
            options = Options(
                layout_features=[], hinting=False, drop_tables=["GSUB", "GPOS", "GDEF", "STAT"]
            )
            subsetter = Subsetter(options)
            subsetter.populate(unicodes=WANTED & set(part.getBestCmap()))
            subsetter.subset(part)
            path = Path(scratch, f"{script}.ttf")
            part.save(path)
            parts.append(path)
        font = Merger().merge([str(path) for path in parts])
        assert font["head"].unitsPerEm == upem
        _kern(font, pairs)
        _rename(font, family, weight)
        font.save(HERE / f"{name}.ttf")


def _pairs(path: Path) -> dict[tuple[str, str], int]:
    """How much closer two characters stand than their widths say, in units of the font."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))

    def width(text: str) -> int:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer, {"kern": True, "liga": False, "clig": False, "calt": False})
        return sum(place.x_advance for place in buffer.glyph_positions)

    alone = {character: width(character) for character in KERNED}
    kerns = {
        (one, other): width(one + other) - alone[one] - alone[other]
        for one, other in product(KERNED, repeat=2)
    }
    return {pair: kern for pair, kern in kerns.items() if abs(kern) >= LEAST}


def _kern(font: TTFont, pairs: dict[tuple[str, str], int]) -> None:
    names, table = font.getBestCmap(), KernTable_format_0()
    table.coverage, table.apple, table.version = 1, False, 0
    table.kernTable = {
        (names[ord(one)], names[ord(other)]): kern
        for (one, other), kern in sorted(pairs.items(), key=lambda pair: -abs(pair[1]))[:9000]
        if ord(one) in names and ord(other) in names
    }
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [table]


def _rename(font: TTFont, family: str, weight: int) -> None:
    """The licence keeps the name "Source" for the unchanged font."""
    style = {400: "Regular", 600: "SemiBold"}[weight]
    told = {0: font["name"].getDebugName(0), 13: font["name"].getDebugName(13)}
    font["name"].names = []
    for number, text in {
        **told,
        1: family,
        2: style,
        3: f"{family} {style}",
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
    }.items():
        if text:
            font["name"].setName(text, number, 3, 1, 0x409)


def cover() -> None:
    """Write which characters all of them have, as ranges of code points."""
    fonts = [TTFont(HERE / f"{name}.ttf").getBestCmap() for name in FONTS]
    ranges = []
    for code in sorted(set.intersection(*map(set, fonts))):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    lines = [f"{first:04X}-{last:04X}\n" for first, last in ranges]
    (HERE / "coverage.txt").write_text("".join(lines))


if __name__ == "__main__":
    for name, made_from in FONTS.items():
        build(Path(sys.argv[1]), name, *made_from)
    cover()
