"""The kinds of error that a person is shown: what is wrong, and what to do about it."""

from __future__ import annotations


class BookingCenterError(Exception):
    """Something went wrong that a person can do something about; shown without a traceback.

    `title` says what is wrong and `advice` what to do; each is a sentence, or empty.
    """

    def __init__(self, title: str, advice: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.advice = advice

    def __str__(self) -> str:
        """One line, whatever a file or a database put into the words."""
        title, advice = " ".join(self.title.split()), " ".join(self.advice.split())
        if advice and title and title[-1] not in ".!?:…":
            title += "."
        return f"{title} {advice}".strip()


class BadOption(BookingCenterError):
    """The command line asks for something that cannot be."""


class BadSetting(BookingCenterError):
    """The settings file or the environment says something that cannot be."""
