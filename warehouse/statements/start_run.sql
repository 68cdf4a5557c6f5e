insert into runs by name
select
    $run_id as run_id,
    $flow_run_id as flow_run_id,
    $started_at::timestamptz as started_at,
    0 as feeds_polled,
    0 as feeds_failed,
    0 as entries_new,
    0 as pages_fetched,
    0 as articles_new,
    0 as articles_changed,
    0 as quotes,
    0 as mentions,
    0 as failures,
    $extractor_version as extractor_version,
    false as invalid
where $run_id not in (select run_id from runs);
