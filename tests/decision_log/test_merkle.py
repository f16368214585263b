"""The tree against RFC 9162: known roots, the definitions written out, proofs right and wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from random import Random

import pytest

from policy_rules.decision_log.merkle import (
    HASH_SIZE,
    GrowingTree,
    Hasher,
    Tree,
    grew,
    includes,
    kept_hashes,
)

SHA256 = Hasher("sha256")
# The leaves and roots with which logs of certificates are tested since RFC 6962.
LEAVES = tuple(
    map(
        bytes.fromhex,
        (
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ),
    )
)  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def tree_of(leaves: Sequence[bytes], hasher: Hasher = SHA256) -> Tree:
    growing = GrowingTree(hasher, 0, ())
    kept = b"".join(growing.add(hasher.leaf(leaf)) for leaf in leaves)
    tree = Tree(hasher, len(leaves), lambda at: kept[at * HASH_SIZE : (at + 1) * HASH_SIZE])
    assert len(kept) == kept_hashes(len(leaves)) * HASH_SIZE
    assert growing.root() == tree.root()
    return tree


def defined(leaves: Sequence[bytes]) -> bytes:
    """The hash of a list of leaves, as the RFC defines it."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    above = b"\1" + defined(leaves[:split]) + defined(leaves[split:])
    return hashlib.sha256(above).digest()


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_known_roots(size: int) -> None:
    assert tree_of(LEAVES[:size]).root().hex() == ROOTS[size]


def test_every_proof_of_small_trees_holds_and_no_other_does() -> None:
    random = Random(18)
    leaves = [random.randbytes(random.randrange(9)) + bytes([at]) for at in range(23)]
    roots = [defined(leaves[:size]) for size in range(24)]
    for size in range(24):
        tree = tree_of(leaves[:size])
        assert tree.root() == roots[size]
        for index in range(size):
            path = tree.inclusion(index)
            leaf = SHA256.leaf(leaves[index])
            assert tree.leaf_hash(index) == leaf
            assert includes(SHA256, leaf, index, size, path, roots[size])
            assert not includes(SHA256, leaf, index, size, path, roots[size - 1])
            assert not includes(SHA256, leaf, (index + 1) % 24, size, path, roots[size])
            assert not includes(SHA256, SHA256.leaf(b"other"), index, size, path, roots[size])
            assert not includes(SHA256, leaf, index, size, [*path, leaf], roots[size])
            if path:
                assert not includes(SHA256, leaf, index, size, path[:-1], roots[size])
                turned = [*path]
                at = random.randrange(len(path))
                turned[at] = bytes([turned[at][0] ^ 1]) + turned[at][1:]
                assert not includes(SHA256, leaf, index, size, turned, roots[size])
        for earlier in range(size + 1):
            path = tree.consistency(earlier)
            assert grew(SHA256, earlier, roots[earlier], size, path, roots[size])
            assert not grew(SHA256, earlier, SHA256.leaf(b""), size, path, roots[size])
            if 0 < earlier < size:
                other = SHA256.leaf(b"other")
                assert not grew(SHA256, earlier, roots[earlier], size, path, other)
                assert not grew(SHA256, earlier, roots[earlier], size, path[:-1], roots[size])
                assert not grew(SHA256, earlier, roots[earlier], size, [*path, other], roots[size])
    assert not grew(SHA256, 3, roots[3], 2, [], roots[2])
    assert not includes(SHA256, roots[1], -1, 1, [], roots[1])


def test_a_tree_goes_on_from_its_edge() -> None:
    for size in range(20):
        leaves = [bytes([at]) for at in range(size)]
        tree = tree_of(leaves)
        growing = GrowingTree(SHA256, size, tree.edge())
        growing.add(SHA256.leaf(b"next"))
        assert growing.root() == defined([*leaves, b"next"])


def test_sm3_gives_another_tree_of_the_same_shape() -> None:
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this Python's OpenSSL has no SM3")
    tree = tree_of([b"abc"], Hasher("sm3"))
    assert tree.root() == hashlib.new("sm3", b"\0abc").digest()


def test_a_hash_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="crc1"):
        Hasher("crc1")
