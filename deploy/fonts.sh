#!/bin/sh
# Make the fonts of official papers anew: `sh deploy/fonts.sh FANG NOTO`.
# FANG is Fandol's FandolFang-Regular.otf (Debian: texlive-lang-chinese; GPL with font exception),
# NOTO is NotoSerifSC-Regular.ttf (npm: @expo-google-fonts/noto-serif-sc; OFL 1.1). Of Noto only
# what the other lacks is kept: rare characters of names. `signs.txt` lists what has a shape.
set -eu
cd "$(dirname "$0")/.."
.tools/uv/bin/uv run --no-project --with fonttools==4.68.0 python - "$@" <<'MAKE'
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = Path("shared/mingjing_shared/papers/fonts")
NEEDED = ((0x20, 0x2FFF), (0x3000, 0x303F), (0x4E00, 0x9FFF), (0xFF00, 0xFFEF))


def signs_of(source: str) -> set[int]:
    """Every sign that a font has a shape for."""
    return set(TTFont(source).getBestCmap())


def keep(source: str, signs: set[int], name: str) -> None:
    """Write the part of a font that holds these signs."""
    options = subset.Options(hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True)
    font = subset.load_font(source, options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=signs)
    cut.subset(font)
    subset.save_font(font, str(FOLDER / name), options)


def ranges(signs: set[int]) -> list[str]:
    """The signs as hexadecimal ranges."""
    found: list[list[int]] = []
    for sign in sorted(signs):
        if found and sign == found[-1][1] + 1:
            found[-1][1] = sign
        else:
            found.append([sign, sign])
    return [f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in found]


def main(fang: str, noto: str) -> None:
    """Both fonts, and the list."""
    first = signs_of(fang)
    needed = {sign for low, high in NEEDED for sign in range(low, high + 1)}
    rest = (signs_of(noto) - first) & needed
    keep(fang, first, "FandolFang-Regular.otf")
    keep(noto, rest, "NotoSerifSC-rest.ttf")
    (FOLDER / "signs.txt").write_text("\n".join(ranges(first | rest)) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
MAKE
