from dataclasses import replace

import pytest

from knowledge.evaluation import Result, figures, summarize, table

TOPIC = Result("it", "topic", None, "come?", ("a",), "answer", ("a",), "it", 100.0)


@pytest.mark.parametrize(
    ("outcome", "topics", "top1", "top3"),
    [
        ("answer", ("a",), True, True),
        ("emergency", ("a", "b"), True, True),
        ("answer", ("b", "a"), False, True),
        ("clarify", ("b", "c", "a"), False, True),
        ("clarify", ("a",), False, True),
        ("answer", ("b", "c", "d", "a"), False, False),
        ("unsupported", (), False, False),
        (None, (), False, False),
    ],
)
def test_a_topic_counts_where_it_is_answered_or_offered(
    outcome: str | None, topics: tuple[str, ...], top1: bool, top3: bool
) -> None:
    result = replace(TOPIC, outcome=outcome, topics=topics)
    assert (result.top1, result.top3, result.good) == (top1, top3, top1)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("oos", ["unsupported", "clarify", "handoff", "smalltalk"], ["answer", "emergency", None]),
        ("human", ["handoff"], ["answer", "smalltalk", None]),
        ("urgent", ["emergency"], ["handoff", "answer", None]),
        ("smalltalk", ["smalltalk"], ["answer", "unsupported", None]),
    ],
)
def test_each_kind_has_its_good_outcomes(kind: str, good: list[str], bad: list[str | None]) -> None:
    assert all(replace(TOPIC, kind=kind, outcome=outcome).good for outcome in good)
    assert not any(replace(TOPIC, kind=kind, outcome=outcome).good for outcome in bad)


def test_a_result_tells_for_json_whether_it_was_good() -> None:
    assert TOPIC.as_dict()["good"] is True
    assert TOPIC.as_dict()["text"] == "come?"


RESULTS = [
    TOPIC,
    replace(TOPIC, topics=("b", "a"), milliseconds=200.0),
    replace(TOPIC, topics=("b",), milliseconds=300.0, replied_in="en"),
    replace(TOPIC, outcome="emergency", topics=("danger",), milliseconds=400.0),
    replace(TOPIC, kind="oos", outcome="answer", milliseconds=500.0),
    replace(TOPIC, kind="oos", outcome="unsupported", topics=()),
    replace(TOPIC, kind="oos", outcome="unsupported", topics=()),
    replace(TOPIC, kind="urgent", outcome="emergency"),
    replace(TOPIC, kind="human", outcome=None, topics=(), replied_in=None),
]


def test_the_figures_are_shares_of_their_kind() -> None:
    counted = figures(RESULTS)
    assert {key: counted[key] for key in ("count", "top1", "top3", "answered_wrong", "oos_answered")} == {
        "count": 9,
        "top1": 25.0,
        "top3": 50.0,
        "answered_wrong": 50.0,
        "oos_answered": 33.3,
    }
    assert (counted["human_recall"], counted["urgent_recall"], counted["false_alarms"]) == (0.0, 100.0, 25.0)
    assert counted["no_reply"] == 1
    assert (counted["p50_ms"], counted["p95_ms"]) == (100.0, 460.0)


def test_a_figure_without_questions_is_none() -> None:
    counted = figures([TOPIC])
    assert counted["oos_answered"] is counted["human_recall"] is None
    assert (counted["p50_ms"], counted["p95_ms"]) == (100.0, 100.0)


def test_a_summary_is_by_language_and_kind_with_the_romanized_apart() -> None:
    summary = summarize([*RESULTS, replace(TOPIC, language="ar", script="latin", topics=("b",))])
    assert summary["all"]["count"] == 10
    assert {code: each["count"] for code, each in summary["languages"].items()} == {"ar": 1, "it": 9}
    assert {kind: each["count"] for kind, each in summary["kinds"]["it"].items()} == {
        "topic": 4,
        "oos": 3,
        "human": 1,
        "urgent": 1,
    }
    assert (summary["romanized"]["count"], summary["romanized"]["top1"]) == (1, 0.0)
    assert "romanized" not in summarize(RESULTS)


def test_the_table_has_a_line_for_each_language_and_one_for_all() -> None:
    lines = table(summarize([*RESULTS, replace(TOPIC, language="ar")])).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["ar", "it", "all"]
    assert lines[1].split()[1:4] == ["1", "100.0", "100.0"]
    assert lines[1].split()[5] == "-"
    assert len({len(line) for line in lines}) == 1


def test_no_results_have_figures_too() -> None:
    assert figures([])["count"] == 0
