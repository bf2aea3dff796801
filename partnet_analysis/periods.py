"""Spans of days, both ends included."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from partnet_analysis.errors import InvalidPeriodError

DAYS_PER_MONTH = 365.25 / 12
"""Mean length of a month, which turns days at risk into months at risk."""


@dataclass(frozen=True, order=True)
class Period:
    """
    A span of days, both ends included.

    Parameters
    ----------
    start
        The first day.
    end
        The last day.

    Raises
    ------
    TypeError
        If one of them is no day.
    InvalidPeriodError
        If the end comes before the start.

    Examples
    --------
    >>> Period.parse("2024").days
    366
    >>> str(Period.parse("2024-03-01..2024-03-31").previous())
    '2024-01-30..2024-02-29'
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse what is no day, and a period that ends before it starts."""
        given: tuple[object, object] = (self.start, self.end)
        if not all(isinstance(day, date) for day in given):
            message = 'a Period is made of two days (datetime.date); for text: Period.parse("2024-01-01..2024-06-30")'
            raise TypeError(message)
        if self.end < self.start:
            raise InvalidPeriodError(str(self))

    @classmethod
    def of_year(cls, year: int) -> Self:
        """
        Make the period of a calendar year.

        Parameters
        ----------
        year
            The year.

        Returns
        -------
        period
            From 1 January to 31 December.
        """
        try:
            return cls(date(year, 1, 1), date(year, 12, 31))
        except TypeError:
            message = f"a year is a whole number, not {year!r}; call Period.of_year(2024)"
            raise TypeError(message) from None
        except ValueError:
            raise InvalidPeriodError(str(year)) from None

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read a period as people write it.

        Parameters
        ----------
        text
            A year (`2024`) or two ISO days (`2024-01-01..2024-06-30`).

        Returns
        -------
        period
            The period, both ends included.

        Raises
        ------
        InvalidPeriodError
            If the text is neither.
        """
        if not isinstance(text, str):
            message = f'a period is parsed from text, not from {text!r}; call Period.parse("2024") or Period.of_year(2024)'
            raise TypeError(message)
        text = text.strip()
        if text.isascii() and text.isdigit():
            return cls.of_year(int(text))
        try:
            start, end = (date.fromisoformat(part.strip()) for part in text.split(".."))
        except ValueError:
            raise InvalidPeriodError(text) from None
        return cls(start, end)

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.end - self.start).days + 1

    @property
    def months(self) -> float:
        """The number of mean months."""
        return self.days / DAYS_PER_MONTH

    @property
    def year(self) -> int | None:
        """The calendar year that this is, or None."""
        whole = (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)
        return self.start.year if whole and self.start.year == self.end.year else None

    def previous(self) -> Self:
        """
        Make the period just before.

        Returns
        -------
        period
            The year before a calendar year; otherwise as many days, ending the day before this one starts.
        """
        if self.year is not None:
            return self.of_year(self.year - 1)
        eve = self.start - timedelta(days=1)
        return type(self)(eve - timedelta(days=self.days - 1), eve)

    def __contains__(self, day: date) -> bool:
        """Tell whether a day lies within."""
        return self.start <= day <= self.end

    def __str__(self) -> str:
        """Write `2024`, or both days."""
        return str(self.year) if self.year is not None else f"{self.start}..{self.end}"
