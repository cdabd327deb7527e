"""What stands beside a number: sign, percent, bound, period."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.number_marks import Mark, marks_of
from language.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fifty", []),
        ("fifty plus", [Mark.AT_LEAST]),
        ("about fifty, plus the agency", []),
        ("fifty a year", [Mark.YEAR]),
        ("50 calls every single day", [Mark.DAY]),
        ("monthly visitors are about fifty", [Mark.MONTH]),
        ("less than ten", [Mark.AT_MOST]),
        ("no more than about ten", [Mark.AT_MOST]),
        ("more than £10", [Mark.AT_LEAST]),
        ("fifty or more", [Mark.AT_LEAST]),
        ("we get 10+ calls", [Mark.AT_LEAST]),
        ("20 calls at most", [Mark.AT_MOST]),
        ("it has gone up to 700", []),
        ("up to 700", [Mark.AT_MOST]),
        ("minus ten", [Mark.MINUS]),
        ("-10", [Mark.MINUS]),
        ("5-10", []),
        ("50 per cent", [Mark.PERCENT]),
        ("50 %", [Mark.PERCENT]),
        ("over the last 5 years", []),
        ("20 calls a day and 30 forms per week", [Mark.DAY, Mark.WEEK]),
    ],
)
def test_marks(text: str, expected: list[Mark]) -> None:
    assert [found.mark for found in marks_of(text, numbers_in(text))] == expected


@given(st.text(alphabet="5 a%-+,.overlsthdy", max_size=60))
def test_a_mark_belongs_to_a_number_of_the_text(text: str) -> None:
    numbers = numbers_in(text)
    for found in marks_of(text, numbers):
        assert 0 <= found.start < found.end <= len(text)
        assert 0 <= found.number < len(numbers)
