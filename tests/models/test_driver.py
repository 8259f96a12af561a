"""The driver of PostgreSQL is loaded with the first database there, and peewee then has it as if from the beginning."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import tui_booking

_WHAT_PEEWEE_HAS = """
import peewee
names = {name for name, value in vars(peewee).items() if value is None or "psycopg" in repr(value)}
print(sorted((name, repr(getattr(peewee, name))) for name in names if name != "__builtins__"))
adapter = vars(peewee.Psycopg3Adapter)
print(sorted((name, repr(value)) for name, value in adapter.items() if not callable(value)))
"""
_URL = "postgresql://nobody@localhost/nowhere"
_OWN_IMPORT = re.compile(r"^\s*(?:import peewee\b|from peewee import)", re.MULTILINE)


def run_apart(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_after_a_postgresql_database_is_opened_peewee_has_what_it_would_have_loaded_itself() -> None:
    opened = f"from tui_booking.models.database import open_database\nopen_database({_URL!r})\n"
    shown = run_apart(opened + _WHAT_PEEWEE_HAS)
    assert "psycopg" in shown
    assert "TransactionStatus" in shown
    assert shown == run_apart(_WHAT_PEEWEE_HAS)


def test_a_sqlite_database_is_opened_without_it_and_then_one_of_postgresql(tmp_path: Path) -> None:
    shown = run_apart(
        "import sys\nfrom tui_booking.models import database\n"
        f"database.connect({str(tmp_path / 'booking.db')!r}).close()\n"
        "print('psycopg' in sys.modules)\n"
        f"print(type(database.open_database({_URL!r})._adapter).__name__)"
    )
    assert shown.split() == ["False", "Psycopg3Adapter"]


def test_no_module_loads_peewee_past_it() -> None:
    package = Path(tui_booking.__file__).parent
    own = [str(file) for file in package.rglob("*.py") if _OWN_IMPORT.search(file.read_text(encoding="utf-8"))]
    assert own == [str(package / "models" / "driver.py")]
