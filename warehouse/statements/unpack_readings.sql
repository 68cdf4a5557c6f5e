-- The readings of the batches in the temporary table harvests, without what was found in them:
-- that is read where it goes, since to hold it takes longer than to read it again.
create or replace temp table all_readings as
with staged_readings as (
    select
        file,
        batch_id,
        run_id,
        made_at,
        unnest(readings) as reading
    from staged_lines(
        {
            batch_id: 'varchar',
            run_id: 'varchar',
            made_at: 'timestamptz',
            readings: 'struct(
                fetch_id varchar, seen_at timestamptz, text_hash varchar, story_key varchar,
                sketch uinteger[], words integer,
                document struct(
                    extractor_version varchar,
                    article struct(
                        article_id varchar, url varchar, outlet varchar, title varchar,
                        "text" varchar, authors varchar[],
                        published struct("at" timestamptz, "precision" varchar),
                        modified struct("at" timestamptz), lang varchar, agency varchar,
                        page_kind varchar, access varchar, "section" varchar,
                        tags varchar[], lead_image varchar, sources varchar[][]
                    ),
                    quotes struct("start" integer[]),
                    mentions struct("start" integer[])
                )
            )[]'
        }
    )
    where file in (select file from harvests)
)
select
    reading.fetch_id,
    reading.seen_at,
    reading.document.article.article_id,
    reading.document.article.url,
    reading.document.article.outlet,
    reading.document.article.title,
    reading.document.article.text,
    coalesce(reading.document.article.authors, []) as authors,
    reading.document.article.published.at as published_at,
    reading.document.article.published.precision as published_precision,
    reading.document.article.modified.at as modified_at,
    reading.document.article.lang,
    reading.document.article.agency,
    reading.document.article.page_kind,
    reading.document.article.access,
    reading.document.article.section,
    coalesce(reading.document.article.tags, []) as tags,
    reading.document.article.lead_image,
    map(
        coalesce(list_transform(reading.document.article.sources, lambda pair: pair[1]), []),
        coalesce(list_transform(reading.document.article.sources, lambda pair: pair[2]), [])
    ) as sources,
    reading.document.extractor_version,
    reading.text_hash,
    reading.story_key,
    reading.sketch,
    reading.words,
    coalesce(len(reading.document.quotes.start), 0) as quotes,
    coalesce(len(reading.document.mentions.start), 0) as mentions,
    file,
    batch_id,
    run_id,
    made_at
from staged_readings
qualify row_number() over (partition by reading.fetch_id order by file desc) = 1;
