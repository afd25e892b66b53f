"""All who use the site at once; what came of it goes as JSON into the file that TOLD names."""

import json
import os
from pathlib import Path

from locust import events
from locust.stats import RequestStats, StatsEntry

from benchmarks.users.clients import Client
from benchmarks.users.editors import DONE, Editor
from benchmarks.users.readers import Reader

__all__ = ["Client", "Editor", "Reader"]


@events.quitting.add_listener
def tell(environment, **_) -> None:
    runner = environment.runner
    wrong = [f"{e.occurrences} × {e.name}: {e.error}" for e in runner.errors.values()]
    wrong += [f"{e['count']} × {e['msg']}: {e['traceback']}" for e in runner.exceptions.values()]
    told = {"kinds": kinds(runner.stats), "wrong": wrong, "done": DONE}
    Path(os.environ["TOLD"]).write_text(json.dumps(told), "utf-8")


def kinds(stats: RequestStats) -> dict[str, dict[str, float]]:
    """Of each kind: how many were asked and how many answers were wrong; milliseconds."""
    found: dict[str, StatsEntry] = {}
    for (name, _method), entry in stats.entries.items():
        if name not in found:
            found[name] = StatsEntry(stats, name, "", use_response_times_cache=False)
        found[name].extend(entry)
    return {
        name: {
            "requests": entry.num_requests,
            "wrong": entry.num_failures,
            **{f"p{n}": entry.get_response_time_percentile(n / 100) for n in (50, 95, 99)},
        }
        for name, entry in found.items()
    }
