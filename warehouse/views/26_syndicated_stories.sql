create or replace view syndicated_stories as
select
    article_heads.story_id,
    count(*) as articles,
    count(distinct article_heads.outlet) as outlets,
    list(distinct article_heads.outlet order by article_heads.outlet) as outlet_names,
    arg_min(
        article_heads.outlet,
        (coalesce(article_heads.published_at, article_heads.first_seen_at), article_heads.article_id)
    ) as first_outlet,
    min(coalesce(article_heads.published_at, article_heads.first_seen_at)) as first_printed_at,
    max(coalesce(article_heads.published_at, article_heads.first_seen_at)) as last_printed_at,
    min(article_heads.agency) as agency,
    arg_min(
        article_versions.title,
        (coalesce(article_heads.published_at, article_heads.first_seen_at), article_heads.article_id)
    ) as title
from article_heads
join article_versions
    on article_versions.fetch_id = article_heads.fetch_id
group by article_heads.story_id
having count(distinct article_heads.outlet) > 1;

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
