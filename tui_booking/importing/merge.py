"""From the plan into the tables: what no row may do, rows that mean the same record, and what is written."""

from __future__ import annotations

from tui_booking.importing.columns import Column, Type
from tui_booking.importing.kind import Identity
from tui_booking.importing.plan import PLAN, STAGE, Planner
from tui_booking.importing.problems import Problems
from tui_booking.language import _

DOUBLE = "import_double"
# How many of what is stored make one of what is written.
_UNITS = {Type.MONEY: 100, Type.EXCHANGE: 1_000_000}


def report_broken_rules(planner: Planner, problems: Problems) -> None:
    """Add what rows lack or do that the kind does not allow."""
    sentence, noun = planner.engine.sentence, planner.engine.literal(_(planner.kind.noun))
    for column in planner.kind.columns:
        if column.required and not column.key:
            problems.add_where(
                f'p.target_id IS NULL AND s."{column.name}" IS NULL AND {_reads_otherwise(column)}',
                column.name,
                sentence(_("is needed to create a new {noun}"), noun=noun),
            )
        if column.required and column.field and planner.fields[column.field].null:
            problems.add_where(
                f'p.was_placeholder AND p."{column.field}" IS NULL AND {_reads_otherwise(column)}',
                column.name,
                sentence(_("is needed to complete the {noun}, which an import made as a placeholder"), noun=noun),
            )
    for rule in planner.kind.rules:
        message = sentence(_(rule.message), detail=rule.detail)
        value = _as_read(planner, rule.column)
        problems.add_where(rule.broken, rule.column, message, level=rule.level, value=value)


def _as_read(planner: Planner, name: str) -> str:
    """SQL for a staged cell as a person writes it."""
    kind, cell = planner.kind.column(name).type, f's."{name}"'
    if kind is Type.FLAG:
        return f"CASE WHEN {cell} THEN '1' WHEN NOT {cell} THEN '0' ELSE NULL END"
    if kind not in _UNITS:
        return cell
    unit = _UNITS[kind]
    whole = f"CAST({cell} / {unit} AS text)"
    return f"CASE WHEN {cell} % {unit} = 0 THEN {whole} ELSE rtrim(CAST({cell} / {unit}.0 AS text), '0') END"


def _reads_otherwise(column: Column) -> str:
    """Whether the row's key could be read, and this cell was not the reason why the row is bad."""
    return f"(s.bad IS NULL OR (substr(s.bad, 1, 1) <> '!' AND s.bad NOT LIKE '%,{column.name},%'))"


def report_deleted(planner: Planner, problems: Problems) -> None:
    """Say which rows are passed over because their record was deleted."""
    column = _key_column(planner, planner.kind.identities[0])
    message = planner.engine.sentence(
        _("this {noun} was deleted; --restore-deleted brings it back"),
        noun=planner.engine.literal(_(planner.kind.noun)),
    )
    problems.add_where("p.outcome = 'skipped'", column, message, level="info")


def settle_doubles(planner: Planner, problems: Problems) -> None:
    """Where rows mean the same record: equal ones count once, those that differ are errors that name each other."""
    for identity in planner.kind.identities:
        if planner.leaves_out:
            continue  # there are none, or the plan would be whole
        columns = ", ".join(f'"{name}"' for name in identity.columns)
        ordered = identity is planner.kind.identities[0]
        alive = f"outcome NOT IN ('error', 'double') AND ({identity.where})"
        if planner.engine.has_doubles(PLAN, identity.columns, alive, ordered=ordered):
            _settle(planner, problems, identity, columns, alive)
            problems.mark_errors()


