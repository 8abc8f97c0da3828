CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (
    id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT, username TEXT, language_code TEXT,
    stars INTEGER NOT NULL CHECK (stars >= 0), status TEXT NOT NULL DEFAULT 'active',
    started INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS chats (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, title TEXT, pinned INTEGER, keyboard TEXT, menu_button TEXT
);
CREATE TABLE IF NOT EXISTS members (
    chat_id INTEGER NOT NULL, person_id INTEGER NOT NULL, PRIMARY KEY (chat_id, person_id)
);
CREATE TABLE IF NOT EXISTS messages (
    chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL, sent_at REAL NOT NULL,
    by_bot INTEGER NOT NULL, service INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
    keyboard TEXT, reactions TEXT, body TEXT NOT NULL,
    PRIMARY KEY (chat_id, message_id)
);
CREATE TABLE IF NOT EXISTS files (
    file_id TEXT PRIMARY KEY, kind TEXT NOT NULL, media TEXT NOT NULL, path TEXT NOT NULL,
    size INTEGER NOT NULL, mime TEXT NOT NULL, unique_id TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS updates (
    n INTEGER PRIMARY KEY AUTOINCREMENT, update_id INTEGER NOT NULL, kind TEXT NOT NULL, queue TEXT NOT NULL, payload BLOB NOT NULL,
    created_at REAL NOT NULL, expires_at REAL NOT NULL, state TEXT NOT NULL DEFAULT 'pending',
    attempts INTEGER NOT NULL DEFAULT 0, status INTEGER, error TEXT, delivered_at REAL
);
CREATE INDEX IF NOT EXISTS updates_pending ON updates (queue, n) WHERE state = 'pending';
CREATE TABLE IF NOT EXISTS callbacks (
    id TEXT PRIMARY KEY, person_id INTEGER NOT NULL, chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL,
    data TEXT NOT NULL, asked_at REAL NOT NULL, answered INTEGER NOT NULL DEFAULT 0, text TEXT,
    show_alert INTEGER NOT NULL DEFAULT 0, url TEXT
);
CREATE TABLE IF NOT EXISTS inline_queries (
    id TEXT PRIMARY KEY, person_id INTEGER NOT NULL, query TEXT NOT NULL, asked_at REAL NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0, results TEXT
);
CREATE TABLE IF NOT EXISTS invoices (
    id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT UNIQUE NOT NULL, chat_id INTEGER, message_id INTEGER,
    title TEXT NOT NULL, payload TEXT NOT NULL, amount INTEGER NOT NULL, period INTEGER,
    paid INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS checkouts (
    id TEXT PRIMARY KEY, invoice_id INTEGER NOT NULL, person_id INTEGER NOT NULL, chat_id INTEGER NOT NULL,
    asked_at REAL NOT NULL, state TEXT NOT NULL DEFAULT 'asked', error TEXT, charge TEXT
);
CREATE TABLE IF NOT EXISTS stars (
    n INTEGER PRIMARY KEY AUTOINCREMENT, charge TEXT NOT NULL, direction TEXT NOT NULL,
    amount INTEGER NOT NULL, at REAL NOT NULL, person_id INTEGER NOT NULL, payload TEXT NOT NULL,
    period INTEGER, chat_id INTEGER NOT NULL, UNIQUE (charge, direction)
);
CREATE TABLE IF NOT EXISTS calls (
    n INTEGER PRIMARY KEY AUTOINCREMENT, method TEXT NOT NULL, params TEXT NOT NULL, ok INTEGER NOT NULL,
    error_code INTEGER, error TEXT, fault TEXT, violation INTEGER NOT NULL, at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS changes (
    n INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, chat_id INTEGER, body TEXT NOT NULL, at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, method TEXT, update_kind TEXT,
    times INTEGER NOT NULL, retry_after INTEGER NOT NULL, chat_id INTEGER
);
