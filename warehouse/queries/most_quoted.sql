-- Who is quoted most, and by how many outlets?
-- since: from the day of this time on (default: 1970-01-01)
-- top: how many speakers (default: 20)
-- Who is shown is settled first: to tell articles and words apart is dear.
with most_quoted as (
    select
        speaker_id,
        speaker
    from article_speakers
    where speaker_id is not null
        and day >= $since::timestamptz::date
    group by speaker_id, speaker
    order by sum(times) desc, speaker, speaker_id
    limit $top::integer
)
select
    article_speakers.speaker,
    sum(article_speakers.times)::bigint as quotes,
    count(distinct article_speakers.article_id) as articles,
    count(distinct article_speakers.outlet) as outlets,
    count(distinct article_speakers.story_id) as stories,
    list_unique(
        flatten(
            list(
                list_transform(
                    article_speakers.words_keys,
                    lambda words_key: hash(article_speakers.story_id, words_key)
                )
            )
        )
    )::bigint as distinct_quotes
from article_speakers
join most_quoted
    on most_quoted.speaker_id = article_speakers.speaker_id
where article_speakers.day >= $since::timestamptz::date
group by article_speakers.speaker_id, article_speakers.speaker
order by quotes desc, article_speakers.speaker, article_speakers.speaker_id;
