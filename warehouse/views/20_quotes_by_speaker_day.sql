-- Lists of hashes count as `count(distinct …)` does, in half the time: most groups have one row.
create or replace view quotes_by_speaker_day as
select
    speaker,
    speaker_id,
    day,
    sum(times)::bigint as quotes,
    if(count(*) = 1, 1, list_unique(list(hash(article_id))))::bigint as articles,
    coalesce(list_unique(list(hash(outlet)) filter (outlet is not null)), 0)::bigint as outlets,
    if(count(*) = 1, 1, list_unique(list(hash(story_id))))::bigint as stories,
    list_unique(
        flatten(
            list(list_transform(words_keys, lambda words_key: hash(story_id, words_key)))
        )
    )::bigint as distinct_quotes
from article_speakers
group by speaker, speaker_id, day;

comment on view quotes_by_speaker_day is 'One row for each speaker and day with a quotation.';
comment on column quotes_by_speaker_day.speaker is 'fullest name, else a descriptive phrase';
comment on column quotes_by_speaker_day.speaker_id is 'the entity, where the speaker is one';
comment on column quotes_by_speaker_day.day is 'UTC day of publication, of first sight where that is unknown';
comment on column quotes_by_speaker_day.quotes is 'quotations in current versions';
comment on column quotes_by_speaker_day.articles is 'articles they stand in';
comment on column quotes_by_speaker_day.outlets is 'outlets of those articles';
comment on column quotes_by_speaker_day.stories is 'stories of those articles: all printings of one count once';
comment on column quotes_by_speaker_day.distinct_quotes is 'quotations, the same words counted once a story';
