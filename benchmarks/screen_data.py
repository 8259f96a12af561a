"""`python -m benchmarks.screen_data DATABASE ROWS`: so many creators with a channel each, the same ones each time."""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tui_booking.models.folding import fold
from tui_booking.models.ids import new_ids

_FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý"
_MIDDLES = "Văn Thị Minh Ngọc Thanh Hoài Quốc Gia Bảo Đức Thu Hải"
_GIVEN = "Linh Anh Trang Huy Nam Hà Mai Lan Khánh Long Phúc Quân Tú Vy Yến Thảo My Ngân Châu Dũng"
_NICHES = ["Làm đẹp", "Ẩm thực", "Thời trang", "Mẹ và bé", "Công nghệ", "Du lịch", "Gia dụng", "Thể thao"]
_PLACES = ["Hà Nội", "TP. Hồ Chí Minh", "Đà Nẵng", "Huế", "Cần Thơ", "Hải Phòng", "Nha Trang"]
_TABLES = ("creator", "creator_channel")


def main(database: Path, rows: int) -> None:
    """Fill an empty, migrated database. Its indexes are made afterwards, which takes a tenth of the time."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous = 0")
        connection.execute("PRAGMA cache_size = -200000")
        named = f"({', '.join(repr(table) for table in _TABLES)})"
        kept = f"FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN {named}"
        indexes = connection.execute(f"SELECT name, sql {kept}").fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        creators, channels = [one.hex for one in new_ids(rows)], [one.hex for one in new_ids(rows)]
        connection.executemany(
            "INSERT INTO creator (id, creator_key, name, alias, location, niche, priority_score, status,"
            " creator_key_folded, name_folded, alias_folded, niche_folded, location_folded)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            _creators(creators),
        )
        connection.executemany(
            "INSERT INTO creator_channel (id, creator_id, platform, handle, follower_count)"
            " VALUES (?, ?, 'tiktok', ?, ?)",
            (
                (own, creator, f"kenh.{n:07}", n * 7919 % 10**6)
                for n, (own, creator) in enumerate(zip(channels, creators, strict=True))
            ),
        )
        for _, statement in indexes:
            connection.execute(statement)
        connection.commit()


def _creators(ids: list[str]) -> Iterator[tuple[object, ...]]:
    chance = random.Random(1)
    families, middles, given = _FAMILIES.split(), _MIDDLES.split(), _GIVEN.split()
    for number, own in enumerate(ids):
        name = f"{chance.choice(families)} {chance.choice(middles)} {chance.choice(given)}"
        alias = f"{name.rsplit(maxsplit=1)[-1]} Review {number % 9973}"
        key, niche, place = f"tt:kenh.{number:07}", chance.choice(_NICHES), chance.choice(_PLACES)
        status = chance.choice(["active"] * 8 + ["watchlist", "blacklist"])
        folded = [fold(text) for text in (name, alias, niche, place)]
        yield own, key, name, alias, place, niche, chance.randint(1, 10), status, key, *folded


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
