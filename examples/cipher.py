# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Enciphers a text with XTEA, and deciphers it by inverting what enciphers.

The block cipher is written as its authors published it (Needham and Wheeler, 1997): one
loop over cycles, each of which is two Feistel rounds. `invhlo` derives the loop that
deciphers, exact to the bit and of one size for any number of rounds.

    python examples/cipher.py
"""

import functools

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from rich.console import Console
from rich.table import Table

import invhlo

ROUNDS = 64
DELTA = np.uint32(0x9E3779B9)

# A published test vector: key, block, and what the block becomes.
KEY = jnp.arange(16, dtype=jnp.uint8)
PLAIN = jnp.frombuffer(b"ABCDEFGH", jnp.uint8)
SECRET = jnp.frombuffer(bytes.fromhex("497df3d072612cb5"), jnp.uint8)
TEXT = b"Each of these rounds is undone by a loop that no one has written"


def words(octets: jax.Array) -> jax.Array:
    """Four bytes to a word, the most significant first."""
    return lax.bitcast_convert_type(octets.reshape(-1, 4)[:, ::-1], jnp.uint32)


def encipher(key: jax.Array, block: jax.Array, rounds: int = ROUNDS) -> jax.Array:
    """Enciphers a block, `uint8[8]`, with a key, `uint8[16]`."""
    parts = words(key)

    def mix(half: jax.Array) -> jax.Array:
        return ((half << 4) ^ (half >> 5)) + half

    def cycle(_: int, state: tuple[jax.Array, ...]) -> tuple[jax.Array, ...]:
        left, right, total = state
        left += mix(right) ^ (total + parts[total & 3])
        total += DELTA
        right += mix(left) ^ (total + parts[(total >> 11) & 3])
        return left, right, total

    start = *words(block), jnp.uint32(0)
    left, right, _ = lax.fori_loop(0, rounds // 2, cycle, start)
    halves = jnp.stack([left, right])
    return lax.bitcast_convert_type(halves, jnp.uint8)[:, ::-1].ravel()


# All that there is to do for the other direction.
decipher = invhlo.inverse(encipher, argnums=1)


def lines(rounds: int) -> int:
    """How many lines of StableHLO it takes to decipher."""
    program = functools.partial(encipher, rounds=rounds)
    lowered = invhlo.invert_lowered(program, KEY, PLAIN, argnums=1)
    return len(lowered.as_text().splitlines())


def main() -> None:
    """Checks the test vector, and sends a text there and back."""
    blocks = jnp.frombuffer(TEXT, jnp.uint8).reshape(-1, 8)
    secret = jax.vmap(encipher, in_axes=(None, 0))(KEY, blocks)
    again = jax.vmap(decipher, in_axes=(None, 0))(KEY, secret)

    table = Table(f"XTEA, {ROUNDS} rounds", "")
    table.add_row("published", bytes(SECRET).hex())
    table.add_row("enciphered", bytes(encipher(KEY, PLAIN)).hex())
    table.add_row("deciphered", bytes(decipher(KEY, SECRET)).hex())
    table.add_row("text enciphered", f"{bytes(secret)[:16].hex()}...")
    table.add_row("deciphered", bytes(again).decode())
    table.add_row("StableHLO of deciphering", f"{lines(ROUNDS)} lines")
    table.add_row("of the same with 8 rounds", f"{lines(8)} lines")
    Console().print(table)


if __name__ == "__main__":
    main()
