create or replace macro search(asked, top := 20) as table
with asked_terms as (
    select distinct unnest(search_words(asked)) as term
),
texts as (
    select
        count(*) as number_of_texts,
        avg(words) as mean_words
    from search_texts
    where fetch_id is not null
),
found_terms as (
    select
        search_terms.term,
        search_terms.times,
        search_texts.words,
        article_heads.article_id,
        count(*) over (partition by search_terms.term) as articles
    from search_terms
    join search_texts
        on search_texts.number = search_terms.number
    join article_heads
        on article_heads.fetch_id = search_texts.fetch_id
    where search_terms.term in (select term from asked_terms)
),
-- Okapi BM25 with its usual constants, k1 = 1.2 and b = 0.75.
term_scores as (
    select
        found_terms.term,
        found_terms.article_id,
        ln(1 + (texts.number_of_texts - found_terms.articles + 0.5) / (found_terms.articles + 0.5))
            * found_terms.times * 2.2
            / (found_terms.times + 1.2 * (0.25 + 0.75 * found_terms.words / texts.mean_words))
            as score
    from found_terms
    cross join texts
),
best_articles as (
    select
        article_id,
        arg_max(term, (score, term)) as telling_term,
        count(*) = (select count(*) from asked_terms) as has_all,
        -- Whatever the order in which terms are read, the sum is the same to the last digit.
        round(sum(score), 6) as score
    from term_scores
    group by article_id
    order by has_all desc, score desc, article_id
    limit top
),
texts_found as (
    select
        best_articles.article_id,
        best_articles.has_all,
        best_articles.score,
        (coalesce(article_heads.published_at, article_heads.first_seen_at) at time zone 'UTC')::date
            as day,
        article_heads.outlet,
        article_heads.url,
        article_versions.title,
        article_versions.text,
        position(
            regexp_extract(
                lower(strip_accents(article_versions.text)),
                '(^|[^\p{L}\p{M}\p{N}])' || best_articles.telling_term
            )
            in lower(strip_accents(article_versions.text))
        ) as place
    from best_articles
    join article_heads
        on article_heads.article_id = best_articles.article_id
    join article_versions
        on article_versions.fetch_id = article_heads.fetch_id
)
select
    row_number() over (order by has_all desc, score desc, article_id) as rank,
    score,
    has_all,
    day,
    outlet,
    title,
    trim(
        regexp_replace(
            if(
                place > 60,
                regexp_replace(text[place - 60:place + 140], '^\S*\s', ''),
                text[1:place + 140]
            ),
            '\s+', ' ', 'g'
        )
    ) as snippet,
    url,
    article_id
from texts_found
order by rank;

comment on macro table search is 'One row for each article whose title or text has any of the words, those with all of them first, then by BM25: rank, score, has_all, day, outlet, title, snippet, url, article_id.
asked: what to look for, in any case, with or without accents
top: how many articles at most';
