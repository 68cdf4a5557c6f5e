create table article_heads (
    article_id varchar not null,
    url varchar not null,
    outlet varchar,
    authors varchar[],
    published_at timestamptz,
    published_precision varchar,
    modified_at timestamptz,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    last_fetch_id varchar not null,
    lang varchar,
    agency varchar,
    page_kind varchar,
    access varchar,
    version integer not null,
    fetch_id varchar not null,
    story_id varchar not null
);
comment on table article_heads is 'One row for each article, without its text: what `articles` is made from.';
comment on column article_heads.article_id is 'hash of the canonical URL';
comment on column article_heads.url is 'canonical URL';
comment on column article_heads.outlet is 'registrable domain, or host and port where there is none';
comment on column article_heads.authors is 'as the page names them, as last seen';
comment on column article_heads.published_at is 'publication as the page states it, as last seen';
comment on column article_heads.published_precision is 'instant, or day where the page gives no time of day';
comment on column article_heads.modified_at is 'last change as the page states it';
comment on column article_heads.first_seen_at is 'first time its page was read';
comment on column article_heads.last_seen_at is 'last time its page was read';
comment on column article_heads.last_fetch_id is 'the fetch this row was last taken from';
comment on column article_heads.lang is 'language, ISO 639-1';
comment on column article_heads.agency is 'news agency credited';
comment on column article_heads.page_kind is 'article, live, video, gallery or opinion';
comment on column article_heads.access is 'free, metered, locked or unknown';
comment on column article_heads.version is 'number of the current version';
comment on column article_heads.fetch_id is 'fetch of the current version';
comment on column article_heads.story_id is 'smallest article_id among articles of equal text, else its own';

create table article_versions (
    article_id varchar not null,
    version integer not null,
    seen_at timestamptz not null,
    title varchar,
    text varchar not null,
    change varchar,
    fetch_id varchar not null,
    extractor_version varchar not null,
    text_hash varchar not null,
    story_key varchar,
    words integer not null
);
comment on table article_versions is 'One row for each text an article has had; a text that comes back is a new version.';
comment on column article_versions.article_id is 'the article';
comment on column article_versions.version is '1 for the first, by seen_at';
comment on column article_versions.seen_at is 'when this version was first seen';
comment on column article_versions.title is 'headline of this version';
comment on column article_versions.text is 'text of this version; all offsets index it';
comment on column article_versions.change is 'first; cosmetic (case, punctuation, white space, a slip of the pen); substantive';
comment on column article_versions.fetch_id is 'the request that gave this version';
comment on column article_versions.extractor_version is 'what read the text';
comment on column article_versions.text_hash is 'hash of title and text';
comment on column article_versions.story_key is 'hash of the text without case and punctuation; null under 50 words';
comment on column article_versions.words is 'words in text';

create table quote_rows (
    quote_id varchar not null,
    fetch_id varchar not null,
    utterance integer not null,
    start_char integer not null,
    end_char integer not null,
    text varchar not null,
    kind varchar not null,
    cue varchar,
    cue_start integer,
    cue_end integer,
    speaker varchar,
    speaker_id varchar,
    speaker_mention varchar,
    speaker_start integer,
    speaker_end integer,
    confidence double not null,
    extractor_version varchar not null,
    sighting_key varchar
);
comment on table quote_rows is 'One row for each quotation of each version: what `quotes` and `quote_versions` are made from.';
comment on column quote_rows.quote_id is 'hash of fetch_id, start_char and end_char';
comment on column quote_rows.fetch_id is 'the fetch of the version it stands in';
comment on column quote_rows.utterance is 'number within the version; parts of one interrupted quotation share it';
comment on column quote_rows.start_char is 'first character, in the version''s text';
comment on column quote_rows.end_char is 'end, exclusive';
comment on column quote_rows.text is 'the words reported, outer marks left out';
comment on column quote_rows.kind is 'direct, mixed or indirect';
comment on column quote_rows.cue is 'the reporting words';
comment on column quote_rows.cue_start is 'first character of the cue';
comment on column quote_rows.cue_end is 'end of the cue, exclusive';
comment on column quote_rows.speaker is 'fullest name the article gives the speaker, else a descriptive phrase';
comment on column quote_rows.speaker_id is 'the entity, where the speaker is one';
comment on column quote_rows.speaker_mention is 'what stands in the text for the speaker';
comment on column quote_rows.speaker_start is 'first character of speaker_mention';
comment on column quote_rows.speaker_end is 'end of speaker_mention, exclusive';
comment on column quote_rows.confidence is '0 to 1, that span and speaker are right';
comment on column quote_rows.extractor_version is 'what found it';
comment on column quote_rows.sighting_key is 'hash of the words without case and punctuation; null if indirect or under 6 words';

create table mention_rows (
    fetch_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    text varchar not null,
    label varchar not null,
    entity_id varchar,
    extractor_version varchar not null
);
comment on table mention_rows is 'One row for each mention of each version: what `mentions` and `mention_versions` are made from.';
comment on column mention_rows.fetch_id is 'the fetch of the version it stands in';
comment on column mention_rows.start_char is 'first character, in the version''s text';
comment on column mention_rows.end_char is 'end, exclusive';
comment on column mention_rows.text is 'the words of the mention';
comment on column mention_rows.label is 'PERSON, ORG, PLACE, GROUP, EVENT, WORK, PRODUCT, LAW, DATE or MONEY';
comment on column mention_rows.entity_id is 'who or what is named; null for DATE and MONEY';
comment on column mention_rows.extractor_version is 'what found it';

create table entity_rows (
    fetch_id varchar not null,
    entity_id varchar not null,
    name varchar not null,
    label varchar not null,
    country varchar
);
comment on table entity_rows is 'One row for each entity named in a version: what `entities` is made from.';
comment on column entity_rows.fetch_id is 'the fetch of the version it is named in';
comment on column entity_rows.entity_id is 'hash of label and normalised full name';
comment on column entity_rows.name is 'fullest name in that version';
comment on column entity_rows.label is 'PERSON, ORG, PLACE, GROUP, EVENT, WORK, PRODUCT or LAW';
comment on column entity_rows.country is 'ISO 3166 alpha-2';
