"""Where the stand-in keeps what must survive a kill -9: one SQLite file in WAL mode under its data folder.

A committed statement survives the death of the process (not of the machine). One connection, used by the event
loop's thread only; every module speaks to its own tables.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS tasks (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, model TEXT NOT NULL, inputs TEXT NOT NULL,
    callback_url TEXT, plan TEXT NOT NULL, credits TEXT NOT NULL, created REAL NOT NULL, ends REAL,
    ended REAL, state TEXT, fail_code TEXT, fail_message TEXT, result TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS tasks_created ON tasks (created);
CREATE TABLE IF NOT EXISTS callbacks (
    n INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL, url TEXT NOT NULL, body TEXT NOT NULL,
    signature TEXT NOT NULL, pace REAL NOT NULL, due REAL NOT NULL, sent INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'pending');
CREATE INDEX IF NOT EXISTS callbacks_task ON callbacks (task_id);
CREATE TABLE IF NOT EXISTS deliveries (
    callback INTEGER NOT NULL, at REAL NOT NULL, status INTEGER, error TEXT);
CREATE TABLE IF NOT EXISTS violations (
    n INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, call TEXT NOT NULL, model TEXT, field TEXT,
    code INTEGER NOT NULL, message TEXT NOT NULL, refused INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS knobs (
    knob TEXT NOT NULL, model TEXT NOT NULL, calls TEXT NOT NULL, value TEXT NOT NULL, times INTEGER,
    PRIMARY KEY (knob, model, calls));
CREATE TABLE IF NOT EXISTS model_changes (model TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS uploads (
    path TEXT PRIMARY KEY, mime TEXT NOT NULL, size INTEGER NOT NULL, uploaded REAL NOT NULL);
CREATE TABLE IF NOT EXISTS links (
    token TEXT PRIMARY KEY, path TEXT NOT NULL, expires REAL NOT NULL);
CREATE TABLE IF NOT EXISTS account (id INTEGER PRIMARY KEY CHECK (id = 1), credits TEXT NOT NULL);
INSERT OR IGNORE INTO account VALUES (1, '10000');
"""


def open_store(file: Path) -> sqlite3.Connection:
    """The connection in autocommit mode, its tables made; rows come by name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, isolation_level=None, timeout=10)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(_TABLES)
    return connection


@contextmanager
def transaction(store: sqlite3.Connection) -> Iterator[None]:
    """All statements inside or none."""
    with store:
        store.execute("BEGIN IMMEDIATE")
        yield
