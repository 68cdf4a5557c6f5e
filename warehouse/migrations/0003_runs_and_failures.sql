create table failures (
    failure_id varchar not null,
    stage varchar not null,
    url varchar not null,
    feed_id varchar,
    reason varchar not null,
    detail varchar not null,
    tries integer not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    next_try_at timestamptz,
    closed_at timestamptz
);
comment on table failures is 'One row for each thing that did not work, still open or closed; at most one open row for a stage, URL and feed.';
comment on column failures.failure_id is 'hash of stage, URL and first_at';
comment on column failures.stage is 'feed, page, text, quotes, entities or load';
comment on column failures.url is 'what was being worked on';
comment on column failures.feed_id is 'the feed it came from, if any';
comment on column failures.reason is 'one word, as in the contract: dns, timeout, http_4xx …';
comment on column failures.detail is 'one sentence a person can act on';
comment on column failures.tries is 'times it failed';
comment on column failures.first_at is 'first time it failed';
comment on column failures.last_at is 'last time it failed';
comment on column failures.next_try_at is 'when it is tried again; null: not before a person asks for it';
comment on column failures.closed_at is 'when it worked after all; null while open';

create table runs (
    run_id varchar not null,
    flow_run_id varchar,
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome varchar,
    feeds_polled integer not null,
    feeds_failed integer not null,
    entries_new integer not null,
    pages_fetched integer not null,
    articles_new integer not null,
    articles_changed integer not null,
    quotes integer not null,
    mentions integer not null,
    failures integer not null,
    extractor_version varchar,
    invalid boolean not null,
    note varchar,
    recovered_at timestamptz
);
comment on table runs is 'One row for each pass.';
comment on column runs.run_id is 'names the pass';
comment on column runs.flow_run_id is 'its run in Prefect; null if it was started without';
comment on column runs.started_at is 'when it began';
comment on column runs.ended_at is 'when it ended; null while it runs';
comment on column runs.outcome is 'done, partial (some work failed), failed or interrupted; null while it runs';
comment on column runs.feeds_polled is 'requests for feeds';
comment on column runs.feeds_failed is 'of these, failed or refused';
comment on column runs.entries_new is 'items never listed before';
comment on column runs.pages_fetched is 'requests for pages';
comment on column runs.articles_new is 'articles read for the first time';
comment on column runs.articles_changed is 'new versions of known articles';
comment on column runs.quotes is 'quotations loaded';
comment on column runs.mentions is 'mentions loaded';
comment on column runs.failures is 'failures, each try counted';
comment on column runs.extractor_version is 'the extractors it ran';
comment on column runs.invalid is 'set by a person to leave a bad pass out of figures';
comment on column runs.note is 'free words, also of a person';
comment on column runs.recovered_at is 'when all it had fetched was loaded: its end, or a later pass if it was cut short';

create table batches (
    batch_id varchar not null,
    run_id varchar not null,
    made_at timestamptz not null,
    loaded_at timestamptz not null
);
comment on table batches is 'The ledger: one row for each batch that was loaded, written in the transaction that loads it.';
comment on column batches.batch_id is 'names the batch; a second load of it does nothing';
comment on column batches.run_id is 'the pass that made it';
comment on column batches.made_at is 'when it was staged';
comment on column batches.loaded_at is 'when it was loaded';

create table view_history (
    sha256 varchar not null,
    applied_at timestamptz not null
);
comment on table view_history is 'One row for each set of views this warehouse has had.';
comment on column view_history.sha256 is 'hash of the scripts of all views';
comment on column view_history.applied_at is 'when they were made';
