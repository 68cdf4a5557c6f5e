-- Named by what they are of, and not by the request that gave it: the same pages give the same ids.
update quote_rows
set quote_id = left(
    md5(
        concat_ws(
            ':',
            article_versions.article_id,
            article_versions.text_hash,
            quote_rows.start_char,
            quote_rows.end_char
        )
    ),
    16
)
from article_versions
where article_versions.fetch_id = quote_rows.fetch_id;

comment on column quote_rows.quote_id is 'hash of article_id, title and text, start_char and end_char: a text that comes back has the same ids again';
