"""Small numbers: left out, and not to be found again by subtraction between tables or years."""

from collections.abc import Iterator
from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.privacy.counts import FEW, _bounds, public_column, public_count, public_share

counts = st.integers(0, 200)


@pytest.mark.parametrize(
    ("n", "told"), [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (pd.NA, None), (None, None)]
)
def test_few_are_left_out_and_more_are_rounded_to_five(n: object, told: int | None) -> None:
    assert public_count(n) == told


@pytest.mark.parametrize(
    ("n", "of", "told"), [(7, 12, 5), (8, 12, None), (12, 12, None), (0, 3, 0), (5, 10, 5), (6, 10, None)]
)
def test_nearly_all_of_a_group_are_left_out_too(n: int, of: int, told: int | None) -> None:
    assert public_count(n, of=of) == told


@given(counts, counts)
def test_two_counts_that_differ_by_few_never_show_by_how_many(one: int, other: int) -> None:
    told = [public_count(n) for n in (one, other)]

    if None not in told:
        assert (told[0] - told[1]) % FEW == 0  # type: ignore[operator]  # neither is None here
        assert abs(told[0] - one) <= 2  # type: ignore[operator]  # as above


@pytest.mark.parametrize(
    ("value", "told"), [(0.237, 0.25), (-0.02, 0.0), (1.0, 1.0), (0.97, 0.95), (float("nan"), None), (None, None)]
)
def test_shares_are_rounded_to_a_twentieth(value: float | None, told: float | None) -> None:
    assert public_share(value) == told


def test_one_number_left_out_takes_the_smallest_other_with_it() -> None:
    column = public_column(pd.Series({"a": 3, "b": 20, "c": 6, "d": 0}), pd.Series({"a": 30, "b": 40, "c": 20, "d": 9}))

    assert column.to_dict() == {"a": None, "b": 20, "c": None, "d": 0}


def test_two_numbers_left_out_protect_each_other() -> None:
    column = public_column(pd.Series({"a": 3, "b": 20, "c": 2}), pd.Series({"a": 30, "b": 40, "c": 20}))

    assert column.to_dict() == {"a": None, "b": 20, "c": None}


def test_all_that_look_like_the_smallest_other_are_left_out_with_it() -> None:
    # 19 looks like 20. Were 19 alone left out, 5 would be the smallest other had the two left out changed places.
    column = public_column(pd.Series({"a": 3, "b": 20, "c": 19, "d": 40}), pd.Series([99] * 4, index=[*"abcd"]))

    assert column.to_dict() == {"a": None, "b": None, "c": None, "d": 40}


def test_a_number_alone_in_its_column_takes_the_zeros_with_it() -> None:
    # With zeros shown, the total would be the number.
    assert public_column(pd.Series({"a": 3, "b": 0}), pd.Series({"a": 30, "b": 9})).isna().all()


def test_where_nearly_all_of_a_group_are_meant_the_whole_column_is_left_out() -> None:
    column = public_column(pd.Series({"a": 6, "b": 0, "c": 10}), pd.Series({"a": 6, "b": 9, "c": 30}))

    assert column.isna().all()


@pytest.mark.parametrize(
    ("counts_", "told"),
    [
        ((4, 4, 0), (None, None, None)),  # only 4 and 4 make 8
        ((4, 4, 4), (None, None, None)),  # as do 4, 4 and 4 to 12; 5, 4 and 3 are left out like them
        ((5, 4, 3), (None, None, None)),
        ((1, 1, 0, 0), (None,) * 4),
        ((4, 4, 7, 0), (None,) * 4),  # 5 shown is 7 at most, and 8 of 15 are left for two: 4 and 4
        ((4, 3, 7, 0), (None, None, 5, 0)),  # 7 to 9 of 14 are left: 4 and 3, 3 and 4, 4 and 4
        ((1, 1, 8, 0), (None,) * 4),  # 10 shown is 8 at least, and 2 of 10 are left: 1 and 1
        ((2, 1, 8, 0), (None, None, 10, 0)),  # 3 at most of 11 are left: 2 and 1, 1 and 2, 1 and 1
        ((2, 1, 20), (None, None, 20)),  # 12 of small ones alone never make 23
        ((5, 20), (5, 20)),
        ((0, 0), (0, 0)),
    ],
)
def test_numbers_that_the_total_would_tell_take_the_column_with_them(
    counts_: tuple[int, ...], told: tuple[int | None, ...]
) -> None:
    column = public_column(pd.Series(counts_, name="n"), pd.Series([100] * len(counts_)))

    assert tuple(column.to_dict().values()) == told
    assert column.name == "n"


