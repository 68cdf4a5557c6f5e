-- The id that an article at a canonical address has, as extractors.urls.article_id_of makes it.
create or replace temp macro bare_address(address) as
    regexp_replace(address, '^https?://(www\.)?', '');

create or replace temp macro behind_mark(address) as
    if(contains(address, '?'), substr(address, strpos(address, '?') + 1), '');

create or replace temp macro sorted_query(query) as
    array_to_string(
        list_transform(
            list_sort(
                list_transform(
                    string_split(query, '&'),
                    lambda field, place: {
                        'name': split_part(field, '=', 1), 'place': place, 'field': field
                    }
                )
            ),
            lambda sorted: sorted.field
        ),
        '&'
    );

create or replace temp macro article_id_of_bare(bare) as
    left(
        sha256(
            regexp_replace(regexp_replace(split_part(bare, '?', 1), '/+', '/', 'g'), '/$', '')
            || '?'
            || sorted_query(split_part(behind_mark(bare), '#', 1))
            || if(
                contains(behind_mark(bare), '#'),
                substr(behind_mark(bare), strpos(behind_mark(bare), '#')),
                ''
            )
        ),
        20
    );

create or replace temp macro article_id_at(address) as
    article_id_of_bare(bare_address(address));
