create or replace view edited_quotes as
with changed_versions as (
    select
        later.article_id,
        later.version,
        later.seen_at,
        later.change,
        later.fetch_id,
        earlier.fetch_id as fetch_id_before
    from counted_versions as later
    join counted_versions as earlier
        on earlier.article_id = later.article_id
        and earlier.version = later.version_before
    where later.version > 1
),
-- Of all quotations few are of an article that was edited: they are looked for once.
compared_quotes as materialized (
    select
        quote_rows.fetch_id,
        quote_rows.text,
        arg_min(quote_rows.kind, quote_rows.start_char) as kind,
        arg_min(quote_rows.speaker, quote_rows.start_char) as speaker
    from quote_rows
    where quote_rows.fetch_id in (
        select fetch_id
        from changed_versions
        union all
        select fetch_id_before
        from changed_versions
    )
    group by quote_rows.fetch_id, quote_rows.text
),
quotes_before as (
    select
        changed_versions.article_id,
        changed_versions.version,
        compared_quotes.text,
        compared_quotes.kind,
        compared_quotes.speaker
    from changed_versions
    join compared_quotes
        on compared_quotes.fetch_id = changed_versions.fetch_id_before
),
quotes_after as (
    select
        changed_versions.article_id,
        changed_versions.version,
        compared_quotes.text,
        compared_quotes.kind,
        compared_quotes.speaker
    from changed_versions
    join compared_quotes
        on compared_quotes.fetch_id = changed_versions.fetch_id
),
removed_quotes as (
    select
        article_id,
        version,
        text as text_before,
        kind,
        speaker
    from quotes_before
    anti join quotes_after using (article_id, version, text)
),
added_quotes as (
    select
        article_id,
        version,
        text,
        kind,
        speaker
    from quotes_after
    anti join quotes_before using (article_id, version, text)
),
-- A removed and an added quotation are one that was altered if each is the other's likest.
likenesses as (
    select
        removed_quotes.article_id,
        removed_quotes.version,
        removed_quotes.text_before,
        added_quotes.text,
        1 - levenshtein(removed_quotes.text_before, added_quotes.text)
            / greatest(length(removed_quotes.text_before), length(added_quotes.text)) as likeness
    from removed_quotes
    join added_quotes using (article_id, version)
),
altered_quotes as (
    select
        article_id,
        version,
        text_before,
        text
    from likenesses
    where likeness >= 0.6
    qualify row_number() over (
            partition by article_id, version, text_before
            order by likeness desc, text
        ) = 1
        and row_number() over (
            partition by article_id, version, text
            order by likeness desc, text_before
        ) = 1
),
edits as (
    select
        article_id,
        version,
        'removed' as edit,
        text_before,
        text_before as text,
        kind,
        speaker as speaker_before,
        null as speaker
    from removed_quotes
    anti join altered_quotes using (article_id, version, text_before)
    union all by name
    select
        article_id,
        version,
        'added' as edit,
        text,
        kind,
        speaker
    from added_quotes
    anti join altered_quotes using (article_id, version, text)
    union all by name
    select
        altered_quotes.article_id,
        altered_quotes.version,
        'altered' as edit,
        altered_quotes.text_before,
        altered_quotes.text,
        added_quotes.kind,
        removed_quotes.speaker as speaker_before,
        added_quotes.speaker
    from altered_quotes
    join added_quotes using (article_id, version, text)
    join removed_quotes using (article_id, version, text_before)
    union all by name
    select
        quotes_after.article_id,
        quotes_after.version,
        're-attributed' as edit,
        quotes_after.text as text_before,
        quotes_after.text,
        quotes_after.kind,
        quotes_before.speaker as speaker_before,
        quotes_after.speaker
    from quotes_after
    join quotes_before using (article_id, version, text)
    where quotes_before.speaker is distinct from quotes_after.speaker
),
-- Some publishers set the date anew at each edit.
first_publications as (
    select
        counted_articles.article_id,
        least(
            min(counted_articles.published_at),
            min(counted_articles.first_seen_at),
            min(entries.published_at)
        ) as published_at
    from counted_articles
    left join entries
        on entries.article_id = counted_articles.article_id
    where counted_articles.version > 1
    group by counted_articles.article_id
)
select
    edits.article_id,
    counted_articles.outlet,
    edits.version,
    changed_versions.seen_at,
    date_diff(
        'second',
        first_publications.published_at,
        changed_versions.seen_at
    ) as after_publication_s,
    changed_versions.change,
    edits.edit,
    edits.text_before,
    edits.text,
    edits.kind,
    edits.speaker_before,
    edits.speaker
from edits
join changed_versions using (article_id, version)
join counted_articles
    on counted_articles.article_id = edits.article_id
join first_publications
    on first_publications.article_id = edits.article_id;

comment on view edited_quotes is 'One row for each quotation that a new version of an article added, removed, altered or gave to another speaker.';
comment on column edited_quotes.article_id is 'the article';
comment on column edited_quotes.outlet is 'registrable domain';
comment on column edited_quotes.version is 'the version that made the edit';
comment on column edited_quotes.seen_at is 'when that version was first seen';
comment on column edited_quotes.after_publication_s is 'seconds from the earliest publication that page or feed has stated, first sight at the latest, until that version was seen';
comment on column edited_quotes.change is 'cosmetic or substantive, the change of the whole article';
comment on column edited_quotes.edit is 'added, removed, altered (most letters are the same) or re-attributed';
comment on column edited_quotes.text_before is 'the words in the version before; null if added';
comment on column edited_quotes.text is 'the words in this version; those before if removed';
comment on column edited_quotes.kind is 'direct, mixed or indirect';
comment on column edited_quotes.speaker_before is 'speaker in the version before; null if unnamed or added';
comment on column edited_quotes.speaker is 'speaker in this version; null if unnamed or removed';