def test_what_looks_the_same_once_published_is_bounded_by_hand() -> None:
    # 3 looks like any small number, 0 like itself, 14 (told as 15) like 13 to 17. Of 28, 23 (25) are at most 23, since
    # nearly all are never told. 5, left out beside the 3, looks smaller than the smallest told: than all that give 15.
    counts = pd.Series({"few": 3, "none": 0, "middle": 14, "most": 23, "beside": 5})
    of = pd.Series(40, index=counts.index).where(counts.index != "most", 28)
    bounds = _bounds(counts, of, counts.isin([3, 5]))

    assert bounds.T.to_dict("list") == {
        "few": [1, 4], "none": [0, 0], "middle": [13, 17], "most": [23, 23], "beside": [5, 12]
    }  # fmt: skip


def test_where_nothing_is_told_what_is_left_out_may_be_all_but_five() -> None:
    counts = pd.Series({"few": 3, "beside": 7})
    bounds = _bounds(counts, pd.Series(20, index=counts.index), counts > 0)

    assert bounds.T.to_dict("list") == {"few": [1, 4], "beside": [5, 15]}


def test_what_is_told_as_five_is_no_small_number() -> None:
    counts = pd.Series({"five": 5, "six": 6})

    assert _bounds(counts, pd.Series(20, index=counts.index), counts < 0).T.to_dict("list") == {
        "five": [5, 7],
        "six": [5, 7],
    }


def test_a_group_of_which_five_are_not_meant_is_told() -> None:
    assert public_column(pd.Series({"a": 7, "b": 20}), pd.Series({"a": 12, "b": 40})).to_dict() == {"a": 5, "b": 20}


def test_columns_are_not_changed_in_place() -> None:
    counts_, of = pd.Series({"a": 3, "b": 20}), pd.Series({"a": 30, "b": 40})
    public_column(counts_, of)

    assert counts_.to_dict() == {"a": 3, "b": 20}
    assert of.to_dict() == {"a": 30, "b": 40}


def attacked(sizes: tuple[int, ...]) -> list[tuple[tuple[int, ...], set[tuple[int, ...]]]]:
    """Play the attacker on every table: for each truth, all the truths that give the same published column and total."""
    of = pd.Series(sizes)
    seen: dict[tuple[object, ...], set[tuple[int, ...]]] = {}
    for truth in product(*(range(size + 1) for size in sizes)):
        column = public_column(pd.Series(truth), of)
        shown = (*(None if pd.isna(n) else n for n in column), public_count(sum(truth), of=sum(sizes)))
        seen.setdefault(shown, set()).add(truth)
    return [(truth, alike) for alike in seen.values() for truth in alike]


@pytest.mark.parametrize("sizes", [(5,), (12, 12), (6, 14), (5, 5, 8), (9, 7, 6), (5, 12, 17), (8, 13, 13)])
def test_no_small_number_can_be_found_from_its_table_and_total(sizes: tuple[int, ...]) -> None:
    for truth, alike in attacked(sizes):
        for place, n in enumerate(truth):
            possible = {other[place] for other in alike}
            # Whoever computes every table that fits what is shown still finds at least two values for a small number …
            assert not 0 < n < FEW or len(possible) > 1, (truth, possible)
            # … and never that all of a group are meant.
            assert n < sizes[place] or possible != {n}, (truth, possible)


def shares_of(total: int, n_groups: int) -> Iterator[tuple[int, ...]]:
    """Share a total out among groups in every way."""
    if n_groups == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in shares_of(total - first, n_groups - 1):
            yield (first, *rest)


@pytest.mark.parametrize(("n_groups", "most"), [(2, 24), (3, 15), (4, 10)])
def test_no_small_number_can_be_found_by_whoever_has_counted_the_partners_on_the_map(n_groups: int, most: int) -> None:
    # Bands of load and flags add up to the partners, and the map shows each of them: this attacker has the exact total.
    for total in range(most + 1):
        seen: dict[tuple[object, ...], set[tuple[int, ...]]] = {}
        for truth in shares_of(total, n_groups):
            column = public_column(pd.Series(truth), pd.Series([total] * n_groups))
            seen.setdefault(tuple(None if pd.isna(n) else n for n in column), set()).add(truth)
        for alike in seen.values():
            for place in range(n_groups):
                possible = {truth[place] for truth in alike}
                assert len(possible) > 1 or not 0 < min(possible) < FEW, alike


def test_two_years_that_differ_by_one_partner_may_look_the_same_or_differ_by_five() -> None:
    told = {(n, n + 1): (public_count(n), public_count(n + 1)) for n in range(5, 60)}

    assert {after - before for before, after in told.values() if None not in (before, after)} == {0, 5}  # type: ignore[operator]  # no None here
