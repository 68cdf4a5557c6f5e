-- In two parts, so that a filter on the id that is shown is one on the rows as they are kept.
create or replace view shown_quotes as
select
    quote_rows.*,
    quote_rows.speaker_id as shown_id
from quote_rows
anti join merged_entities
    on merged_entities.entity_id = quote_rows.speaker_id
union all
select
    quote_rows.*,
    merged_entities.canonical_id as shown_id
from quote_rows
join merged_entities
    on merged_entities.entity_id = quote_rows.speaker_id;

comment on view shown_quotes is 'One row for each kept quotation, with the id that stands for its speaker now.';
comment on column shown_quotes.quote_id is 'names this quotation in this text of this article, and is the same wherever the same page is read';
comment on column shown_quotes.fetch_id is 'the request that gave the text';
comment on column shown_quotes.utterance is 'number within the version; parts of one interrupted quotation share it';
comment on column shown_quotes.start_char is 'first character, in the text of the version';
comment on column shown_quotes.end_char is 'end, exclusive';
comment on column shown_quotes.text is 'the words reported, outer marks and a closing comma left out';
comment on column shown_quotes.kind is 'direct (all in quotation marks), mixed (partly) or indirect';
comment on column shown_quotes.cue is 'the reporting words: said, according to';
comment on column shown_quotes.cue_start is 'first character of the cue';
comment on column shown_quotes.cue_end is 'end of the cue, exclusive';
comment on column shown_quotes.speaker is 'fullest name the article gives the speaker, else a descriptive phrase; null if nobody is named';
comment on column shown_quotes.speaker_id is 'the id, as the extractor computed it';
comment on column shown_quotes.speaker_mention is 'what stands in the text for the speaker';
comment on column shown_quotes.speaker_start is 'first character of speaker_mention';
comment on column shown_quotes.speaker_end is 'end of speaker_mention, exclusive';
comment on column shown_quotes.confidence is '0 to 1, that span and speaker are right';
comment on column shown_quotes.extractor_version is 'what found it';
comment on column shown_quotes.sighting_key is 'the same wherever these words are printed, but for case and punctuation; null if indirect or under 6 words';
comment on column shown_quotes.shown_id is 'the id that stands for the speaker now';

create or replace view quote_versions as
select
    shown_quotes.quote_id,
    article_versions.article_id,
    article_versions.version,
    shown_quotes.utterance,
    shown_quotes.start_char,
    shown_quotes.end_char,
    shown_quotes.text,
    shown_quotes.kind,
    shown_quotes.cue,
    shown_quotes.cue_start,
    shown_quotes.cue_end,
    shown_quotes.speaker,
    shown_quotes.shown_id as speaker_id,
    shown_quotes.speaker_mention,
    shown_quotes.speaker_start,
    shown_quotes.speaker_end,
    shown_quotes.confidence,
    shown_quotes.extractor_version,
    shown_quotes.sighting_key
from shown_quotes
join article_versions
    on article_versions.fetch_id = shown_quotes.fetch_id;

create or replace view quotes as
select
    shown_quotes.quote_id,
    article_heads.article_id,
    article_heads.version,
    shown_quotes.utterance,
    shown_quotes.start_char,
    shown_quotes.end_char,
    shown_quotes.text,
    shown_quotes.kind,
    shown_quotes.cue,
    shown_quotes.cue_start,
    shown_quotes.cue_end,
    shown_quotes.speaker,
    shown_quotes.shown_id as speaker_id,
    shown_quotes.speaker_mention,
    shown_quotes.speaker_start,
    shown_quotes.speaker_end,
    shown_quotes.confidence,
    shown_quotes.extractor_version,
    shown_quotes.sighting_key,
    concat_ws(' ', article_heads.story_id, coalesce(shown_quotes.sighting_key, lower(shown_quotes.text)))
        as distinct_key
from shown_quotes
join article_heads
    on article_heads.fetch_id = shown_quotes.fetch_id;

comment on view quote_versions is 'One row for each thing reported as said, in every version of every article.';
comment on column quote_versions.quote_id is 'names this quotation in this text of this article, and is the same wherever the same page is read';
comment on column quote_versions.article_id is 'the article it stands in';
comment on column quote_versions.version is 'the version it stands in';
comment on column quote_versions.utterance is 'number within the version; parts of one interrupted quotation share it';
comment on column quote_versions.start_char is 'first character, in the text of the version';
comment on column quote_versions.end_char is 'end, exclusive';
comment on column quote_versions.text is 'the words reported, outer marks and a closing comma left out';
comment on column quote_versions.kind is 'direct (all in quotation marks), mixed (partly) or indirect';
comment on column quote_versions.cue is 'the reporting words: said, according to';
comment on column quote_versions.cue_start is 'first character of the cue';
comment on column quote_versions.cue_end is 'end of the cue, exclusive';
comment on column quote_versions.speaker is 'fullest name the article gives the speaker, else a descriptive phrase; null if nobody is named';
comment on column quote_versions.speaker_id is 'the entity, where the speaker is one';
comment on column quote_versions.speaker_mention is 'what stands in the text for the speaker';
comment on column quote_versions.speaker_start is 'first character of speaker_mention';
comment on column quote_versions.speaker_end is 'end of speaker_mention, exclusive';
comment on column quote_versions.confidence is '0 to 1, that span and speaker are right';
comment on column quote_versions.extractor_version is 'what found it';
comment on column quote_versions.sighting_key is 'the same wherever these words are printed, but for case and punctuation; null if indirect or under 6 words';

comment on view quotes is 'One row for each thing reported as said, in the current version of each article.';
comment on column quotes.quote_id is 'names this quotation in this text of this article, and is the same wherever the same page is read';
comment on column quotes.article_id is 'the article it stands in';
comment on column quotes.version is 'the version it stands in';
comment on column quotes.utterance is 'number within the version; parts of one interrupted quotation share it';
comment on column quotes.start_char is 'first character, in the text of the version';
comment on column quotes.end_char is 'end, exclusive';
comment on column quotes.text is 'the words reported, outer marks and a closing comma left out';
comment on column quotes.kind is 'direct (all in quotation marks), mixed (partly) or indirect';
comment on column quotes.cue is 'the reporting words: said, according to';
comment on column quotes.cue_start is 'first character of the cue';
comment on column quotes.cue_end is 'end of the cue, exclusive';
comment on column quotes.speaker is 'fullest name the article gives the speaker, else a descriptive phrase; null if nobody is named';
comment on column quotes.speaker_id is 'the entity, where the speaker is one';
comment on column quotes.speaker_mention is 'what stands in the text for the speaker';
comment on column quotes.speaker_start is 'first character of speaker_mention';
comment on column quotes.speaker_end is 'end of speaker_mention, exclusive';
comment on column quotes.confidence is '0 to 1, that span and speaker are right';
comment on column quotes.extractor_version is 'what found it';
comment on column quotes.sighting_key is 'the same wherever these words are printed, but for case and punctuation; null if indirect or under 6 words';
comment on column quotes.distinct_key is 'the same for the same words in all printings of one story: what distinct_quotes counts';
