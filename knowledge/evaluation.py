"""What an evaluation counts, by language and kind of question. Pure: results in, figures out."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from statistics import quantiles
from typing import Any

KINDS = ("topic", "oos", "human", "urgent", "smalltalk")
# Outcomes by which something out of scope is told as if it were known.
TELLS = ("answer", "emergency")


@dataclass(frozen=True, slots=True)
class Result:
    """One question and what it got. `outcome` is None where no reply came."""

    language: str
    kind: str
    script: str | None
    text: str
    expected: tuple[str, ...]
    outcome: str | None
    topics: tuple[str, ...]
    replied_in: str | None
    milliseconds: float

    @property
    def top1(self) -> bool:
        """The answer is on an expected topic."""
        return self.outcome in TELLS and bool(self.topics) and self.topics[0] in self.expected

    @property
    def top3(self) -> bool:
        """An expected topic is in the answer or among the offered choices."""
        return any(topic in self.expected for topic in self.topics[:3])

    @property
    def good(self) -> bool:
        """The outcome is one that this kind of question should have."""
        if self.kind == "topic":
            return self.top1
        if self.kind == "oos":
            return self.outcome is not None and self.outcome not in TELLS
        return self.outcome == {"human": "handoff", "urgent": "emergency", "smalltalk": "smalltalk"}[self.kind]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "good": self.good}


def _share(values: list[bool]) -> float | None:
    return round(100 * sum(values) / len(values), 1) if values else None


def percentiles(milliseconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile, to a tenth; zero where there is nothing."""
    if len(milliseconds) < 2:
        only = round(milliseconds[0], 1) if milliseconds else 0.0
        return only, only
    cuts = quantiles(milliseconds, n=100, method="inclusive")
    return round(cuts[49], 1), round(cuts[94], 1)


def figures(results: list[Result]) -> dict[str, Any]:
    """Shares in per cent, times in milliseconds; a figure without questions is None."""
    of: defaultdict[str, list[Result]] = defaultdict(list)
    for result in results:
        of[result.kind].append(result)
    p50, p95 = percentiles([result.milliseconds for result in results])
    topics = of["topic"]
    return {
        "count": len(results),
        "top1": _share([r.top1 for r in topics]),
        "top3": _share([r.top3 for r in topics]),
        "answered_wrong": _share([r.outcome in TELLS and not r.top3 for r in topics]),
        "oos_answered": _share([r.outcome in TELLS for r in of["oos"]]),
        "human_recall": _share([r.good for r in of["human"]]),
        "urgent_recall": _share([r.good for r in of["urgent"]]),
        "false_alarms": _share([r.outcome == "emergency" and not r.top3 for r in topics]),
        "smalltalk": _share([r.good for r in of["smalltalk"]]),
        "language": _share([r.replied_in == r.language for r in results]),
        "no_reply": sum(r.outcome is None for r in results),
        "p50_ms": p50,
        "p95_ms": p95,
    }


def summarize(results: list[Result]) -> dict[str, Any]:
    """Figures over all, by language, and by language and kind."""
    languages = sorted({result.language for result in results})
    by_language = {code: figures([r for r in results if r.language == code]) for code in languages}
    by_kind = {
        code: {
            kind: figures(chosen)
            for kind in KINDS
            if (chosen := [r for r in results if r.language == code and r.kind == kind])
        }
        for code in languages
    }
    romanized = [r for r in results if r.script]
    return {
        "all": figures(results),
        "languages": by_language,
        "kinds": by_kind,
        **({"romanized": figures(romanized)} if romanized else {}),
    }


_COLUMNS = (
    ("count", "n"), ("top1", "top-1"), ("top3", "top-3"), ("answered_wrong", "wrong"), ("oos_answered", "oos told"),
    ("human_recall", "human"), ("urgent_recall", "urgent"), ("false_alarms", "alarms"), ("smalltalk", "small"),
    ("language", "lang ok"), ("no_reply", "silent"), ("p50_ms", "p50 ms"), ("p95_ms", "p95 ms"),
)  # fmt: skip


def table(summary: dict[str, Any]) -> str:
    """The figures as a table for the terminal."""
    rows = [*summary["languages"].items(), *((n, summary[n]) for n in ("romanized", "all") if n in summary)]
    lines = ["".join([f"{'':<10}", *(f"{title:>9}" for _, title in _COLUMNS)])]
    for name, values in rows:
        cells = ("-" if values[key] is None else str(values[key]) for key, _ in _COLUMNS)
        lines.append("".join([f"{name:<10}", *(f"{cell:>9}" for cell in cells)]))
    return "\n".join(lines)
