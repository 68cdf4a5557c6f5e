-- What `search` looks in. Rows of texts that are no more stay until `sort_terms` drops them:
-- a load only ever adds rows. No primary keys: see 0002.
create table search_texts (
    number integer not null,
    fetch_id varchar,
    words integer not null,
    is_sorted boolean not null
);
comment on table search_texts is 'One row for each text whose terms are kept: every version of every article.';
comment on column search_texts.number is 'counts up; a number whose terms are still kept is never given again';
comment on column search_texts.fetch_id is 'the fetch of the version; null where that version is no more';
comment on column search_texts.words is 'terms in title and text, repeated ones each time';
comment on column search_texts.is_sorted is 'its terms stand in the sorted part of `search_terms`';

create table search_terms (
    term varchar not null,
    number integer not null,
    times usmallint not null
);
comment on table search_terms is 'One row for each term of each text: what `search` finds articles by.';
comment on column search_terms.term is 'letters and digits of a word, lower case, without accents';
comment on column search_terms.number is 'the text, as in `search_texts`';
comment on column search_terms.times is 'how often it stands there; in the title counts three times';

create table unsearched_versions (
    fetch_id varchar not null
);
comment on table unsearched_versions is 'One row for each version loaded before terms were kept, until its terms are: some at each load, newest first.';
comment on column unsearched_versions.fetch_id is 'the fetch of the version';

insert into unsearched_versions
select fetch_id
from article_versions;
