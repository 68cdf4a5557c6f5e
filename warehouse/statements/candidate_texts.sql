select
    story_key,
    any_value(text) as text
from article_versions
where story_key in (select unnest(from_json($keys, '["VARCHAR"]')))
    and seen_at between $begins and $ends
group by story_key;
