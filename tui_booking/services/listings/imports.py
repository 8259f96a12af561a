"""The history of imports."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.models.choices import FileStatus
from tui_booking.services.declarations import Column, Filter, Listing, Order
from tui_booking.services.listings import parts


def _sum(column: str) -> str:
    return f"(SELECT SUM(f.{column}) FROM import_file f WHERE f.run_id = r.id)"


_FILES = "(SELECT COUNT(*) FROM import_file f WHERE f.run_id = r.id)"

RUNS = Listing(
    name="import_runs",
    label=N_("Imports"),
    kind="import_run",
    table="import_run",
    joins="LEFT JOIN app_user u ON u.id = r.user_id",
    columns=(
        Column(
            name="started_at", label=N_("Started"), sql="r.started_at", kind="moment", order="r.started_at",
            indexed=True, width=16,
        ),
        Column(name="ok", label=N_("All in"), sql="r.ok", kind="flag", order="r.ok", width=6),
        Column(
            name="created", label=N_("Created"), sql=_sum("created"), kind="count", order=_sum("created"), width=9
        ),
        Column(
            name="updated", label=N_("Updated"), sql=_sum("updated"), kind="count", order=_sum("updated"), width=9
        ),
        Column(name="errors", label=N_("Errors"), sql=_sum("errors"), kind="count", order=_sum("errors"), width=8),
        Column(name="path", label=N_("Path"), sql="r.path", order="r.path", width=34),
        Column(
            name="user", label=N_("By"), sql="COALESCE(NULLIF(u.full_name, ''), u.username)",
            order=parts.of("app_user", "username", "r.user_id"), width=14,
        ),
        Column(name="files", label=N_("Files"), sql=_FILES, kind="count", order=_FILES, width=6),
        Column(name="rows", label=N_("Rows"), sql=_sum("rows"), kind="count", order=_sum("rows"), width=10),
        Column(
            name="finished_at", label=N_("Finished"), sql="r.finished_at", kind="moment", order="r.finished_at",
            width=16, shown=False,
        ),
        Column(name="options", label=N_("Options"), sql="r.options", kind="json", width=30, shown=False),
    ),
    filters=(
        Filter(name="ok", label=N_("All in"), kind="flag", sql="r.ok"),
        Filter(name="started_at", label=N_("Started"), kind="period", sql="r.started_at"),
        parts.reference("user", N_("By"), "user", "r.user_id"),
    ),
    searches=(parts.folded("r.path"), parts.among("r.id", "import_file", "folded(o.file)", id_column="run_id")),
    order=Order("started_at", descending=True),
    parents={"user": "r.user_id"},
)  # fmt: skip

FILES = Listing(
    name="import_files",
    label=N_("Files"),
    kind="import_file",
    table="import_file",
    joins="LEFT JOIN import_run n ON n.id = r.run_id",
    columns=(
        Column(name="file", label=N_("File"), sql="r.file", order="r.file", width=28),
        Column(name="sheet", label=N_("Sheet"), sql="r.sheet", order="r.sheet", width=14),
        Column(name="kind", label=N_("Kind"), sql="r.kind", kind="code", order="r.kind", width=20),
        Column(
            name="status", label=N_("Result"), sql="r.status", kind="choice", order="r.status", words=FileStatus,
            width=15,
        ),
        Column(name="rows", label=N_("Rows"), sql="r.rows", kind="count", order="r.rows", width=9),
        Column(name="created", label=N_("Created"), sql="r.created", kind="count", order="r.created", width=9),
        Column(name="updated", label=N_("Updated"), sql="r.updated", kind="count", order="r.updated", width=9),
        Column(
            name="unchanged", label=N_("Unchanged"), sql="r.unchanged", kind="count", order="r.unchanged", width=9
        ),
        Column(name="skipped", label=N_("Skipped"), sql="r.skipped", kind="count", order="r.skipped", width=8),
        Column(name="errors", label=N_("Errors"), sql="r.errors", kind="count", order="r.errors", width=8),
        Column(name="started_at", label=N_("Started"), sql="n.started_at", kind="moment", width=16, shown=False),
        Column(name="messages", label=N_("Messages"), sql="r.messages", kind="json", width=40, shown=False),
        Column(
            name="placeholders", label=N_("Placeholders"), sql="r.placeholders", kind="json", width=24, shown=False
        ),
        Column(name="sha256", label=N_("SHA-256"), sql="r.sha256", kind="code", width=20, shown=False),
        parts.added(),
    ),
    filters=(Filter(name="status", label=N_("Result"), kind="choice", sql="r.status", words=FileStatus),),
    searches=(parts.folded("r.file"), parts.folded("r.sheet"), parts.folded("r.kind")),
    order=Order("added"),
    parents={"import_run": "r.run_id"},
)  # fmt: skip

LISTINGS = (RUNS, FILES)
