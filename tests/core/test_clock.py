from core.clock import iso, italian_time, now_ms


def test_a_time_is_told_in_utc_to_the_millisecond() -> None:
    assert iso(1_600_000_000_007) == "2020-09-13T12:26:40.007Z"


def test_now_is_in_milliseconds_and_does_not_go_back() -> None:
    first, second = now_ms(), now_ms()
    assert 1_700_000_000_000 < first <= second < 10_000_000_000_000


def test_the_italian_clock_knows_summer_time_and_says_the_day_when_it_is_not_today() -> None:
    assert italian_time(1_751_371_200_000) == "01/07/2025 14:00"
    assert italian_time(1_736_942_400_000) == "15/01/2025 13:00"
    assert len(italian_time(now_ms())) == len("12:34")
