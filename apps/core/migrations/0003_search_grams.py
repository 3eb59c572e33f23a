"""The function of the bigram index. COST makes the planner prefer the index to computing it row by row."""

from django.db import migrations

CREATE = """
CREATE FUNCTION search_grams(key text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
    SELECT coalesce(array_agg(DISTINCT gram), '{}')
    FROM unnest(string_to_array(key, NULL), (string_to_array(key, NULL))[2:]) AS pair(one, two),
         LATERAL (VALUES (one), (one || two)) AS each(gram)
    WHERE gram IS NOT NULL
$$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_jobs_and_charts")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION search_grams(text)")]
