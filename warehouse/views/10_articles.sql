create or replace view articles as
select
    article_heads.article_id,
    article_heads.url,
    article_heads.outlet,
    article_versions.title,
    article_heads.authors,
    article_heads.published_at,
    article_heads.published_precision,
    article_heads.modified_at,
    article_heads.first_seen_at,
    article_heads.last_seen_at,
    article_heads.lang,
    article_heads.agency,
    article_heads.page_kind,
    article_heads.access,
    article_versions.words,
    article_versions.text,
    article_heads.version,
    article_heads.story_id,
    article_heads.fetch_id,
    article_versions.text_source,
    article_versions.extractor_version,
    article_heads.section,
    article_heads.tags,
    article_heads.lead_image,
    article_heads.sources
from article_heads
join article_versions
    on article_versions.fetch_id = article_heads.fetch_id;

comment on view articles is 'One row for each article, as last seen.';
comment on column articles.article_id is 'hash of the canonical URL';
comment on column articles.url is 'canonical URL';
comment on column articles.outlet is 'registrable domain, or host and port where there is none';
comment on column articles.title is 'headline of the current version';
comment on column articles.authors is 'as the page names them, as last seen';
comment on column articles.published_at is 'publication as the page states it; null if it does not';
comment on column articles.published_precision is 'instant, or day where the page gives no time of day';
comment on column articles.modified_at is 'last change as the page states it';
comment on column articles.first_seen_at is 'first time its text was seen, on its page or in a feed';
comment on column articles.last_seen_at is 'last time its text was seen';
comment on column articles.lang is 'language, ISO 639-1';
comment on column articles.agency is 'news agency credited';
comment on column articles.page_kind is 'article, live, video, gallery or opinion';
comment on column articles.access is 'free, metered, locked or unknown';
comment on column articles.words is 'words in text';
comment on column articles.text is 'text of the current version; offsets of quotes and mentions index it';
comment on column articles.version is 'number of the current version, 1 if it was never changed';
comment on column articles.story_id is 'the same for all printings of one story, whatever the outlet: equal texts, and within 14 days of each other also edited or cut ones; the smallest of their article_ids';
comment on column articles.fetch_id is 'the request that gave the current version';
comment on column articles.text_source is 'page; or feed, where the page could not be had so far and the text is the one in the feed';
comment on column articles.extractor_version is 'what read the current version';
comment on column articles.section is 'the part of the site it stands in, as the page names it; null if it does not';
comment on column articles.tags is 'in the page''s order, each once';
comment on column articles.lead_image is 'address of the picture that leads it';
comment on column articles.sources is 'what of the page gave a field that has a value, as in sources[''title'']: json-ld, meta, page, address, text; empty for articles read before this was kept';
