# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Judges many programs in several processes, and shrinks those that fail.

python -m fuzz --count 10000 --output build/fuzz      (make fuzz)
python -m fuzz --show 17                              the source of program 17
"""

import argparse
import collections
import concurrent.futures
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

# Code is run once, so it need not be good. As many devices as sharded programs need.
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = (
    "--xla_force_host_platform_device_count=8 --xla_backend_optimization_level=0"
    " --xla_llvm_disable_expensive_passes=true"
)

# A process judges so many programs, then another goes on: caches grow.
CHUNK = 100


def work(seeds, output):
    """Judges programs; prints a line before and after each."""
    import jax

    from fuzz.programs import draw_program
    from fuzz.shrinking import fare, script_of, shrink

    for seed in seeds:
        print(json.dumps({"seed": seed}), flush=True)
        program = draw_program(seed)
        outcome = fare(program, seed)
        line = {"seed": seed, "kind": outcome.kind, "reason": outcome.reason}
        if outcome.kind in ("wrong", "error"):
            program = shrink(program, seed, outcome)
            outcome = fare(program, seed)
            path = output / f"{outcome.kind}_{seed}.py"
            path.write_text(script_of(program, seed, outcome))
            line["script"] = str(path)
        print(json.dumps(line), flush=True)
        if seed % 20 == 0:
            jax.clear_caches()


def run_forward(seed):
    """Runs the function of a program alone, compiled."""
    import jax

    from fuzz.programs import build, draw_program

    fun, args, _ = build(draw_program(seed)).load()
    jax.jit(fun)(*args)


def ends_forward(seed):
    """Whether that ends the process, as some slices of nothing do in XLA."""
    command = [sys.executable, "-m", "fuzz", "--forward", str(seed)]
    return subprocess.run(command, capture_output=True).returncode < 0


class Campaign:
    """Counts of outcomes, from several processes."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.counts = collections.Counter()
        self.failures = []
        self.lock = threading.Lock()
        self.end = time.time() + 60 * (arguments.minutes or 10**6)

    def run_chunk(self, start, stop):
        """Judges the programs of some seeds; a crash is an outcome of one of them."""
        while start < stop and time.time() < self.end:
            limits = ["--seeds", str(start), str(stop)]
            command = [sys.executable, "-m", "fuzz", *limits]
            command += ["--output", str(self.arguments.output)]
            log = self.arguments.output / f"log_{start}.txt"
            with log.open("w") as errors:
                process = subprocess.Popen(
                    command, stdout=subprocess.PIPE, stderr=errors, text=True
                )
                for text in process.stdout:
                    line = json.loads(text)
                    start = line["seed"]
                    if "kind" in line:
                        start += 1
                        self.add(line)
                    if time.time() > self.end:
                        process.kill()
                        return
            if process.wait() == 0:
                log.unlink()
                return
            if start < stop:
                crash = {"seed": start, "kind": "error", "reason": "the process ended"}
                if ends_forward(start):
                    crash |= {"kind": "invalid", "reason": "XLA ends the process"}
                self.add({**crash, "script": str(log)})
                start += 1

    def add(self, line):
        """Counts an outcome."""
        with self.lock:
            self.counts[line["kind"], line["reason"]] += 1
            if line["kind"] in ("wrong", "error"):
                self.failures.append(line)
                print(line, flush=True)
            with (self.arguments.output / "outcomes.jsonl").open("a") as file:
                print(json.dumps(line), file=file)

    def report(self):
        """Prints the counts."""
        total = collections.Counter()
        for (kind, _), count in self.counts.items():
            total[kind] += count
        print(f"{total.total()} programs: {dict(total)}")
        for (kind, reason), count in self.counts.most_common():
            if reason:
                print(f"  {count:6} {kind:8} {reason}")


def main():
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1000, help="how many programs")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--minutes", type=float, help="when to stop at the latest")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument("--output", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--show", type=int, help="prints the source of one program")
    parser.add_argument("--seeds", type=int, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--forward", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.forward is not None:
        run_forward(arguments.forward)
        return 0
    arguments.output.mkdir(parents=True, exist_ok=True)
    if arguments.show is not None:
        from fuzz.programs import build, draw_program

        print(build(draw_program(arguments.show)).source)
        return 0
    if arguments.seeds:
        work(range(*arguments.seeds), arguments.output)
        return 0
    campaign = Campaign(arguments)
    first, last = arguments.seed, arguments.seed + arguments.count
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        starts = range(first, last, CHUNK)
        for start in starts:
            pool.submit(campaign.run_chunk, start, min(start + CHUNK, last))
    campaign.report()
    return 1 if campaign.failures else 0


if __name__ == "__main__":
    sys.exit(main())
