select
    run_id,
    started_at,
    flow_run_id,
    ended_at,
    outcome,
    feeds_polled,
    feeds_failed,
    entries_new,
    pages_fetched,
    articles_new,
    articles_changed,
    quotes,
    mentions,
    failures,
    extractor_version,
    invalid,
    note
from runs
where run_id = $run_id;
