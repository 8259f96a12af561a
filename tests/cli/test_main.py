"""The command line: quick to help, one line for what goes wrong, a file for what should not have."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from tui_booking import __version__
from tui_booking.cli import main as command_line
from tui_booking.cli import migrate
from tui_booking.cli.main import COMMANDS, main
from tui_booking.config import Settings
from tui_booking.errors import BookingCenterError

CHECKOUT = Path(__file__).parents[2]
HEAVY = ("textual", "openpyxl", "peewee", "pydantic", "psycopg", "python_calamine")


def run_apart(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own; `code` is run after it."""
    program = (
        "import sys\nfrom tui_booking.cli.main import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit:\n    pass\n{code}"
    )
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, encoding="utf-8")


def make_migrate_raise(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(arguments: argparse.Namespace, settings: Settings) -> int:
        raise error

    monkeypatch.setattr(migrate, "run", run)


@pytest.mark.parametrize("arguments", [["--help"], *[[command.name, "--help"] for command in COMMANDS]], ids=" ".join)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    done = run_apart(*arguments, code=f"print('LOADED', sorted(set({HEAVY!r}) & set(sys.modules)))")
    assert done.stdout.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_the_help_of_every_command_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"example: tui-booking {command}" in capsys.readouterr().out.replace("--database booking.db ", "")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"tui-booking {__version__}\n"


def test_the_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(command.about in " ".join(shown.split()) for command in COMMANDS)


def test_without_a_terminal_the_app_points_at_the_commands_in_a_line(
    capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    assert main([]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert "needs a terminal" in line
    assert "tui-booking --help" in line
    assert list(own_home.iterdir()) == []


def test_the_first_frame_needs_nothing_heavy() -> None:
    code = f"import tui_booking.cli.app\nprint('LOADED', sorted(set({HEAVY!r}) & set(sys.modules)))"
    assert run_apart("--version", code=code).stdout.splitlines()[-1] == "LOADED []"


def test_an_unknown_option_ends_with_status_2() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["migrate", "--nonsense"])
    assert ended.value.code == 2


def test_an_error_is_one_line_and_status_2(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    make_migrate_raise(monkeypatch, BookingCenterError("The file\nis \x1b[2Jbroken", "Mend it."))
    assert main(["migrate"]) == 2
    assert capsys.readouterr().err == "tui-booking: The file is \\x1b[2Jbroken. Mend it.\n"


def test_what_should_not_have_happened_goes_to_a_file_without_passwords(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    make_migrate_raise(monkeypatch, RuntimeError("postgresql://linh:s3cret@db/booking went away"))
    assert main(["migrate"]) == 2
    (crash,) = (own_home / "logs").glob("crash-*.txt")
    shown = capsys.readouterr().err
    assert str(crash) in shown
    assert len(shown.splitlines()) == 1
    assert "Traceback" in crash.read_text(encoding="utf-8")
    assert "postgresql://linh:***@db/booking went away" in crash.read_text(encoding="utf-8")


def test_ctrl_c_ends_with_status_130(monkeypatch: pytest.MonkeyPatch) -> None:
    make_migrate_raise(monkeypatch, KeyboardInterrupt())
    assert main(["migrate"]) == 130


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_reader_that_goes_away_is_no_error() -> None:
    program = [sys.executable, "-m", "tui_booking", "locate"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is full")
@pytest.mark.parametrize(
    "words",
    [["--help"], ["locate"], ["migrate", "--status"], ["check"], ["export", "out"], ["templates", "out"], ["seed"]],
    ids=" ".join,
)
def test_a_full_standard_output_is_one_line(
    words: list[str], own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    assert main(["migrate"]) == 0
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "tui_booking", *words]
        done = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert done.stderr == "tui-booking: cannot write to standard output: No space left on device.\n"
    assert done.returncode == 2
    assert not list((own_home / "logs").glob("crash-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of other systems")
@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", ["seed", "import --path inbox", "export out", "locate", "check"])
def test_closed_streams_end_nothing(
    words: str, closed: str, own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "brands.csv").write_text("code,name\nA,a\n", encoding="utf-8")
    assert main(["migrate"]) == 0
    done = subprocess.run(
        f'"{sys.executable}" -m tui_booking {words} {closed}',
        shell=True,
        check=False,
        capture_output=True,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert not list((own_home / "logs").glob("crash-*"))


@pytest.mark.parametrize(
    ("options", "settings", "said"),
    [
        (["--encoding", "nul\udcff"], "", "'nul\\udcff' is not an encoding"),
        (["--encoding", "latin-99"], "", "'latin-99' is not an encoding"),
        ([], '[imports.aliases]\nnope = ["x"]', "'nope'"),
        ([], 'operator = "a\\u0000b"', "'operator'"),
    ],
)
def test_an_import_that_cannot_be_meant_is_a_line_and_makes_no_database(  # noqa: PLR0917
    options: list[str], settings: str, said: str, own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_home / "settings.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "brands.csv").write_text("code,name\nA,a\n", encoding="utf-8")
    database = tmp_path / "new.db"
    assert main(["--database", str(database), "import", "--path", str(tmp_path / "brands.csv"), *options]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert "went wrong" not in line
    assert not database.exists()


def test_a_command_is_known_by_one_line_in_the_table() -> None:
    names = [command.name for command in COMMANDS]
    assert len(names) == len(set(names))
    for command in COMMANDS:
        module = command.load()
        assert callable(module.add_arguments)
        assert callable(module.run)


def test_without_a_file_for_the_crash_it_still_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    make_migrate_raise(monkeypatch, RuntimeError("no"))
    (own_home / "logs").write_text("a file where the folder should be", encoding="utf-8")
    assert main(["migrate"]) == 2
    assert capsys.readouterr().err.startswith(f"{command_line.PROGRAM}: something went wrong")