def _settle(planner: Planner, problems: Problems, identity: Identity, columns: str, alive: str) -> None:
    engine = planner.engine
    cells = [column.name for column in planner.kind.columns if column.name in planner.present]
    differ = " OR ".join(engine.differs(f'a."{name}"', f'b."{name}"') for name in cells)
    engine.run(f"DROP TABLE IF EXISTS {DOUBLE}")
    compared = (
        f"SELECT d.n, d.first, CASE WHEN {differ} THEN d.n ELSE NULL END AS odd FROM"
        f" (SELECT n, MIN(n) OVER (PARTITION BY {columns}) AS first, COUNT(*) OVER (PARTITION BY {columns}) AS many"
        f" FROM {PLAN} WHERE {alive}) d JOIN {STAGE} a ON a.n = d.n JOIN {STAGE} b ON b.n = d.first WHERE d.many > 1"
    )
    # `other` is the row from which this one differs; null where all are alike.
    engine.run(
        f"CREATE TEMP TABLE {DOUBLE} AS SELECT c.n, c.first, CASE WHEN c.odd IS NOT NULL THEN c.first"
        f" ELSE MIN(c.odd) OVER (PARTITION BY c.first) END AS other FROM ({compared}) c"
    )
    column, source = _key_column(planner, identity), f"{DOUBLE} d JOIN {STAGE} s ON s.n = d.n"
    value = _as_read(planner, column)
    problems.add_where(
        "d.other IS NOT NULL",
        column,
        engine.sentence(_(identity.message), other="d.other"),
        value=value,
        source=source,
    )
    same = "d.n <> d.first AND d.other IS NULL"
    problems.add_where(
        same,
        column,
        engine.sentence(_("the same as row {first}, which counts"), first="d.first"),
        level="info",
        value=value,
        source=source,
    )
    engine.run(f"UPDATE {PLAN} SET outcome = 'double' WHERE n IN (SELECT d.n FROM {DOUBLE} d WHERE {same})")


def _key_column(planner: Planner, identity: Identity) -> str:
    """The column under which a row's key is shown."""
    return identity.column or planner.kind.keys[0][-1]


def count_outcomes(planner: Planner, rows: int) -> dict[str, int]:
    """How many of so many rows have each outcome; doubles are skipped like rows of deleted records."""
    sql = f"SELECT CASE outcome WHEN 'double' THEN 'skipped' ELSE outcome END, COUNT(*) FROM {PLAN} GROUP BY 1"
    counts: dict[str, int] = dict(planner.engine.run(sql).fetchall())
    left_out = rows - sum(counts.values())
    return counts | {"unchanged": counts.get("unchanged", 0) + left_out}


def write_rows(planner: Planner, outcomes: dict[str, int], moment: str, milliseconds: int) -> None:
    """Update and insert what the plan says, in the order of the natural key; unchanged rows are not touched."""
    engine, table, fields = planner.engine, planner.kind.table, planner.written_fields()
    if outcomes.get("update"):
        sets = [f'"{name}" = p."{name}"' for name in fields]
        sets.append(f"updated_at = {moment}")
        if planner.model.placeholder:
            sets.append(f"is_placeholder = {engine.false}")
        if planner.options.restore_deleted:
            sets.append("deleted_at = NULL")
            if "is_active" not in fields:
                # A record that is merely not in use stays so.
                sets.append(f"is_active = ({table}.is_active OR {table}.deleted_at IS NOT NULL)")
        engine.run(
            f"UPDATE {table} SET {', '.join(sets)} FROM {PLAN} p"
            f" WHERE {table}.id = p.target_id AND p.outcome = 'update'"
        )
    if outcomes.get("create"):
        names = ", ".join(f'"{name}"' for name in ("id", "created_at", "updated_at", *fields))
        values = ", ".join(f'p."{name}"' for name in fields)
        # Ids in the order of the plan are put at the end of their index, where the file's order would scatter them.
        number = engine.new_id(engine.place("p"), milliseconds)
        engine.run(
            f"INSERT INTO {table} ({names}) SELECT {number}, {moment}, {moment}, {values}"
            f" FROM {PLAN} p WHERE p.outcome = 'create'"
        )
        engine.count_records(table, outcomes["create"])
