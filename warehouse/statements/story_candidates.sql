-- The texts that each new text is compared with: of those near in time whose sketches share
-- enough, the likest and some drawn by their keys, so that its comparisons have a bound. A text
-- with fewer of them has the same links in any order of arrival; one with more need not, but a
-- story of many printings is still joined, for the likest of a printing are printings, and those
-- drawn, which are the same for all of them, join one wording of it to the next. Copies of one
-- text count once; a held text chooses none. The bounds of time are constants, since only those
-- let a scan pass over other days.
create or replace temp table story_candidates as
with new_texts as (
    select
        story_key,
        hash,
        any_value(hashes) as hashes,
        min(seen_at) - $window as near_from,
        max(seen_at) + $window as near_until
    from new_sketches
    group by story_key, hash
),
near_texts as (
    select
        story_key,
        hash,
        any_value(hashes) as hashes,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at
    from sketches
    where hash in (select hash from new_sketches)
        and seen_at between $begins and $ends
    group by story_key, hash
),
alike_texts as (
    select
        new_texts.story_key,
        near_texts.story_key as other_key,
        count(*) / least(any_value(new_texts.hashes), any_value(near_texts.hashes)) as likeness
    from new_texts
    join near_texts
        on near_texts.hash = new_texts.hash
        and near_texts.story_key <> new_texts.story_key
        and near_texts.first_seen_at <= new_texts.near_until
        and near_texts.last_seen_at >= new_texts.near_from
    group by
        new_texts.story_key,
        near_texts.story_key
    having likeness >= $least_likeness
),
chosen_texts as (
    select
        story_key,
        other_key
    from alike_texts
    qualify row_number() over (
            partition by story_key
            order by likeness desc, other_key
        ) <= $likest
        or row_number() over (
            partition by story_key
            order by other_key
        ) <= $drawn
),
-- Two new texts may have chosen each other.
chosen_twice as (
    select
        other_key as story_key,
        story_key as other_key
    from chosen_texts
    where story_key < other_key
)
select
    chosen_texts.story_key,
    chosen_texts.other_key
from chosen_texts
anti join chosen_twice
    on chosen_twice.story_key = chosen_texts.story_key
    and chosen_twice.other_key = chosen_texts.other_key
anti join story_links
    on story_links.story_key = least(chosen_texts.story_key, chosen_texts.other_key)
    and story_links.other_key = greatest(chosen_texts.story_key, chosen_texts.other_key);
