-- No primary keys: see 0002. `sketches` is in the order of loading, so that a window of days is
-- read without the rest.
create table sketches (
    fetch_id varchar not null,
    story_key varchar not null,
    seen_at timestamptz not null,
    hashes usmallint not null,
    hash uinteger not null
);
comment on table sketches is 'One row for each hash in the sketch of each version of 50 words or more: what printings of one story are found by.';
comment on column sketches.fetch_id is 'the fetch of the version';
comment on column sketches.story_key is 'the text, as in `article_versions`';
comment on column sketches.seen_at is 'when the version was first seen; unequal texts more than 14 days apart are not compared';
comment on column sketches.hashes is 'hashes in this sketch';
comment on column sketches.hash is 'hash of five words running, from the first 300 words; the smallest of each twelve such hashes running is kept';

create table story_links (
    story_key varchar not null,
    other_key varchar not null
);
comment on table story_links is 'One row for each two unequal texts that are printings of one story.';
comment on column story_links.story_key is 'the one text, whose key sorts first';
comment on column story_links.other_key is 'the other';

create table unsketched_versions (
    fetch_id varchar not null
);
comment on table unsketched_versions is 'One row for each version loaded or staged before stories were compared, until its sketch is made: some at each load, newest first.';
comment on column unsketched_versions.fetch_id is 'the fetch of the version';

insert into unsketched_versions
select fetch_id
from article_versions
where story_key is not null;

comment on column article_versions.story_key is 'hash of the text without punctuation; null under 50 words';
comment on column article_heads.story_id is 'smallest article_id among the printings of the story, its own if there is no other';
