"""Inboxes for tests: a small one with a file of every kind, and a short way to import a folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tui_booking.importing.pipeline import ImportOptions, Progress, run_import
from tui_booking.importing.report import FileReport, Report
from tui_booking.models.database import Store

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

# Two or three rows of every kind, which point at each other.
FILES: dict[str, str] = {
    "brands": "code,name,description\nLUNA,Luna Mỹ phẩm,Chăm sóc da\nSUN,Nắng,\n",
    "products": "brand_code,code,name,sapo_id\nLUNA,SERUM,Serum C,0012345678901234567\nSUN,SPF,Kem chống nắng,\n",
    "creators": (
        "creator_key,name,gender,status,priority_score\nlinh,Nguyễn Thị Linh,female,active,8\nduc,Đức,male,active,5\n"
    ),
    "creator_channels": (
        "creator_key,platform,handle,follower_count\nlinh,tiktok,@linh.review,12.5K\nduc,tiktok,duc,900\n"
    ),
    "creator_contacts": "creator_key,contact_type,name,phone,is_primary\nlinh,manager,Chị Hoa,0901234567,1\n",
    "campaigns": (
        "code,name,brand_code,start_date,end_date,status,owner_username\n"
        "TET,Tết 2027,LUNA,2027-01-01,2027-02-28,running,mai\nHE,Hè,SUN,01/06/2027,31/08/2027,planned,\n"
    ),
    "campaign_products": "campaign_code,product_code,priority\nTET,SERUM,1\nHE,SPF,2\n",
    "campaign_creators": "campaign_code,creator_key,note\nTET,linh,\nHE,duc,mới\n",
    "bookings": (
        "code,campaign_code,creator_key,platform,handle,product_code,start_date,end_date,total_fee_agreed,currency,status\n"
        "B1,TET,linh,tiktok,linh.review,SERUM,2027-01-05,2027-01-20,5.000.000,VND,in_progress\n"
        "B2,HE,duc,tiktok,duc,SPF,2027-06-05,2027-06-20,150.50,USD,negotiating\n"
    ),
    "booking_deliverables": ("booking_code,deliverable_type,title,quantity,fee\nB1,video_feed,Video chính,1,5000000\n"),
    "videos": (
        "booking_code,channel,platform_video_id,url,title,post_date\n"
        "B1,tiktok,7300000000000000001,"
        "https://www.tiktok.com/@linh.review/video/7300000000000000001,Mở hộp 🎁,2027-01-10\n"
    ),
    "video_snapshots": (
        "channel,platform_video_id,snapshot_time,view_count,like_count\n"
        "tiktok,7300000000000000001,2027-01-11 09:00,12.000,850\n"
        "tiktok,7300000000000000001,2027-01-12 09:00,15000,900\n"
    ),
    "tracking_assets": (
        "campaign_code,booking_code,creator_key,code_type,code_value,platform\nTET,B1,linh,voucher,LINH10,shopee\n"
    ),
    "conversions": (
        "platform,code_type,code_value,order_code,order_date,revenue,quantity\n"
        "shopee,voucher,LINH10,240101ABC,2027-01-15,350000,1\n"
        "shopee,voucher,LINH10,240101ABD,2027-01-16,700.000,2\n"
    ),
    "payments": (
        "booking_code,amount,payment_date,status,payment_ref,created_by_username\n"
        "B1,2500000,2027-01-25,paid,PAY-1,mai\nB1,2500000,2027-02-25,planned,PAY-2,\n"
    ),
}


def write_inbox(folder: Path, **changed: str | bytes) -> Path:
    """A folder with the files of FILES, but for those given instead; makes the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, text in {**FILES, **changed}.items():
        write_file(folder, stem, text)
    return folder


def write_file(folder: Path, stem: str, content: str | bytes) -> Path:
    """One CSV file, of the text or of exactly these bytes."""
    path = folder / f"{stem}.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def import_folder(
    store: Store,
    path: Path,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    **options: Any,
) -> Report:
    """Import a folder or file as the user lan, with users made as they are named."""
    return run_import(
        store,
        ImportOptions(path, **options),
        operator="lan",
        zone=ZONE,
        progress=progress,
        cancelled=cancelled,
    )


def file_of(report: Report, stem: str) -> FileReport:
    """What became of the file of that stem."""
    (found,) = [file for file in report.files if Path(file.file).stem == stem]
    return found


def adds_up(report: Report) -> bool:
    """Whether the rows of every file are accounted for, each once."""
    return all(
        file.rows == file.created + file.updated + file.unchanged + file.skipped + file.errors for file in report.files
    )


def start_import(url: str, path: Path, what: str, word: str, number: int, *options: str) -> subprocess.Popen[str]:
    """The command in a process of its own, which meets with something there: see import_process.py."""
    command = [sys.executable, "-m", "tests.importing.import_process", what, word, str(number)]
    command += ["--database", url, "import", "--path", str(path), *options]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )


def files_in(report: Report) -> list[str]:
    return [file.file for file in report.files if file.is_in]


def at(file: str, phase: str, work: Any) -> Any:
    """A progress callback that does something, once, when a file is in a phase."""
    done: list[str] = []

    def callback(now: Progress) -> None:
        if (now.file, now.phase) == (f"{file}.csv", phase) and not done:
            done.append(file)
            work()

    return callback
