"""How long the audit takes over a million transfers: `python -m tests.bench.audit [transfers]`.

The books are written by the ledger's own SQL functions, called inside the server: each person pays in once and
makes 25 generations, of which every fifth fails. Then everything is audited twice, cold and warm.
"""

import asyncio
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg

from app.books import Auditor
from app.db import Database
from app.ledger import Ledger
from tests.fixtures.postgres import fresh_database, make_template, running_server

MAKES = 25
PER_PERSON = 1 + 2 * MAKES
WRITERS = 2

PEOPLE = """
INSERT INTO person (id, first_name, language) SELECT n, 'p', 'ru' FROM generate_series(1, {people}) n
"""
HISTORY = """
INSERT INTO orders (event_id, user_id, method, amount, credited_kopecks, rate, currency, payload, state,
    created_at, expires_at, paid_at)
OVERRIDING SYSTEM VALUE
SELECT n, n, 'stars', 10000, 1000000, 1, 'XTR', 'order' || n, 'paid', now(), now() + interval '1 hour', now()
FROM generate_series(1, {people}) n
"""
PAYMENTS = """
INSERT INTO payment (method, charge_id, order_id, user_id, currency, total_amount, payload, outcome,
    booked_kopecks, received_at)
SELECT 'stars', 'c' || user_id, id, user_id, 'XTR', 10000, payload, 'credited', 1000000, now()
FROM orders WHERE user_id BETWEEN 1 AND {people}
"""
MADE = """
WITH drafts AS (
    INSERT INTO draft (user_id, model_key, inputs, revision, state)
    SELECT n, 'z-image', '{}', 1, 'submitted' FROM generate_series(1, {people}) n, generate_series(1, {makes})
    RETURNING id, user_id
), quotes AS (
    INSERT INTO quote (user_id, draft_id, revision, model_key, inputs_digest, price_kopecks, credits, usd_rub,
        markup, created_at, expires_at)
    SELECT user_id, id, 1, 'z-image', '', 64, 0.8, 79, 2, now(), now() + interval '1 hour' FROM drafts
    RETURNING id, user_id, draft_id
)
INSERT INTO generation (user_id, chat_id, draft_id, language, model_key, model_id, produces, inputs, request,
    quote_id, price_kopecks, credits, usd_rub, markup, state, failure, epoch, results, message_ids)
SELECT user_id, user_id, draft_id, 'ru', 'z-image', 'z-image', 'image', '{}', '{}', id, 64, 0.8, 79, 2,
    CASE WHEN draft_id % 5 = 0 THEN 'failed' ELSE 'delivered' END,
    CASE WHEN draft_id % 5 = 0 THEN 'timeout' END, 1, '[{}]', '{1}'
FROM quotes
"""
BOOK = """
DO $$
DECLARE
    person bigint;
    made record;
BEGIN
    FOR person IN {first}..{last} LOOP
        PERFORM ledger_give('credit', person, 1000000, 'payments:stars', 'cash', 'stars:c' || person,
            NULL, NULL, NULL);
        FOR made IN SELECT id, state FROM generation WHERE user_id = person ORDER BY id LOOP
            PERFORM ledger_hold(person, 64, 'hold:' || made.id, 'wallet');
            IF made.state = 'failed' THEN
                PERFORM ledger_resolve('release', 'hold:' || made.id, 'resolution:' || made.id, 'wallet');
            ELSE
                PERFORM ledger_resolve('capture', 'hold:' || made.id, 'resolution:' || made.id, 'revenue');
            END IF;
        END LOOP;
        IF person % 100 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
END
$$
"""


def main() -> int:
    """Prints how long it took; 1 when the books did not fit."""
    transfers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    people = -(-transfers // PER_PERSON)
    with running_server() as server, fresh_database(server, make_template(server)) as url:
        begun = time.monotonic()
        _fill(url, people)
        print(f"written: {people * PER_PERSON} transfers in {time.monotonic() - begun:.0f} s", flush=True)
        return asyncio.run(_audit(url))


def _fill(url: str, people: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in (PEOPLE, HISTORY, PAYMENTS, MADE):
            connection.execute(
                statement.replace("{people}", str(people)).replace("{makes}", str(MAKES)).encode()
            )
        connection.execute("ANALYZE")
    part = -(-people // WRITERS)
    parts = [(1 + n * part, min((n + 1) * part, people)) for n in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda span: _book(url, *span), parts))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _book(url: str, first: int, last: int) -> None:
    statement = BOOK.replace("{first}", str(first)).replace("{last}", str(last))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


async def _audit(url: str) -> int:
    database = Database(url, application_name="bench", max_connections=1)
    broken = 0
    for turn in ("first", "second"):
        begun = time.monotonic()
        async with database.snapshot() as session:
            findings = await Auditor(Ledger()).audit(session)
        print(f"{turn} audit: {time.monotonic() - begun:.1f} s, {len(findings)} findings", flush=True)
        broken += len(findings)
        print(*findings[:3], sep="\n")
    await database.close()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
