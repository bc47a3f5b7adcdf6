# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Changes of a draft that change neither its values nor whether it has an inverse."""

from fuzz.drafts import Line
from fuzz.more_steps import IDENTITIES


def reorder(draft, drawn):
    """Another order of the lines, in which each still comes after what it reads."""
    rest, done = list(draft.lines), {*draft.unknown, *draft.known}
    draft.lines = []
    while rest:
        ready = [line for line in rest if done.issuperset(line.reads)]
        line = drawn.choice(ready)
        rest.remove(line)
        draft.lines.append(line)
        done.update(line.sets)


def outline(draft, drawn, call="{name}({takes})"):
    """Some lines become a function that is called."""
    if not draft.lines:
        return
    start = drawn.randrange(len(draft.lines))
    stop = drawn.randrange(start, len(draft.lines)) + 1
    inside, after = draft.lines[start:stop], draft.lines[stop:]
    sets = [name for line in inside for name in line.sets]
    reads = dict.fromkeys(name for line in inside for name in line.reads)
    takes = ", ".join(name for name in reads if name not in sets)
    needed = {*draft.live, *(name for line in after for name in line.reads)}
    gives = tuple(name for name in sets if name in needed)
    name = f"part{len(draft.definitions)}"
    body = "\n    ".join(line.code for line in inside)
    results = "({})".format("".join(f"{name}, " for name in gives))
    draft.definitions.append(
        f"@jax.jit\ndef {name}({takes}):\n    {body}\n    return {results}"
    )
    right = call.format(name=name, takes=takes)
    draft.lines[start:stop] = [Line(gives, f"{results} = {right}")]


def branch(draft, drawn):
    """Some lines become a branch; which one is run, only a known argument tells."""
    if draft.known:
        flag = f"jnp.size({draft.known[0]}) > jnp.isnan({draft.known[0]}).sum()"
        outline(draft, drawn, f"jax.lax.cond({flag}, {{name}}, {{name}}, {{takes}})")


def identity(draft, drawn):
    """A variable goes through something that leaves it as it is."""
    name = drawn.choice(list(draft.avals))
    places = [i for i, line in enumerate(draft.lines) if name in line.sets]
    place = places[0] + 1 if places else 0
    (new,) = draft.fresh()
    template = IDENTITIES[drawn.choice(list(IDENTITIES))]
    right = template.format(x=name, b=drawn.randrange(1, 3))
    same = Line((new,), f"{new} = {right}")
    if not draft.insert(place, same):
        return
    if draft.avals[new] != draft.avals[name]:
        raise AssertionError(f"{same.code}: {draft.avals[name]} {draft.avals[new]}")
    names = {name: new}
    draft.lines[place + 1 :] = [
        line.renamed(names) for line in draft.lines[place + 1 :]
    ]
    draft.live = [names.get(name, name) for name in draft.live]


def rename(draft, drawn):
    """Other names."""
    old = list(draft.avals)
    new = drawn.sample(old, len(old))
    names = dict(zip(old, new, strict=True))
    draft.lines = [line.renamed(names, sets=True) for line in draft.lines]
    draft.avals = {names[name]: aval for name, aval in draft.avals.items()}
    for field in ("unknown", "known", "live"):
        setattr(draft, field, [names[name] for name in getattr(draft, field)])


def outputs(draft, drawn):
    """Another order of what is returned."""
    drawn.shuffle(draft.live)


# These come last that change what the others read.
METAMORPHIC = {
    change.__name__: change
    for change in (reorder, identity, outputs, rename, branch, outline)
}
