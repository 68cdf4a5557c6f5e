-- What all runs have brought, and what waits.
select
    coalesce(sum(feeds_polled), 0)::bigint as feeds_polled,
    coalesce(sum(entries_new), 0)::bigint as entries_new,
    coalesce(sum(pages_fetched), 0)::bigint as pages_fetched,
    coalesce(sum(articles_new), 0)::bigint as articles_new,
    coalesce(sum(articles_changed), 0)::bigint as articles_changed,
    coalesce(sum(quotes), 0)::bigint as quotes,
    coalesce(sum(mentions), 0)::bigint as mentions,
    (select count(*) from waiting_pages) as pages_waiting,
    (select count(*) from article_heads) as stored_articles,
    (select count(*) from quote_rows) as stored_quotes,
    (select count(*) from mention_rows) as stored_mentions,
    (select version from schema_version) as schema_version,
    arg_max(extractor_version, started_at) as extractor_version
from runs
