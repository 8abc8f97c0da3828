"""Money is never a float in the database either (F49)."""

import psycopg
import pytest

INEXACT = """
SELECT table_name || '.' || column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name NOT LIKE 'procrastinate%'
    AND data_type IN ('real', 'double precision', 'money')
"""
KOPECKS = """
SELECT DISTINCT data_type FROM information_schema.columns
WHERE table_schema = 'public' AND (column_name LIKE '%kopecks' OR column_name IN ('amount', 'total_amount', 'stars'))
    AND column_name <> 'unrounded_kopecks'
"""
RATES = """
SELECT DISTINCT data_type FROM information_schema.columns
WHERE table_schema = 'public' AND (column_name LIKE '%credits' OR column_name IN
    ('usd_rub', 'markup', 'rate', 'dollars', 'unrounded_kopecks'))
"""
FUNCTIONS = """
SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
    unnest(p.proargtypes::oid[] || p.prorettype) AS used (type) JOIN pg_type t ON t.oid = used.type
WHERE n.nspname = 'public' AND p.proname NOT LIKE 'procrastinate%' AND t.typname IN ('float4', 'float8', 'money')
"""


@pytest.mark.proves("F49")
def test_no_column_and_no_function_of_ours_knows_a_float(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        assert connection.execute(INEXACT).fetchall() == []
        assert connection.execute(FUNCTIONS).fetchall() == []
        assert connection.execute(KOPECKS).fetchall() == [("bigint",)]
        assert connection.execute(RATES).fetchall() == [("numeric",)]
