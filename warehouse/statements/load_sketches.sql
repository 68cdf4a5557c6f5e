insert into sketches by name
select
    fetch_id,
    story_key,
    seen_at,
    hashes,
    hash
from new_sketches;

-- Variables rather than subqueries: only constants let a scan pass over other days.
set variable window_begins = (select min(seen_at) - interval 14 days from new_sketches);
set variable window_ends = (select max(seen_at) + interval 14 days from new_sketches);

-- Texts whose sketches share enough that the texts may. Copies of one text count once.
create or replace temp table story_candidates as
with new_texts as (
    select distinct
        story_key,
        hashes,
        hash
    from new_sketches
),
near_texts as (
    select distinct
        story_key,
        hashes,
        hash
    from sketches
    where hash in (select hash from new_sketches)
        and seen_at between getvariable('window_begins') and getvariable('window_ends')
)
select
    least(new_texts.story_key, near_texts.story_key) as story_key,
    greatest(new_texts.story_key, near_texts.story_key) as other_key
from new_texts
join near_texts
    on near_texts.hash = new_texts.hash
    and near_texts.story_key <> new_texts.story_key
group by
    new_texts.story_key,
    near_texts.story_key
having count(*) >= 0.15 * least(any_value(new_texts.hashes), any_value(near_texts.hashes))
except
select
    story_key,
    other_key
from story_links;
