"""PostgreSQL over a slow link, beside SQLite: keys do not wait for the link, rows for two ways there and back."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Asked, Figure, milliseconds
from benchmarks.measuring import BenchmarkFailed
from benchmarks.postgresql_server import open_server
from benchmarks.pseudo_terminal import Program
from benchmarks.screen import ROWS, app_command, begin_in_creators
from benchmarks.sections import Section
from benchmarks.setting import CHECKOUT, Setting, sqlite_url

_THERE_AND_BACK = 0.040
_ABOUT = (
    "{rows:,} creators on a PostgreSQL server whose answers, and what it is asked, come {half:.0f} ms late each way,"
    " beside the same on SQLite. Of what waits for rows the difference is given, in ways there and back. Milliseconds,"
    " medians."
)
_PRESSES = 15
_Taken = dict[str, list[float]]


def run(setting: Setting) -> Section:
    """Measure it."""
    sizes = setting.sizes
    section = Section("A slow link", _ABOUT.format(rows=sizes.link, half=500 * _THERE_AND_BACK))
    folder = setting.make_folder("link")
    _write_creators(folder / "creators.csv", sizes.link)
    near: _Taken = {}
    far: _Taken = {}
    with open_server() as server:
        if isinstance(server, str):
            section.left_out.append(f"PostgreSQL: {server}")
            return section
        name = server.new_database()
        urls = sqlite_url(folder / "near.db"), server.url_of(name)
        for url in urls:
            setting.run_import(url, folder / "creators.csv", expected={"created": sizes.link})
        server.settle(name)
        for number in range(1, sizes.screen_rounds + 1):
            setting.say(f"link, round {number} of {sizes.screen_rounds}")
            _measure(setting, urls[0], near)
            with _slow(urls[1]) as late:
                _measure(setting, late, far)
    section.figures += _figures(far, near)
    return section


def _write_creators(file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8") as lines:
        lines.write("creator_key,name,niche,status\n")
        lines.writelines(f"k{number:07},Nguyễn Hà {number},Làm đẹp,active\n" for number in range(rows))


@contextmanager
def _slow(url: str) -> Iterator[str]:
    """The URL of the same database at the other end of the link."""
    from psycopg.conninfo import conninfo_to_dict

    told = conninfo_to_dict(url)
    half = str(_THERE_AND_BACK / 2)
    proxy = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.delaying_proxy", str(told["host"]), str(told.get("port", 5432)), half],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    assert proxy.stdin is not None
    assert proxy.stdout is not None
    try:
        port = proxy.stdout.readline().strip()
        if not port:
            raise BenchmarkFailed("The delaying proxy did not start.")
        secret = f":{told['password']}" if told.get("password") else ""
        yield f"postgresql://{told['user']}{secret}@127.0.0.1:{port}/{told['dbname']}"
    finally:
        proxy.stdin.close()
        proxy.wait()
        proxy.stdout.close()


def _measure(setting: Setting, url: str, taken: _Taken) -> None:
    with Program(app_command(url), begin_in_creators(setting)) as program:
        taken.setdefault("first rows", []).append(program.until(ROWS))
        program.rest()
        # End and Home in turn: where the cursor is already, a key is not answered.
        for keys in (("down",), ("pagedown",), ("end", "home")):
            for key in keys * _PRESSES:
                taken.setdefault(key, []).append(program.press(key))
        for number in range(3):
            for key in ("4", "3"):
                seconds = program.press(key)
                if number:
                    taken.setdefault("section", []).append(seconds)


def _figures(far: _Taken, near: _Taken) -> Iterator[Figure]:
    for key, what, asked in (
        ("down", "Down within view, beside SQLite", 1.25),
        ("first rows", "first rows", None),
        ("pagedown", "PageDown", 2),
        ("end", "End", 2),
        ("home", "Home", 2),
        ("section", "another section, again", None),
    ):
        late, quick = statistics.median(far[key]), statistics.median(near[key])
        ratio = late / quick if key == "down" else max(late - quick, 0) / _THERE_AND_BACK
        against = "SQLite" if key == "down" else "SQLite; the ratio is of the difference to 40 ms"
        bound = None if asked is None else Asked(asked)
        yield Figure(what, against, milliseconds(late), milliseconds(quick), ratio, None, bound)
