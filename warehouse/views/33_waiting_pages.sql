create or replace view waiting_pages as
with unread_entries as (
    select
        entries.entry_id,
        entries.feed_id,
        entries.url,
        coalesce(entries.target, entries.url) as target,
        entries.first_seen_at,
        entries.last_seen_at,
        entries.content_file,
        entries.content_offset
    from entries
    where entries.url is not null
        and entries.feed_id not in (select feed_id from feeds where state = 'removed')
        and (
            (entries.article_id is null and entries.withdrawn_at is null)
            or (
                entries.article_id is not null
                and entries.updated_at is not null
                and entries.updated_at is distinct from entries.read_updated_at
            )
            or entries.article_id in (
                select article_id
                from fetches
                where text_source = 'feed' and text_hash is not null
            )
        )
),
unread_pages as (
    select
        target,
        arg_min(url, (first_seen_at, entry_id)) as url,
        arg_min(feed_id, (first_seen_at, entry_id)) as feed_id,
        list(distinct feed_id order by feed_id) as feed_ids,
        min(first_seen_at) as first_seen_at,
        arg_max(content_file, last_seen_at) as content_file,
        arg_max(content_offset, last_seen_at) as content_offset
    from unread_entries
    group by target
)
select
    unread_pages.target,
    unread_pages.url,
    unread_pages.feed_id,
    unread_pages.feed_ids,
    unread_pages.first_seen_at,
    coalesce(failed_pages.tries, 0) as tries,
    coalesce(failed_pages.is_set_aside, false) as is_set_aside,
    failed_pages.next_try_at,
    unread_pages.content_file,
    unread_pages.content_offset
from unread_pages
left join failed_pages
    on failed_pages.target = unread_pages.target;

comment on view waiting_pages is 'One row for each page that is to be read: no page was read for its entries, or their feed has updated them since.';
comment on column waiting_pages.target is 'canonical form of the links that lead there';
comment on column waiting_pages.url is 'the first of these links that was listed: the address to ask for';
comment on column waiting_pages.feed_id is 'the feed that listed it first';
comment on column waiting_pages.feed_ids is 'all feeds that list it';
comment on column waiting_pages.first_seen_at is 'first poll that listed it';
comment on column waiting_pages.tries is 'times it failed since it was last read';
comment on column waiting_pages.is_set_aside is 'it is not tried again before a person asks for it';
comment on column waiting_pages.next_try_at is 'when it is tried again after a failure; null: now, or set aside';
comment on column waiting_pages.content_file is 'file below archive/ with a feed body that gives its text; null if none does';
comment on column waiting_pages.content_offset is 'byte in content_file at which the record starts';
