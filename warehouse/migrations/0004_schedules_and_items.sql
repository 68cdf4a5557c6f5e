alter table feeds add column backoff double default 0;
alter table feeds add column not_modified_in_a_row integer default 0;
alter table feeds add column moving_to varchar;
alter table feeds add column asks_s integer default 0;
alter table feeds add column skip_hours integer[] default [];
alter table feeds add column skip_days integer[] default [];
alter table feeds add column hourly_rates double[] default [];
alter table feeds add column parts struct(
    url varchar, etag varchar, last_modified varchar, body_hash varchar
)[] default [];
comment on column feeds.backoff is 'the failures in a row, each as much as its reason counts; what the wait grows with';
comment on column feeds.not_modified_in_a_row is 'answers of 304 since the last full one; after some the feed is asked for in full';
comment on column feeds.moving_to is 'where the last answered poll was redirected to for good; a second time moves the feed';
comment on column feeds.asks_s is 'seconds its last body asks to be left alone (ttl, sy:updatePeriod)';
comment on column feeds.skip_hours is 'hours of the UTC day in which its last body asks not to be polled';
comment on column feeds.skip_days is 'days of the week, 1 is Monday, on which its last body asks not to be polled';
comment on column feeds.hourly_rates is 'new entries an hour, for each hour of the UTC day, as learnt so far; empty: unknown';
comment on column feeds.parts is 'the sitemaps of an index that were last polled with it, and their validators';

create table feed_moves (
    feed_id varchar not null,
    from_url varchar not null,
    to_url varchar not null,
    moved_at timestamptz not null
);
comment on table feed_moves is 'One row for each time a feed moved: redirected for good in two polls running.';
comment on column feed_moves.feed_id is 'the feed';
comment on column feed_moves.from_url is 'where it was polled before';
comment on column feed_moves.to_url is 'where it is polled since';
comment on column feed_moves.moved_at is 'the second poll that was redirected';

alter table polls add column url varchar;
comment on column polls.url is 'address asked for; null for polls of before this was kept';

alter table entries add column target varchar;
alter table entries add column date_problem varchar;
alter table entries add column authors varchar[];
alter table entries add column categories varchar[];
alter table entries add column enclosures struct(
    url varchar, media_type varchar, size_bytes bigint
)[];
alter table entries add column content_file varchar;
alter table entries add column content_offset bigint;
alter table entries add column withdrawn_at timestamptz;
comment on column entries.target is 'canonical form of url; entries that share it lead to one page, which is fetched once';
comment on column entries.date_problem is 'why a date that the feed gives was not taken; null if none was refused';
comment on column entries.authors is 'as the feed names them';
comment on column entries.categories is 'categories and tags, as the feed gives them';
comment on column entries.enclosures is 'files the item comes with: url, media_type, size_bytes as the feed states it';
comment on column entries.content_file is 'file below archive/ with the last feed body that gave the item''s full text; null if none did';
comment on column entries.content_offset is 'byte in content_file at which the record starts';
comment on column entries.withdrawn_at is 'when the feed took the item back; null if it did not';

alter table fetches add column target varchar;
alter table fetches add column text_source varchar default 'page';
comment on column fetches.target is 'canonical form of url';
comment on column fetches.text_source is 'page; or feed, where the page could not be had and the archived bytes are the feed body that gave the text';

comment on column feeds.last_polled_at is 'when the last request for it was seen to';
comment on column runs.feeds_polled is 'feeds asked for';
comment on column runs.feeds_failed is 'of these, all of whose requests failed or were refused';
comment on column entries.entry_id is 'hash of the feed and of the item''s guid, else link, else title and date, as first listed';

alter table failures add column target varchar;
comment on column failures.target is 'canonical form of the url of a page: one page is one failure under whatever address';

alter table article_versions add column text_source varchar default 'page';
comment on column article_versions.text_source is 'page; or feed, where the page could not be had so far and the text is the one in the feed';
