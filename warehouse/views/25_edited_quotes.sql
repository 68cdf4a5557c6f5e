create or replace view edited_quotes as
with changed_versions as (
    select
        later.article_id,
        later.version,
        later.seen_at,
        later.change,
        later.fetch_id,
        earlier.fetch_id as fetch_id_before
    from article_versions as later
    join article_versions as earlier
        on earlier.article_id = later.article_id
        and earlier.version = later.version - 1
),
quotes_before as (
    select
        changed_versions.article_id,
        changed_versions.version,
        quote_rows.text,
        any_value(quote_rows.kind order by quote_rows.start_char) as kind,
        any_value(quote_rows.speaker order by quote_rows.start_char) as speaker
    from changed_versions
    join quote_rows
        on quote_rows.fetch_id = changed_versions.fetch_id_before
    group by all
),
quotes_after as (
    select
        changed_versions.article_id,
        changed_versions.version,
        quote_rows.text,
        any_value(quote_rows.kind order by quote_rows.start_char) as kind,
        any_value(quote_rows.speaker order by quote_rows.start_char) as speaker
    from changed_versions
    join quote_rows
        on quote_rows.fetch_id = changed_versions.fetch_id
    group by all
),
differences as (
    select
        coalesce(quotes_after.article_id, quotes_before.article_id) as article_id,
        coalesce(quotes_after.version, quotes_before.version) as version,
        case
            when quotes_before.text is null then 'added'
            when quotes_after.text is null then 'removed'
            else 'attributed anew'
        end as edit,
        coalesce(quotes_after.text, quotes_before.text) as text,
        coalesce(quotes_after.kind, quotes_before.kind) as kind,
        quotes_before.speaker as speaker_before,
        quotes_after.speaker as speaker
    from quotes_before
    full join quotes_after
        on quotes_after.article_id = quotes_before.article_id
        and quotes_after.version = quotes_before.version
        and quotes_after.text = quotes_before.text
    where quotes_before.text is null
        or quotes_after.text is null
        or quotes_before.speaker is distinct from quotes_after.speaker
)
select
    differences.article_id,
    article_heads.outlet,
    differences.version,
    changed_versions.seen_at,
    changed_versions.change,
    differences.edit,
    differences.text,
    differences.kind,
    differences.speaker_before,
    differences.speaker
from differences
join changed_versions
    on changed_versions.article_id = differences.article_id
    and changed_versions.version = differences.version
join article_heads
    on article_heads.article_id = differences.article_id;

comment on view edited_quotes is 'One row for each quotation that a new version of an article added, removed or gave to another speaker. Changed words are one removed and one added.';
comment on column edited_quotes.article_id is 'the article';
comment on column edited_quotes.outlet is 'registrable domain';
comment on column edited_quotes.version is 'the version that made the edit';
comment on column edited_quotes.seen_at is 'when that version was first seen';
comment on column edited_quotes.change is 'cosmetic or substantive, the change of the whole article';
comment on column edited_quotes.edit is 'added, removed or attributed anew';
comment on column edited_quotes.text is 'the words';
comment on column edited_quotes.kind is 'direct, mixed or indirect';
comment on column edited_quotes.speaker_before is 'speaker in the version before; null if unnamed or added';
comment on column edited_quotes.speaker is 'speaker in this version; null if unnamed or removed';
