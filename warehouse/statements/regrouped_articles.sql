-- The articles whose current text may now be another, and the stories that they may leave, noted
-- before their heads change.
create or replace temp table regrouped_articles as
select article_id
from moved_articles;

create or replace temp table left_stories as
select distinct story_id
from article_heads
where article_id in (select article_id from moved_articles);
