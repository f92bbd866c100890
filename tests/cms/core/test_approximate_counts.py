"""A count is shown as its source states it."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cms.core.fields import ApproxCountFormField
from cms.core.values import ApproxCount, FuzzyDate, Qualifier

counts = st.builds(
    ApproxCount,
    st.integers(min_value=0, max_value=10**12),
    st.sampled_from(Qualifier),
    st.sampled_from([FuzzyDate.UNKNOWN, FuzzyDate.of_year(2012), FuzzyDate.month(2024, 5)]),
)


@given(counts)
def test_the_stored_form_gives_the_same_count_back(count: ApproxCount) -> None:
    assert ApproxCount.parse(count.stored) == count


def test_words_say_how_exact_it_is() -> None:
    with override("de"):
        assert str(ApproxCount(220, Qualifier.MORE_THAN)) == "mehr als 220"
        assert str(ApproxCount(1200, Qualifier.NEARLY)) == "fast 1.200"
        assert str(ApproxCount(15)) == "15"


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError):
        ApproxCount(-1)


@pytest.mark.parametrize("text", ["220", "many 3", "exact x", "exact 3 gestern"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        ApproxCount.parse(text)


def test_an_empty_form_states_no_count() -> None:
    field = ApproxCountFormField(required=False)

    assert field.clean(["more_than", "", ""]) is None
    assert field.clean(["more_than", "220", "2024"]) == ApproxCount(
        220, Qualifier.MORE_THAN, FuzzyDate.of_year(2024)
    )
