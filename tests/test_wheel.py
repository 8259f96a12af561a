"""The wheel, installed somewhere else: it brings what lies beside the package in a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path

import pytest

from tui_booking import __version__
from tui_booking.paths import migrations_folder, templates_folder

CHECKOUT = Path(__file__).resolve().parents[1]


def run(command: Sequence[str | Path], folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel, and sees this one's packages for what the wheel needs."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], CHECKOUT)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    # The pip of this environment, for want of a network to fetch another one from.
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", scripts / "python", "--disable-pip-version-check"]
    run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], folder)
    site = run([scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).strip()
    needed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(site, "needed.pth").write_text("\n".join(needed), encoding="utf-8")
    return scripts / "python"


def test_it_runs_from_anywhere_with_its_own_migrations(installed: Path, tmp_path: Path) -> None:
    command: list[str | Path] = [installed, "-m", "tui_booking", "--database", tmp_path / "new.db", "migrate"]
    run(command, tmp_path)
    shown = run([*command, "--status"], tmp_path)
    names = sorted(file.stem for file in migrations_folder().glob("*.py"))
    assert shown.splitlines()[:-1] == [f"applied  {name}" for name in names]


def test_the_templates_travel_in_it(installed: Path, tmp_path: Path) -> None:
    code = (
        "from tui_booking import paths; print(*sorted(f.name for f in paths.templates_folder().iterdir()), sep='\\n')"
    )
    names = run([installed, "-c", code], tmp_path).splitlines()
    assert names == sorted(file.name for file in templates_folder().iterdir())
    assert names


def test_the_languages_travel_in_it(installed: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from tui_booking.language import _, speak; speak('vi');"
        " sys.stdout.buffer.write(_('Campaigns').encode())"
    )
    assert run([installed, "-c", code], tmp_path) == "Chiến dịch"


def test_the_style_sheets_travel_in_it(installed: Path, tmp_path: Path) -> None:
    code = (
        "import tui_booking, pathlib; folder = pathlib.Path(tui_booking.__file__).parent;"
        " print(*sorted(file.relative_to(folder).as_posix() for file in folder.rglob('*.tcss')), sep='\\n')"
    )
    sheets = sorted(
        file.relative_to(CHECKOUT / "tui_booking").as_posix() for file in CHECKOUT.rglob("tui_booking/**/*.tcss")
    )
    assert run([installed, "-c", code], tmp_path).split() == sheets


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
def test_it_opens_the_app(installed: Path, own_home: Path) -> None:
    from tests.ui.terminals import terminal_with

    with terminal_with([installed.with_name("tui-booking")], PYTHONPATH="", LC_ALL="vi_VN.UTF-8") as terminal:
        terminal.waits_for("Chưa có gì ở đây.")
        terminal.press("\x11")
        assert terminal.ends() == 0
        assert terminal.is_restored


def test_it_is_used_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = Path(run([installed, "-c", "import tui_booking; print(tui_booking.__file__)"], tmp_path).strip())
    assert not where.is_relative_to(CHECKOUT)


def test_the_program_has_a_name_of_its_own(installed: Path, tmp_path: Path) -> None:
    assert run([installed.with_name("tui-booking"), "--version"], tmp_path) == f"tui-booking {__version__}\n"
