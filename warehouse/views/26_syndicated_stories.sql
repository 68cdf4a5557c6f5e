create or replace view syndicated_stories as
-- Most stories are printed once.
with repeated_stories as (
    select hash(story_id) as story_key
    from counted_articles
    group by hash(story_id)
    having count(*) > 1
)
select
    counted_articles.story_id,
    count(*) as articles,
    count(distinct counted_articles.outlet) as outlets,
    list_sort(list(distinct counted_articles.outlet), 'asc', 'nulls last') as outlet_names,
    arg_min(
        counted_articles.outlet,
        (counted_articles.printed_at, counted_articles.article_id)
    ) as first_outlet,
    min(counted_articles.printed_at) as first_printed_at,
    max(counted_articles.printed_at) as last_printed_at,
    min(counted_articles.agency) as agency,
    arg_min(
        article_versions.title,
        (counted_articles.printed_at, counted_articles.article_id)
    ) as title
from counted_articles
semi join repeated_stories
    on repeated_stories.story_key = hash(counted_articles.story_id)
join article_versions
    on article_versions.fetch_id = counted_articles.fetch_id
group by counted_articles.story_id
having count(distinct counted_articles.outlet) > 1;

comment on view syndicated_stories is 'One row for each story that two outlets or more have printed, as it came, edited or cut.';
comment on column syndicated_stories.story_id is 'the story, as in `articles`';
comment on column syndicated_stories.articles is 'articles that print it';
comment on column syndicated_stories.outlets is 'outlets that print it';
comment on column syndicated_stories.outlet_names is 'these outlets, sorted';
comment on column syndicated_stories.first_outlet is 'outlet of the earliest printing';
comment on column syndicated_stories.first_printed_at is 'publication of the earliest, first sight where that is unknown';
comment on column syndicated_stories.last_printed_at is 'publication of the latest';
comment on column syndicated_stories.agency is 'news agency credited by any of them';
comment on column syndicated_stories.title is 'headline of the earliest';
