"""Where the hashes of a log stand: paths, widths, and hashes found again in tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.trust.merkle import leaf_hash, root, root_of_complete
from mingjing_shared.trust.tiles import (
    ENTRIES,
    NoSuchTile,
    Tile,
    cut_bundle,
    entries_in,
    hashes_from,
    split_hashes,
    tile_of,
    tiles_of,
    width_in,
)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(63, 999, 1), "tile/63/999.p/1"),
        (Tile(2, 1000, 255), "tile/2/x001/000.p/255"),
        (Tile(ENTRIES, 7), "tile/entries/007"),
        (Tile(ENTRIES, 256_000, 3), "tile/entries/x256/000.p/3"),
    ],
)
def test_a_tile_has_one_path(tile, path):
    assert tile.path == path
    assert tile_of(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/00/000", "tile/-1/000", "tile/64/000",
        "tile/0/x000/001", "tile/0/001/002", "tile/0/x001", "tile/0/000.p/0", "tile/0/000.p/256",
        "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000/", "/tile/0/000", "tile/entry/000",
        "tile/0/٠٠٠", "tile/0/000\n",
    ],
)  # fmt: skip
def test_what_is_nearly_a_path_names_nothing(path):
    with pytest.raises(NoSuchTile):
        tile_of(path)


def tiles_over(leaves):
    """All tiles of a tree, made from its leaves one level after the other."""
    found, level, hashes = {}, 0, list(leaves)
    while hashes:
        parts = [hashes[at : at + 256] for at in range(0, len(hashes), 256)]
        found |= {(level, number): b"".join(part) for number, part in enumerate(parts)}
        hashes = [root_of_complete(part) for part in parts if len(part) == 256]
        level += 1
    return found


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 1000, 65_536, 66_000])
def test_the_root_is_found_in_tiles(size):
    leaves = [leaf_hash(b"%d" % number) for number in range(size)]

    def straight(level, index):
        return root_of_complete(leaves[index << level : (index + 1) << level])

    tiles = tiles_over(leaves)
    assert root(size, hashes_from(tiles)) == root(size, straight)
    named = {(tile.level, tile.index): tile.width for tile in tiles_of(size)}
    assert {place: width for place, width in named.items() if place[0] != ENTRIES} == {
        place: len(held) // 32 for place, held in tiles.items()
    }
    assert sum(width for place, width in named.items() if place[0] == ENTRIES) == size


@given(st.integers(1, 1 << 40))
def test_every_tile_of_a_tree_is_as_wide_as_the_tree_has_it(size):
    for tile, _ in zip(tiles_of(size), range(600), strict=False):
        assert width_in(size, tile.level, tile.index) == tile.width


def test_a_hash_that_is_not_in_the_tiles_is_not_made_up():
    tiles = tiles_over([leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c")])
    for level, index in ((1, 1), (0, 3), (8, 0)):
        with pytest.raises(KeyError):
            hashes_from(tiles)(level, index)


def test_a_bundle_is_cut_at_an_entry_and_read_to_its_end():
    bundle = b"\x00\x02ab\x00\x00\x00\x01c"
    assert entries_in(bundle) == [b"ab", b"", b"c"]
    assert cut_bundle(bundle, 2) == b"\x00\x02ab\x00\x00"
    for broken in (bundle[:-1], bundle + b"\x00", b"\x00\x05ab"):
        with pytest.raises(ValueError, match="breaks off"):
            entries_in(broken)
    assert split_hashes(b"a" * 64) == [b"a" * 32] * 2
