select
    story_key,
    any_value(text) as text
from article_versions
where story_key in (
        select story_key from story_candidates
        union
        select other_key from story_candidates
    )
    and seen_at between getvariable('window_begins') and getvariable('window_ends')
group by story_key;
