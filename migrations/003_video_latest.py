"""The newest snapshot of each video, so that lists need not look for it. Frozen once released: it imports nothing that may change."""

import re

# What each kind of column is called by SQLite and by PostgreSQL.
TYPES = {
    "UUID": ("TEXT", "UUID"),
    "MOMENT": ("TEXT", "TIMESTAMPTZ"),
    "COUNT": ("INTEGER NOT NULL DEFAULT 0", "BIGINT NOT NULL DEFAULT 0"),
}

SCHEMA = """
CREATE TABLE video_latest (
    video_id UUID NOT NULL PRIMARY KEY CONSTRAINT video_latest_video_id_fk REFERENCES video (id) ON DELETE RESTRICT,
    snapshot_time MOMENT NOT NULL,
    view_count COUNT CONSTRAINT video_latest_view_count_range CHECK (view_count >= 0),
    like_count COUNT CONSTRAINT video_latest_like_count_range CHECK (like_count >= 0),
    comment_count COUNT CONSTRAINT video_latest_comment_count_range CHECK (comment_count >= 0),
    share_count COUNT CONSTRAINT video_latest_share_count_range CHECK (share_count >= 0),
    save_count COUNT CONSTRAINT video_latest_save_count_range CHECK (save_count >= 0)
);
"""

# One seek a video, however many snapshots there are.
FILL = """
INSERT INTO video_latest (video_id, snapshot_time, view_count, like_count, comment_count, share_count, save_count)
SELECT s.video_id, s.snapshot_time, s.view_count, s.like_count, s.comment_count, s.share_count, s.save_count
FROM video v JOIN video_metric_snapshot s ON s.id = (
    SELECT n.id FROM video_metric_snapshot n WHERE n.video_id = v.id AND n.deleted_at IS NULL
    ORDER BY n.snapshot_time DESC LIMIT 1)
"""


def migrate(migrator, database, *, fake=False):
    sqlite = "Sqlite" in type(database).__name__
    words = re.compile(r"\b(" + "|".join(TYPES) + r")\b")
    for statement in SCHEMA.split(";")[:-1]:
        if "CREATE TABLE" in statement:
            statement = words.sub(lambda word: TYPES[word[0]][0 if sqlite else 1], statement)
            # SQLite keeps to the types of columns only where it is told to.
            statement += " STRICT" if sqlite else ""
        migrator.sql(statement.strip())
    migrator.sql(FILL.strip())


def rollback(migrator, database, *, fake=False):
    migrator.sql("DROP TABLE video_latest")
