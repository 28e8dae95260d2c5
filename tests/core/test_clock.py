from core.clock import iso, now_ms


def test_a_time_is_told_in_utc_to_the_millisecond() -> None:
    assert iso(1_600_000_000_007) == "2020-09-13T12:26:40.007Z"


def test_now_is_in_milliseconds_and_does_not_go_back() -> None:
    first, second = now_ms(), now_ms()
    assert 1_700_000_000_000 < first <= second < 10_000_000_000_000
