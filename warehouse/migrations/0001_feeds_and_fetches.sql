create table feeds (
    feed_id varchar not null,
    url varchar not null,
    title varchar,
    outlet varchar,
    state varchar not null,
    added_at timestamptz,
    last_polled_at timestamptz,
    next_poll_at timestamptz,
    not_before timestamptz,
    interval_s integer,
    failures_in_a_row integer not null,
    last_error varchar,
    etag varchar,
    last_modified varchar,
    body_hash varchar
);
comment on table feeds is 'One row for each feed that is or was subscribed.';
comment on column feeds.feed_id is 'hash of the URL as first subscribed; survives a move of the feed';
comment on column feeds.url is 'where the feed is now';
comment on column feeds.title is 'the title the feed gives itself, or the one given when subscribing';
comment on column feeds.outlet is 'whose feed it is';
comment on column feeds.state is 'active, paused (by a person), gone (the server says so) or removed (no longer in onrecord.toml)';
comment on column feeds.added_at is 'when it was first subscribed';
comment on column feeds.last_polled_at is 'start of the last request for it';
comment on column feeds.next_poll_at is 'when it is due again; null: now';
comment on column feeds.not_before is 'end of a Retry-After, which even a forced poll honours';
comment on column feeds.interval_s is 'seconds between two polls, as adapted so far';
comment on column feeds.failures_in_a_row is 'polls failed since the last good one';
comment on column feeds.last_error is 'what the last failed poll said; null after a good one';
comment on column feeds.etag is 'validator of the last body, byte for byte';
comment on column feeds.last_modified is 'validator of the last body, byte for byte';
comment on column feeds.body_hash is 'SHA-256 of the last decoded body';

create table polls (
    poll_id varchar not null,
    feed_id varchar not null,
    run_id varchar not null,
    started_at timestamptz not null,
    duration_ms integer not null,
    status varchar not null,
    http_status integer,
    bytes bigint not null,
    entries_seen integer not null,
    entries_new integer not null,
    error varchar,
    archive_file varchar,
    archive_offset bigint
);
comment on table polls is 'One row for each request for a feed.';
comment on column polls.poll_id is 'names the request; also in the archive';
comment on column polls.feed_id is 'the feed asked for';
comment on column polls.run_id is 'the pass that asked';
comment on column polls.started_at is 'when the request began';
comment on column polls.duration_ms is 'milliseconds until the whole body was there';
comment on column polls.status is 'new; unchanged (304 or the same body); deferred (429 or 503 with Retry-After); failed; refused (address or scheme)';
comment on column polls.http_status is 'status code of the last response; null if there was none';
comment on column polls.bytes is 'bytes received, before decoding';
comment on column polls.entries_seen is 'items the feed listed';
comment on column polls.entries_new is 'items never seen before in this feed';
comment on column polls.error is 'what went wrong; null if nothing did';
comment on column polls.archive_file is 'file below archive/ that holds the body; null if it was not kept';
comment on column polls.archive_offset is 'byte in archive_file at which the record starts';

create table entries (
    entry_id varchar not null,
    feed_id varchar not null,
    guid varchar,
    url varchar,
    title varchar,
    published_at timestamptz,
    published_precision varchar,
    updated_at timestamptz,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    updated_seen_at timestamptz,
    article_id varchar,
    read_updated_at timestamptz
);
comment on table entries is 'One row for each item a feed has listed.';
comment on column entries.entry_id is 'hash of the feed and of the item''s guid, else link, else title and date';
comment on column entries.feed_id is 'the feed that listed it';
comment on column entries.guid is 'the identifier the feed gives the item';
comment on column entries.url is 'link of the item; null where it has no usable one';
comment on column entries.title is 'title in the feed, as last seen';
comment on column entries.published_at is 'publication as the feed states it';
comment on column entries.published_precision is 'instant, or day where the feed gives no time of day';
comment on column entries.updated_at is 'last change as the feed states it; null where it does not';
comment on column entries.updated_seen_at is 'poll in which the feed first stated this updated_at';
comment on column entries.first_seen_at is 'first poll that listed it';
comment on column entries.last_seen_at is 'last changed body of the feed that listed it';
comment on column entries.article_id is 'the article its page was read as; null until then';
comment on column entries.read_updated_at is 'updated_at when its page was last read';

create table fetches (
    fetch_id varchar not null,
    url varchar not null,
    final_url varchar,
    run_id varchar not null,
    started_at timestamptz not null,
    duration_ms integer not null,
    status varchar not null,
    http_status integer,
    bytes bigint not null,
    archive_file varchar,
    archive_offset bigint,
    error varchar,
    article_id varchar,
    seen_at timestamptz,
    text_hash varchar,
    extractor_version varchar
);
comment on table fetches is 'One row for each request for a page.';
comment on column fetches.fetch_id is 'names the request; also in the archive';
comment on column fetches.url is 'address asked for';
comment on column fetches.final_url is 'address that answered, after redirects';
comment on column fetches.run_id is 'the pass that asked';
comment on column fetches.started_at is 'when the request began';
comment on column fetches.duration_ms is 'milliseconds until the whole body was there';
comment on column fetches.status is 'ok, unchanged, failed, refused (also by robots.txt) or deferred';
comment on column fetches.http_status is 'status code of the last response; null if there was none';
comment on column fetches.bytes is 'bytes received, before decoding';
comment on column fetches.archive_file is 'file below archive/ that holds the response; null if there was none';
comment on column fetches.archive_offset is 'byte in archive_file at which the record starts';
comment on column fetches.error is 'what went wrong; null if nothing did';
comment on column fetches.article_id is 'the article the page was read as; null if it was not';
comment on column fetches.seen_at is 'the time that orders versions: when the page was seen';
comment on column fetches.text_hash is 'hash of the title and text read from it';
comment on column fetches.extractor_version is 'what read it';
