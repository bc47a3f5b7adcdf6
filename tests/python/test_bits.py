# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

"""Integers whose bits are sums of the bits of others, to the last bit."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import invhlo


def all_or_random(dtype, size=1000):
    """All integers of up to 16 bits, or random ones with the ends of the range."""
    info = jnp.iinfo(dtype)
    if info.bits <= 16:
        return np.arange(info.min, info.max + 1).astype(dtype)
    random = np.random.default_rng(0).integers(
        info.min, info.max, size=size, dtype=dtype, endpoint=True
    )
    return np.concatenate([np.array([info.min, info.max, 0, 1], dtype), random])


def rotate(x, amount):
    width = jnp.iinfo(x.dtype).bits
    left = jax.lax.shift_left(x, x.dtype.type(amount))
    return left | jax.lax.shift_right_logical(x, x.dtype.type(width - amount))


def xorshift(x):
    x ^= x << 5
    x ^= x >> 3
    return x ^ x << 1


def temper(y):
    """That of the Mersenne twister, MT19937."""
    y ^= y >> 11
    y ^= (y << 7) & jnp.uint32(0x9D2C5680)
    y ^= (y << 15) & jnp.uint32(0xEFC60000)
    return y ^ y >> 18


def split_mix(z):
    z = (z ^ z >> 30) * jnp.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ z >> 27) * jnp.uint64(0x94D049BB133111EB)
    return z ^ z >> 31


def murmur(h):
    h = (h ^ h >> 16) * jnp.uint32(0x85EBCA6B)
    h = (h ^ h >> 13) * jnp.uint32(0xC2B2AE35)
    return h ^ h >> 16


def xxhash(h):
    h = (h ^ h >> 33) * jnp.uint64(0xC2B2AE3D27D4EB4F)
    h = (h ^ h >> 29) * jnp.uint64(0x165667B19E3779F9)
    return h ^ h >> 32


def shift_register(x):
    """By Fibonacci: the parity of some bits moves in."""
    parity = (x ^ x >> 2 ^ x >> 3 ^ x >> 5) & 1
    return x >> 1 | parity << 15


def shift_register_by_choice(x):
    """By Galois: the lowest bit chooses."""
    return jnp.where(x & 1, x >> 1 ^ jnp.uint32(0xEDB88320), x >> 1)


def shift_register_by_product(x):
    return x >> 1 ^ (x & 1) * jnp.uint32(0xEDB88320)


def shift_register_by_sign(x):
    return x >> 1 ^ -(x & 1) & jnp.uint32(0xEDB88320)


def reverse_bits(x):
    for amount, mask in (1, 0x5555), (2, 0x3333), (4, 0x0F0F):
        x = x >> amount & mask | (x & mask) << amount
    return x >> 8 | x << 8


def interleave(x):
    """Morton order: a zero between any two bits."""
    y = x.astype(jnp.uint32)
    y = (y | y << 8) & 0x00FF00FF
    y = (y | y << 4) & 0x0F0F0F0F
    y = (y | y << 2) & 0x33333333
    return (y | y << 1) & 0x55555555


def swap_bytes(x):
    return x << 24 | (x & 0xFF00) << 8 | x >> 8 & 0xFF00 | x >> 24


def times_two_in_galois_field(x):
    return x << 1 ^ jnp.where(x >> 7 == 1, jnp.uint8(0x1B), jnp.uint8(0))


def parity_in_lowest(x):
    return x ^ jax.lax.population_count(x & jnp.uint16(0xFFFE)) & jnp.uint16(1)


def looped(x):
    return jax.lax.fori_loop(0, 20, lambda _, c: xorshift(c), x)


FUNCTIONS = [
    (lambda x: rotate(x, 3), "int8 uint8 int16 uint16 int32 uint32 int64 uint64"),
    (lambda x: rotate(x, 3) + rotate(jnp.ones_like(x), 1), "int8 uint32"),
    (lambda x: (x << 4) + (x >> 4), "uint8"),
    (lambda x: (x & 0x0F) << 4 | x >> 4, "uint8"),
    (lambda x: x * 16 + x // 16, "uint8"),
    (lambda x: x ^ x << 1, "int8 uint8 int32 uint64"),
    (lambda x: x ^ x >> 1, "uint8 uint16 uint32 uint64"),
    (lambda x: ~(x ^ x >> 2) ^ x << 7 ^ 5, "uint8"),
    (lambda x: x ^ rotate(x, 1) ^ rotate(x, 5), "uint8 int16 uint32 uint64"),
    (xorshift, "uint8 uint16 uint32 uint64"),
    (looped, "uint8 uint32"),
    (temper, "uint32"),
    (split_mix, "uint64"),
    (murmur, "uint32"),
    (xxhash, "uint64"),
    (shift_register, "uint16"),
    (shift_register_by_choice, "uint32"),
    (shift_register_by_product, "uint32"),
    (shift_register_by_sign, "uint32"),
    (reverse_bits, "uint16"),
    (interleave, "uint16"),
    (swap_bytes, "uint32"),
    (times_two_in_galois_field, "uint8"),
    (parity_in_lowest, "uint16"),
    (lambda x: jnp.where(x < 0, ~(x << 1), x << 1), "int8 int16 int32"),
    (lambda x: (x << 1) ^ (x >> x.dtype.itemsize * 8 - 1), "int8 int16 int64"),
    (lambda x: (x.astype("int16") - 128).astype("int8"), "uint8"),
    (lambda x: x.view("int8") ^ x.view("int8") << 3, "uint8"),
]


@pytest.mark.parametrize(
    ("f", "dtype"),
    [
        pytest.param(f, dtype, id=f"{f.__name__}-{i}-{dtype}")
        for i, (f, dtypes) in enumerate(FUNCTIONS)
        for dtype in dtypes.split()
    ],
)
def test_words(f, dtype):
    with jax.enable_x64(True):
        x = jnp.asarray(all_or_random(dtype))
        y = f(x)
        found = invhlo.inverse(f, x)(y)
        np.testing.assert_array_equal(found, x)
        assert found.dtype == x.dtype
        one_by_one = jax.jit(jax.vmap(invhlo.inverse(f, x[0])))
        np.testing.assert_array_equal(one_by_one(y), x)


ROUND_KEYS = np.random.default_rng(1).integers(0, 2**32, 8, dtype=np.uint32)


def chacha(a, b, c, d):
    """A quarter of a round."""
    a = a + b
    d = rotate(d ^ a, 16)
    c = c + d
    b = rotate(b ^ c, 12)
    a = a + b
    d = rotate(d ^ a, 8)
    c = c + d
    return a, rotate(b ^ c, 7), c, d


def salsa(a, b, c, d):
    b = b ^ rotate(a + d, 7)
    c = c ^ rotate(b + a, 9)
    d = d ^ rotate(c + b, 13)
    return a ^ rotate(d + c, 18), b, c, d


def speck(x, y):
    for key in ROUND_KEYS:
        x = rotate(x, 24) + y ^ key
        y = rotate(y, 3) ^ x
    return x, y


def simon(x, y):
    for key in ROUND_KEYS:
        x, y = y ^ rotate(x, 1) & rotate(x, 8) ^ rotate(x, 2) ^ key, x
    return x, y


def tea(x, y):
    total = jnp.uint32(0)
    for _ in range(4):
        total += jnp.uint32(0x9E3779B9)
        x += (y << 4) + ROUND_KEYS[0] ^ y + total ^ (y >> 5) + ROUND_KEYS[1]
        y += (x << 4) + ROUND_KEYS[2] ^ x + total ^ (x >> 5) + ROUND_KEYS[3]
    return x, y


def threefry(x, y):
    keys = [*ROUND_KEYS[:2], ROUND_KEYS[0] ^ ROUND_KEYS[1] ^ np.uint32(0x1BD11BDA)]
    x, y = x + keys[0], y + keys[1]
    for i in range(5):
        for amount in ((13, 15, 26, 6), (17, 29, 16, 24))[i % 2]:
            x += y
            y = rotate(y, amount) ^ x
        x, y = x + keys[(i + 1) % 3], y + keys[(i + 2) % 3] + np.uint32(i + 1)
    return x, y


def xoshiro(a, b, c, d):
    """A step of xoshiro256."""
    moved = b << 17
    c, d = c ^ a, d ^ b
    b, a = b ^ c, a ^ d
    return a, b, c ^ moved, rotate(d, 45)


def xorwow(a, b, c, d, e):
    t = a ^ a >> 2
    return b, c, d, e, e ^ e << 4 ^ t ^ t << 1


def mix_columns(*column):
    """AES's: each byte is a sum of products in GF(2^8)."""
    twice = [times_two_in_galois_field(x) for x in column]
    return tuple(
        twice[i] ^ twice[i - 3] ^ column[i - 3] ^ column[i - 2] ^ column[i - 1]
        for i in range(4)
    )


