"""The server knows how much an import has written before the next file looks things up in it."""

from __future__ import annotations

import pytest

from tests.importing.office import Office

KNOWN = "SELECT reltuples FROM pg_class WHERE oid = '{}'::regclass"


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_table_that_has_grown_is_counted_with_what_was_made_for_it(office: Office) -> None:
    office.take("products", "brand_code,code,name", *(f"b{number},p,n" for number in range(2_000)), create_missing=True)
    assert office.value(KNOWN.format("product")) == 2_000
    assert office.value(KNOWN.format("brand")) == 2_000
