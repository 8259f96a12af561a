"""The history of imports. Frozen once released: it imports nothing that may change."""

import re

# What each kind of column is called by SQLite and by PostgreSQL.
TYPES = {
    "UUID": ("TEXT", "UUID"),
    "MOMENT": ("TEXT", "TIMESTAMPTZ"),
    "DAY": ("TEXT", "DATE"),
    "CODE": ("TEXT", 'TEXT COLLATE "C"'),
    "FOLDED": ("TEXT NOT NULL DEFAULT ''", "TEXT COLLATE \"C\" NOT NULL DEFAULT ''"),
    "PROSE": ("TEXT NOT NULL DEFAULT ''", "TEXT NOT NULL DEFAULT ''"),
    "COUNT": ("INTEGER NOT NULL DEFAULT 0", "BIGINT NOT NULL DEFAULT 0"),
    "WHOLE": ("INTEGER", "BIGINT"),
    "RATIO": ("REAL", "DOUBLE PRECISION"),
    "FLAG": ("INTEGER", "BOOLEAN"),
    "JSON": ("TEXT", "JSONB"),
    "NOW": ("(strftime('%Y-%m-%d %H:%M:%f000', 'now'))", "now()"),
}

COMMON = """id UUID NOT NULL PRIMARY KEY,
    created_at MOMENT NOT NULL DEFAULT NOW, updated_at MOMENT NOT NULL DEFAULT NOW,
    is_active FLAG NOT NULL DEFAULT true,
    deleted_at MOMENT CONSTRAINT THIS_deleted_inactive CHECK (deleted_at IS NULL OR NOT is_active)"""

SCHEMA = """
CREATE TABLE import_run (
    COMMON,
    started_at MOMENT NOT NULL DEFAULT NOW, finished_at MOMENT,
    user_id UUID CONSTRAINT import_run_user_id_fk REFERENCES app_user (id) ON DELETE RESTRICT, path PROSE,
    options JSON NOT NULL DEFAULT '{}', dry_run FLAG NOT NULL DEFAULT false, ok FLAG,
    CONSTRAINT import_run_times_order CHECK (finished_at >= started_at)
);
CREATE INDEX import_run_started_at_id_index ON import_run (started_at, id);
CREATE INDEX import_run_user_id_index ON import_run (user_id) WHERE user_id IS NOT NULL;
CREATE TABLE import_file (
    COMMON,
    run_id UUID NOT NULL CONSTRAINT import_file_run_id_fk REFERENCES import_run (id) ON DELETE RESTRICT, file PROSE,
    sheet TEXT, kind CODE,
    status TEXT NOT NULL CONSTRAINT import_file_status_choice CHECK (status IN ('imported', 'partly_imported',
        'rolled_back', 'not_recognised', 'unreadable')),
    sha256 CODE, rows COUNT CONSTRAINT import_file_rows_range CHECK (rows >= 0),
    created COUNT CONSTRAINT import_file_created_range CHECK (created >= 0),
    updated COUNT CONSTRAINT import_file_updated_range CHECK (updated >= 0),
    unchanged COUNT CONSTRAINT import_file_unchanged_range CHECK (unchanged >= 0),
    skipped COUNT CONSTRAINT import_file_skipped_range CHECK (skipped >= 0),
    errors COUNT CONSTRAINT import_file_errors_range CHECK (errors >= 0), placeholders JSON NOT NULL DEFAULT '{}',
    seconds RATIO NOT NULL DEFAULT 0.0 CONSTRAINT import_file_seconds_range CHECK (seconds >= 0),
    messages JSON NOT NULL DEFAULT '[]'
);
CREATE INDEX import_file_run_id_id_index ON import_file (run_id, id);
"""


def migrate(migrator, database, *, fake=False):
    sqlite = "Sqlite" in type(database).__name__
    words = re.compile(r"\b(" + "|".join(TYPES) + r")\b")
    for statement in SCHEMA.split(";")[:-1]:
        table = re.search(r"CREATE TABLE (\w+)", statement)
        if table:
            statement = statement.replace("COMMON", COMMON.replace("THIS", table[1]))
            statement = words.sub(lambda word: TYPES[word[0]][0 if sqlite else 1], statement)
            # SQLite keeps to the types of columns only where it is told to.
            statement += " STRICT" if sqlite else ""
        migrator.sql(statement.strip())


def rollback(migrator, database, *, fake=False):
    for table in reversed(re.findall(r"CREATE TABLE (\w+)", SCHEMA)):
        migrator.sql("DROP TABLE " + table)