def schedule(*words):
    """SHA-2's: sixteen words to the next sixteen."""
    words = list(words)
    for _ in range(16):
        w = words[-15]
        small = rotate(w, 25) ^ rotate(w, 14) ^ w >> 3
        w = words[-2]
        large = rotate(w, 15) ^ rotate(w, 13) ^ w >> 10
        words.append(words[-16] + small + words[-7] + large)
    return tuple(words[16:])


def swap_moved(a, b):
    """Exchanges bits of two words, as bit-sliced ciphers do."""
    t = (a >> 4 ^ b) & jnp.uint32(0x0F0F0F0F)
    return a ^ t << 4, b ^ t


def checksum(data):
    """A cyclic redundancy check of four bytes, which tells them."""
    state = jnp.uint32(0xFFFFFFFF)
    for i in range(4):
        state = state ^ data[i].astype(jnp.uint32)
        for _ in range(8):
            state = shift_register_by_choice(state)
    return state


def add_by_xor(a, b, c):
    return a ^ b, b ^ c, a ^ b ^ c


SYSTEMS = [
    (chacha, "uint32 uint32 uint32 uint32"),
    (salsa, "uint32 uint32 uint32 uint32"),
    (speck, "uint32 uint32"),
    (simon, "uint32 uint32"),
    (tea, "uint32 uint32"),
    (threefry, "uint32 uint32"),
    (xoshiro, "uint64 uint64 uint64 uint64"),
    (xorwow, "uint32 uint32 uint32 uint32 uint32"),
    (mix_columns, "uint8 uint8 uint8 uint8"),
    (schedule, "uint32 " * 16),
    (swap_moved, "uint32 uint32"),
    (checksum, "(4,)uint8"),
    (add_by_xor, "int16 int16 int16"),
    (lambda x, a: (x ^ a, x ^ a << 1), "int32 int32"),
    (lambda x: (x >> 4, x & 15), "uint8"),
    (lambda x: (x >> 4, x & 15), "int32"),
    (lambda x: (x >> 11 & 31, x >> 5 & 63, x & 31), "uint16"),
    (lambda x: (x ^ x << 1, x ^ x >> 3), "uint32"),
    (lambda x: divmod(x, 16), "uint16"),
    (lambda x: divmod(x, 16), "int16"),
    (lambda x: (x // 16, x % 16), "int64"),
    (lambda x: (x // 64, x // 8 % 8, x % 8), "uint32"),
    (lambda x: (x // 10, x % 10), "uint16"),
    (lambda x: (x // 10, x % 10), "int16"),
    (lambda x: divmod(x, 7), "int32"),
    (lambda x: (jax.lax.div(x, x.dtype.type(10)), x - x // 10 * 10, x % 10), "uint32"),
    (lambda x: (x // 100, x // 10 % 10, x % 10), "uint32"),
    (lambda x: (x // 100, x // 10 % 10, x % 10), "int32"),
    (lambda a, b: a.astype("uint16") << 8 | b, "uint8 uint8"),
    (lambda a, b: a.astype("uint64") << 32 | b, "uint32 uint32"),
    (lambda a, b: a.astype("int32") * 256 + b, "int8 uint8"),
    (lambda a, b: (a.astype("uint8") << 4) + b.astype("uint8"), "uint4 uint4"),
    (lambda a, b: a.astype("uint8") | b.astype("uint8") << 1, "bool bool"),
    (lambda b: sum(b[i].astype("uint32") << 8 * i for i in range(4)), "(4,)uint8"),
    (lambda w: [(w >> 8 * i).astype("uint8") for i in range(4)], "uint32"),
    (lambda x: x.at[::2].set(x[::2] ^ x[::2] >> 1), "(9,)uint32"),
    (lambda x: jnp.where(jnp.arange(50) % 3 == 0, x ^ x >> 1, x), "uint32"),
]


def draw(spec, rng):
    leading, dtype = spec.rsplit(")", 1) if ")" in spec else ("(", spec)
    shape = (*map(int, filter(None, leading[1:].split(","))), 50)
    if dtype == "bool":
        return jnp.asarray(rng.integers(0, 2, shape), bool)
    if dtype == "uint4":
        return jnp.asarray(rng.integers(0, 16, shape)).astype(dtype)
    info = jnp.iinfo(dtype)
    numbers = rng.integers(info.min, info.max, shape, dtype=dtype, endpoint=True)
    numbers[..., :2] = info.min, info.max
    return jnp.asarray(numbers)


@pytest.mark.parametrize(("f", "spec"), SYSTEMS)
def test_systems(f, spec):
    """Several results of a word, or several words of a result."""
    rng = np.random.default_rng(2)
    with jax.enable_x64(True):
        xs = [draw(one, rng) for one in spec.split()]
        y = f(*xs)
        inverse = invhlo.inverse(f, *xs)
        found = inverse(*y) if isinstance(y, tuple) else inverse(y)
        for x, back in zip(xs, found if len(xs) > 1 else [found], strict=True):
            np.testing.assert_array_equal(back, x)
            assert back.dtype == x.dtype


@pytest.mark.parametrize(("f", "count"), [(speck, 2), (threefry, 2), (chacha, 4)])
def test_inverse_of_the_inverse(f, count):
    x = jnp.asarray(all_or_random("uint32"))
    xs = [x + jnp.uint32(i) for i in range(count)]
    back = invhlo.inverse(invhlo.inverse(f, *xs), *xs)
    for got, want in zip(back(*xs), f(*xs), strict=True):
        np.testing.assert_array_equal(got, want)


def test_known_words():
    """Words that are known in a run only are taken out first."""

    def mixed(x, key, factor):
        x = (x ^ key) * (factor | 1)
        return x ^ x >> 7 ^ rotate(key, 9) ^ (key & 0xFF) << 3

    x, key, factor = draw("uint32", np.random.default_rng(3)), jnp.uint32(77), 12
    factor = jnp.full_like(x, factor)
    key = jnp.full_like(x, key)
    y = mixed(x, key, factor)
    found = invhlo.inverse(mixed, argnums=0)(y, key, factor)
    np.testing.assert_array_equal(found, x)


@pytest.mark.parametrize(
    ("f", "dtype", "reason"),
    [
        (lambda x: x >> 3 << 3, "uint32", "it loses bits 0 to 2 of its operand"),
        (lambda x: (x >> 4, x & 7), "uint8", "it loses bit 3 of its operand"),
        (lambda x: x.astype("uint16"), "uint32", "it loses bits 16 to 31"),
        (lambda x: x ^ x >> 1, "int32", "is the same where the bits 0xffffffff of"),
        (lambda x: x ^ rotate(x, 1), "uint8", "is the same where the bits 0xff of"),
        (lambda x: x * jnp.uint8(6), "uint8", "it multiplies by an even integer"),
        (lambda x: x | x << 1, "uint8", "it loses the masked bits"),
    ],
)
def test_lost_bits_are_named(f, dtype, reason):
    with pytest.raises(invhlo.NonInvertibleError, match=reason):
        invhlo.inverse(f, jnp.zeros(3, dtype))(*jax.tree.leaves(f(jnp.ones(3, dtype))))


class TestTables:
    PERMUTATION = np.random.default_rng(4).permutation(256).astype("uint8")

    @pytest.mark.parametrize("index", ["uint8", "int16", "int32", "uint32"])
    @pytest.mark.parametrize("entry", ["uint8", "int16", "float32", "int64"])
    def test_entries(self, index, entry):
        x = jnp.arange(256).astype(index)[::-1]
        with jax.enable_x64(True):
            table = jnp.asarray(self.PERMUTATION, entry)
            if entry == "int64":
                table = table * 2**40 - 2**47

            def look_up(x):
                return table[x]

            found = invhlo.inverse(look_up, x)(look_up(x))
        np.testing.assert_array_equal(found, x)
        assert found.dtype == x.dtype

    def test_with_known_words(self):
        table = jnp.asarray(self.PERMUTATION)

        def substitute(x, key):
            for i in range(3):
                x = rotate(table[x ^ key[i]], 3)
            return x

        x, key = jnp.arange(256).astype(jnp.uint8), jnp.array([3, 255, 77], jnp.uint8)
        found = invhlo.inverse(substitute, argnums=0)(substitute(x, key), key)
        np.testing.assert_array_equal(found, x)

    @pytest.mark.parametrize(
        ("entry", "reason"),
        [(-0.0, "the same entry at 1 and 2"), (np.nan, "a NaN at 2")],
    )
    def test_entries_that_no_comparison_tells_apart(self, entry, reason):
        table = jnp.array([1, 0.0, entry, 5])
        with pytest.raises(invhlo.NonInvertibleError, match=reason):
            invhlo.inverse(lambda x: table[x], jnp.array([3]))(table[:1])

    def test_an_entry_that_repeats_is_named(self):
        table = jnp.array([4, 1, 9, 1])
        with pytest.raises(invhlo.NonInvertibleError, match="entry at 1 and 3"):
            invhlo.inverse(lambda x: table[x])(jnp.array([4]))


STEPS = [
    lambda v, w, k, n: v ^ w,
    lambda v, w, k, n: v + w,
    lambda v, w, k, n: v | w,
    lambda v, w, k, n: v & k,
    lambda v, w, k, n: v | k,
    lambda v, w, k, n: ~v ^ k,
    lambda v, w, k, n: v * (k & 15),
    lambda v, w, k, n: v << n,
    lambda v, w, k, n: v >> n,
    lambda v, w, k, n: jax.lax.shift_right_logical(v, n),
    lambda v, w, k, n: jnp.where(v >> n & 1 == 1, w ^ k, w),
    lambda v, w, k, n: rotate(v, n),
    lambda v, w, k, n: v ^ v << n,
    lambda v, w, k, n: v // (n * n),
    lambda v, w, k, n: v % (n * n),
]


@pytest.mark.parametrize("seed", range(40))
def test_random_programs(seed):
    """What is not refused has one argument for each output, and finds it."""
    rng = np.random.default_rng(seed)
    dtype = ("uint8", "int8")[seed % 2]
    plan = [
        (STEPS[rng.integers(len(STEPS))], *rng.integers(0, 256, 2), rng.integers(1, 8))
        for _ in range(rng.integers(2, 7))
    ]

    def f(x):
        values = [x, x]
        for step, k, i, n in plan:
            k, n = x.dtype.type(k.astype(dtype)), x.dtype.type(n)
            values.append(step(values[-1], values[i % len(values)], k, n))
        return tuple(values[-2:])

    x = jnp.asarray(all_or_random(dtype))
    y = f(x)
    try:
        found = invhlo.inverse(f, x)(*y)
    except invhlo.NonInvertibleError:
        return
    np.testing.assert_array_equal(found, x)
