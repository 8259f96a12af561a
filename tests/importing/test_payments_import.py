"""Payments: amounts in dong, what was spent, and payments that look alike."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.office import NewOffice, Office, counts, errors, texts
from tui_booking.models.finance import amount_in_vnd

HEADER = "payment_ref,booking_code,amount,currency,exchange_rate,amount_vnd,payment_date,status"
VND = "SELECT payment_ref, amount_vnd / 100 FROM payment WHERE payment_ref BETWEEN 'N' AND 'O' ORDER BY payment_ref"


def test_an_amount_in_dong_is_that_many_dong(office: Office) -> None:
    office.open_shop()
    office.take("payments", HEADER, "N1,B1,1.500.000,,,,2027-01-01,", "N2,B1,2tr,VND,,,2027-01-01,")
    assert office.rows(VND) == [("N1", 1_500_000), ("N2", 2_000_000)]


def test_halves_go_to_the_even_dong(office: Office) -> None:
    office.open_shop()
    rows = [f"N{number},B1,{amount},USD,{rate},,2027-01-01," for number, (amount, rate) in enumerate(
        [("0.50", "1"), ("1.50", "1"), ("2.50", "1"), ("0.25", "25000.02"), ("0.01", "50"), ("0.01", "50.000001")]
    )]  # fmt: skip
    office.take("payments", HEADER, *rows)
    assert [int(value) for _, value in office.rows(VND)] == [0, 2, 2, 6250, 0, 1]


@settings(max_examples=15)
@given(
    pairs=st.lists(
        st.tuples(st.integers(0, 10**11), st.integers(1, 10**11)).map(
            lambda pair: (Decimal(pair[0]).scaleb(-2), Decimal(pair[1]).scaleb(-6))
        ),
        min_size=1,
        max_size=20,
    )
)
def test_the_database_rounds_as_python_does(new_office: NewOffice, pairs: list[tuple[Decimal, Decimal]]) -> None:
    with new_office() as office:
        office.open_shop()
        rows = [f"N{number:03},B1,{amount},USD,{rate:f},,2027-01-01," for number, (amount, rate) in enumerate(pairs)]
        assert office.take("payments", HEADER, *rows).errors == 0
        stored = [Decimal(value) for _, value in office.rows(VND)]
        assert stored == [amount_in_vnd(amount, "USD", rate) for amount, rate in pairs]


def test_a_given_value_that_differs_by_more_than_a_dong_is_a_warning_that_shows_both(office: Office) -> None:
    office.open_shop()
    file = office.take(
        "payments", HEADER, "N1,B1,100,USD,25000,2.500.001,2027-01-01,", "N2,B1,100,USD,25000,2600000,2027-01-01,"
    )
    assert counts(file) == (2, 0, 0, 0, 0)
    (message,) = file.messages
    assert (message.level, message.row, message.column, message.value) == ("warning", 3, "amount_vnd", "2600000")
    assert "2500000" in message.message
    assert office.rows(VND) == [("N1", 2_500_000), ("N2", 2_500_000)]


def test_a_foreign_amount_needs_a_rate(office: Office) -> None:
    office.open_shop()
    file = office.take("payments", HEADER, "N1,B1,100,USD,,,2027-01-01,")
    assert errors(file) == [(2, "exchange_rate")]
    assert "USD" in file.messages[0].message


def test_a_rate_for_dong_is_a_warning(office: Office) -> None:
    office.open_shop()
    file = office.take("payments", HEADER, "N1,B1,100,VND,25400.5,,2027-01-01,", "N2,B1,100,VND,1,,2027-01-01,")
    assert counts(file) == (2, 0, 0, 0, 0)
    assert [(message.row, message.value) for message in file.messages] == [(2, "25400.5")]


def test_an_amount_too_large_for_the_database_is_an_error_of_its_row(office: Office) -> None:
    office.open_shop()
    file = office.take(
        "payments",
        HEADER,
        "N1,B1,999999999999999.99,USD,999999999,,2027-01-01,",
        "N2,B1,100,USD,25000,,2027-01-01,",
        on_error="skip",
    )
    assert counts(file) == (1, 0, 0, 0, 1)
    assert errors(file)[0][0] == 2


class TestWhatWasSpent:
    SPENT = "SELECT code, budget_actual / 100 FROM campaign ORDER BY code"

    def test_it_is_the_sum_of_what_was_paid_whatever_happens_to_the_payments(self, office: Office) -> None:
        office.open_shop()
        assert office.rows(self.SPENT) == [("HE", 0), ("TET", 2_500_000)]
        office.take("payments", HEADER, "N1,B1,100,USD,25000,,2027-01-01,paid", "N2,B2,7000,,,,2027-01-01,paid")
        assert office.rows(self.SPENT) == [("HE", 7_000), ("TET", 5_000_000)]
        office.take("payments", "payment_ref,status", "N1,canceled", "PAY-2,paid")
        assert office.rows(self.SPENT) == [("HE", 7_000), ("TET", 5_000_000)]
        office.take("payments", "payment_ref,booking_code", "N2,B1")
        assert office.rows(self.SPENT) == [("HE", 0), ("TET", 5_007_000)]

    def test_a_campaign_that_nothing_happened_to_is_not_touched(self, office: Office) -> None:
        office.open_shop()
        before = office.rows("SELECT updated_at FROM campaign ORDER BY code")
        office.take("payments", HEADER, "N1,B1,100,,,,2027-01-01,planned", "N2,B2,100,,,,2027-01-01,pending")
        assert office.rows("SELECT updated_at FROM campaign ORDER BY code") == before

    def test_a_payment_that_was_refused_is_not_spent(self, office: Office) -> None:
        office.open_shop()
        office.take("payments", HEADER, "N1,B1,9,,,,2027-01-01,paid", "N2,B1,x,,,,2027-01-01,paid", on_error="skip")
        assert office.rows(self.SPENT)[1] == ("TET", 2_500_009)


class TestThoseThatLookAlike:
    KEY = "booking_code,amount,payment_date,status"

    @pytest.mark.parametrize("waiting", ["planned", "pending"])
    def test_a_planned_payment_that_was_paid_is_created_with_a_warning(self, office: Office, waiting: str) -> None:
        office.open_shop()
        office.take("payments", self.KEY, f"B1,77,2027-01-01,{waiting}")
        file = office.take("payments", self.KEY, "B1,77,2027-01-01,paid")
        assert counts(file) == (1, 0, 0, 0, 0)
        (warning,) = texts(file, "warning")
        assert waiting in warning
        assert "payment_ref" in warning
        assert counts(office.take("payments", self.KEY, "B1,77,2027-01-01,paid")) == (0, 0, 1, 0, 0)

    def test_one_that_waits_under_a_ref_is_named_by_it(self, office: Office) -> None:
        office.open_shop()
        (warning,) = texts(office.take("payments", self.KEY, "B1,2500000,2027-02-25,paid"), "warning")
        assert "PAY-2" in warning

    def test_a_canceled_or_deleted_one_does_not_wait(self, office: Office) -> None:
        office.open_shop()
        office.take("payments", self.KEY, "B1,77,2027-01-01,canceled", "B1,78,2027-01-01,planned")
        office.delete("payment", "amount = 7800")
        file = office.take("payments", self.KEY, "B1,77,2027-01-01,paid", "B1,78,2027-01-01,paid")
        assert (file.created, file.messages) == (2, [])

    def test_with_a_ref_it_is_one_payment_whatever_its_status(self, office: Office) -> None:
        office.open_shop()
        file = office.take("payments", f"payment_ref,{self.KEY}", "PAY-2,B1,2500000,2027-02-25,paid")
        assert (counts(file), file.messages) == ((0, 1, 0, 0, 0), [])

    def test_without_a_status_it_is_planned(self, office: Office) -> None:
        office.open_shop()
        for expected in ((1, 0, 0, 0, 0), (0, 0, 1, 0, 0)):
            file = office.take("payments", "booking_code,amount,payment_date", "B1,77,2027-01-01")
            assert counts(file) == expected

    def test_two_that_nothing_tells_apart_need_a_ref(self, office: Office) -> None:
        office.open_shop()
        office.take("payments", self.KEY, "B1,77,2027-01-01,planned", "B1,77,2027-01-01,paid")
        office.store.execute_sql("UPDATE payment SET status = 'paid' WHERE amount = 7700")
        office.store.execute_sql("UPDATE campaign SET budget_actual = budget_actual + 7700 WHERE code = 'TET'")
        file = office.take("payments", f"{self.KEY},note", "B1,77,2027-01-01,paid,x")
        assert errors(file) == [(2, "payment_ref")]


def test_campaign_and_creator_are_the_bookings_and_others_are_errors(office: Office) -> None:
    office.open_shop()
    header = "booking_code,campaign_code,creator_key,amount,payment_date"
    file = office.take("payments", header, "B1,HE,,1,2027-01-01", "B1,,duc,2,2027-01-01", "B1,TET,linh,3,2027-01-01")
    assert errors(file) == [(2, "campaign_code"), (3, "creator_key")]
