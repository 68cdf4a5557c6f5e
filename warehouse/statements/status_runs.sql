select
    run_id,
    started_at,
    ended_at,
    outcome,
    feeds_polled,
    feeds_failed,
    entries_new,
    pages_fetched,
    articles_new,
    articles_changed,
    quotes,
    failures,
    note
from runs
order by started_at desc
limit 10
