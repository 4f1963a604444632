# SPDX-License-Identifier: Apache-2.0
"""A measurement: households run one client after the other, all households at once."""

import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from estimation_tools import clients, fresh
from estimation_tools.logs import queries_by_port
from labtools.addresses import AddressMap

_LAB = Path(__file__).resolve().parent.parent
_HOUSEHOLDS = 6
_PAUSE_SECONDS = 1.5  # check-estimation takes flows that begin up to a second late for the run's
_LATE_SECONDS = 0.5
_SEEDS = {"development": 1, "evaluation": 3, "first": 5, "second": 8, "third": 13}
_KINDS = clients.KINDS | {"first": fresh.FIRST, "second": fresh.SECOND, "third": fresh.SECOND}


@dataclass
class Run:
    """One client program and what it is known to have asked; queries is None where a log knows."""

    label: str
    household: int
    client: str
    server: str
    port: int
    protocol: str
    transport: str
    flows: int
    queries: int | None
    start: float = 0
    end: float = 0
    commands: list = field(default_factory=list)


class Laboratory:
    def __init__(self, folder, identifier, set_name):
        self.folder, self._id, self._set = folder, identifier, set_name
        self.home = _LAB
        self.random = random.Random(_SEEDS[set_name])
        self._addresses = AddressMap.read(_LAB / "etc" / "addresses.tsv")
        self._done = []

    def namespace(self, household):
        return f"{self._id}-c{household}"

    def execute(self, household, command, **options):
        """Runs a command in a household; returns what it printed."""
        inside = ["ip", "netns", "exec", self.namespace(household), *map(str, command)]
        return subprocess.run(inside, capture_output=True, text=True, timeout=120, check=False, **options)

    def start(self, household, command, log):
        inside = ["ip", "netns", "exec", self.namespace(household), *map(str, command)]
        with open(log, "w", encoding="utf-8") as out:
            return subprocess.Popen(inside, stdout=out, stderr=out, stdin=subprocess.DEVNULL)

    def run(self, rounds, out):
        plans = [[] for _ in range(_HOUSEHOLDS)]
        kinds = _KINDS[self._set]
        number = 0
        for _ in range(rounds):
            for kind in self.random.sample(kinds, len(kinds)):
                plans[number % _HOUSEHOLDS].append((kind, self.random.getrandbits(32)))
                number += 1
        threads = [
            threading.Thread(target=self._household, args=(household + 1, plan)) for household, plan in enumerate(plans)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        time.sleep(1)
        self._print(out)

    def _household(self, household, plan):
        for turn, (kind, seed) in enumerate(plan):
            chance = random.Random(seed)
            host = f"10.53.{household}.{2 + turn % 4}"
            start = time.time()
            try:
                runs = kind(clients.Asker(self, household, host, chance))
            except (subprocess.TimeoutExpired, clients.Failed, OSError) as failure:
                print(f"left out: {failure}", file=sys.stderr)
                continue
            end = time.time()
            for run in runs:
                run.start, run.end = start, end
                self._done.append(run)
            time.sleep(_PAUSE_SECONDS)

    def _print(self, out):
        logged = queries_by_port(self.folder / "run" / "dnsdist.queries", self.folder / "run" / "named.queries")
        for run in self._done:
            if run.queries is not None:
                self._line(out, run, "-", run.flows, run.queries)
                continue
            for (client, port), times in logged.items():
                count = sum(run.start <= at <= run.end + _LATE_SECONDS for at in times)
                if client == run.client and count:
                    self._line(out, run, port, 1, count)

    def _line(self, out, run, port, flows, queries):
        columns = (
            run.label,
            f"{run.start:.3f}",
            f"{run.end:.3f}",
            self._addresses.public_text(run.client),
            port,
            self._addresses.public_text(run.server),
            run.port,
            run.protocol,
            run.transport,
            flows,
            queries,
        )
        print(*columns, sep="\t", file=out)
