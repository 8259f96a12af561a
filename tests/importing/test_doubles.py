"""Rows of one file that mean the same record: equal ones count once, others are errors that name each other."""

from __future__ import annotations

import pytest

from tests.importing.inboxes import FILES
from tests.importing.office import Office, counts, errors, texts


def test_equal_rows_count_once_and_the_rest_are_skipped_and_said(office: Office) -> None:
    file = office.take("brands", "code,name", "A,Một", "B,Hai", "A,Một", " a ,Khác", "A,Một")
    assert counts(file) == (3, 0, 0, 2, 0)
    assert [(message.level, message.row, message.message) for message in file.messages] == [
        ("info", 4, "the same as row 2, which counts"),
    ]
    assert (file.messages[0].count, file.messages[0].rows) == (2, (4, 6))


def test_rows_that_are_written_differently_and_read_alike_are_equal(office: Office) -> None:
    office.open_shop(["brands"])
    header = "code,name,brand_code,start_date,end_date,budget_planned"
    file = office.take(
        "campaigns", header, "C,c,LUNA,2027-01-02,2027-02-03,1.500", "C,c,LUNA,02/01/2027,03/02/2027,1500"
    )
    assert counts(file) == (1, 0, 0, 1, 0)


def test_rows_that_differ_are_errors_that_name_the_other_row(office: Office) -> None:
    file = office.take("brands", "code,name", "A,Một", "B,Hai", "A,Ba", on_error="skip")
    assert counts(file) == (1, 0, 0, 0, 2)
    assert errors(file) == [(2, "code"), (4, "code")]
    assert ["row 4" in file.messages[0].message, "row 2" in file.messages[1].message] == [True, True]
    assert office.rows("SELECT code FROM brand") == [("B",)]


def test_of_three_rows_of_which_one_differs_none_goes_in(office: Office) -> None:
    file = office.take("brands", "code,name", "A,Một", "A,Một", "A,Ba", on_error="skip")
    assert counts(file) == (0, 0, 0, 0, 3)


def test_a_row_that_cannot_be_read_does_not_stand_in_the_way_of_a_good_one(office: Office) -> None:
    office.open_shop(["brands"])
    header = "code,name,brand_code,start_date,end_date"
    file = office.take(
        "campaigns", header, "C,c,LUNA,2027-01-02,nonsense", "C,c,LUNA,2027-01-02,2027-02-03", on_error="skip"
    )
    assert counts(file) == (1, 0, 0, 0, 1)


@pytest.mark.parametrize("kind", list(FILES))
def test_doubled_rows_of_every_kind_are_skipped_and_said_once_each(office: Office, kind: str) -> None:
    office.open_shop(list(FILES)[: list(FILES).index(kind)])
    header, *rows = FILES[kind].splitlines()
    for outcome in ("created", "unchanged"):
        file = office.take(kind, header, *rows, *rows, create_missing=True)
        assert (getattr(file, outcome), file.skipped, file.rows) == (len(rows), len(rows), 2 * len(rows))
        said = [message for message in file.messages if message.level == "info"]
        assert sum(message.count for message in said) == len(rows), said
        assert all("the same as row" in message.message for message in said)


def test_a_double_of_a_deleted_record_is_skipped_like_the_first(office: Office) -> None:
    office.take("brands", "code,name", "A,Một")
    office.delete("brand", "code = 'A'")
    file = office.take("brands", "code,name", "A,Một", "A,Một")
    assert counts(file) == (0, 0, 0, 2, 0)
    assert sum("was deleted" in text for text in texts(file, "info")) == 1


def test_a_payment_by_its_ref_and_again_by_its_other_key_is_an_error_of_both(office: Office) -> None:
    office.open_shop()
    header = "payment_ref,booking_code,amount,payment_date,status,note"
    file = office.take(
        "payments", header, "PAY-1,B1,2500000,2027-01-25,paid,x", ",B1,2500000,2027-01-25,paid,y", on_error="skip"
    )
    assert counts(file) == (0, 0, 0, 0, 2)


def test_many_doubles_are_settled_in_one_go(office: Office) -> None:
    rows = [f"A{number % 20_000},name {number}" for number in range(40_000)]
    file = office.take("brands", "code,name", *rows)
    assert counts(file) == (0, 0, 0, 0, 40_000)
    assert len(file.messages) + file.messages_left_out == 40_000
