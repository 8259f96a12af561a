"""What videos gained on each day, worked out once. Frozen once released: it imports nothing that may change."""

TABLE = """CREATE TABLE view_day (
    day {day} NOT NULL, scope {code} NOT NULL, zone {code} NOT NULL, gained {whole}, PRIMARY KEY (day, scope)
)"""


def migrate(migrator, database, *, fake=False):
    if "Sqlite" in type(database).__name__:
        migrator.sql(TABLE.format(day="TEXT", code="TEXT", whole="INTEGER") + " STRICT")
    else:
        migrator.sql(TABLE.format(day="DATE", code='TEXT COLLATE "C"', whole="BIGINT"))


def rollback(migrator, database, *, fake=False):
    migrator.sql("DROP TABLE view_day")
