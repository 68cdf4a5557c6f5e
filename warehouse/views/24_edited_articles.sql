create or replace view edited_articles as
select
    counted_articles.article_id,
    counted_articles.url,
    counted_articles.outlet,
    count(*) as versions,
    count(*) filter (
        counted_versions.change = 'substantive' and counted_versions.version_before is not null
    ) as substantive_changes,
    arg_min(article_versions.title, counted_versions.version) as first_title,
    arg_max(article_versions.title, counted_versions.version) as title,
    arg_min(article_versions.words, counted_versions.version) as first_words,
    arg_max(article_versions.words, counted_versions.version) as words,
    counted_articles.first_seen_at,
    max(counted_versions.seen_at) as last_changed_at
from counted_articles
join counted_versions
    on counted_versions.article_id = counted_articles.article_id
join article_versions
    on article_versions.fetch_id = counted_versions.fetch_id
where counted_articles.version > 1
group by all
having count(*) > 1;

comment on view edited_articles is 'One row for each article its publisher has changed.';
comment on column edited_articles.article_id is 'the article';
comment on column edited_articles.url is 'canonical URL';
comment on column edited_articles.outlet is 'registrable domain';
comment on column edited_articles.versions is 'texts it has had';
comment on column edited_articles.substantive_changes is 'changes of more than case, punctuation, white space or a slip of the pen';
comment on column edited_articles.first_title is 'headline of the first version';
comment on column edited_articles.title is 'headline of the current version';
comment on column edited_articles.first_words is 'words in the first version';
comment on column edited_articles.words is 'words in the current version';
comment on column edited_articles.first_seen_at is 'when the first version was seen';
comment on column edited_articles.last_changed_at is 'when the current version was first seen';
