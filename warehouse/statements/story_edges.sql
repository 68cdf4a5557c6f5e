-- Which texts of story_members links join, from either side: where articles printed them within
-- the window of each other. For each printing the next one of the other text decides that, so
-- that many printings of both cost no more than their sum.
create or replace temp table story_edges as
with printings as (
    select distinct
        story_key,
        seen_at
    from story_members
),
directed_links as (
    select story_key, other_key from story_links
    union all
    select other_key, story_key from story_links
),
linked_printings as (
    select
        directed_links.story_key,
        directed_links.other_key,
        printings.seen_at
    from directed_links
    join printings
        on printings.story_key = directed_links.story_key
),
dated_links as (
    select distinct
        linked_printings.story_key,
        linked_printings.other_key
    from linked_printings
    asof join printings as others
        on others.story_key = linked_printings.other_key
        and others.seen_at >= linked_printings.seen_at
    where others.seen_at <= linked_printings.seen_at + $window
)
select story_key, other_key from dated_links
union
select other_key, story_key from dated_links;
