-- What a made-up world has whatever its articles: needs the variable `articles`, their number.
set variable days = 730;
set variable begins = timestamptz '2024-03-01 00:00:00+00';
set variable outlets = 200;

create or replace temp macro id_of(what) as left(md5(what), 16);

-- A number below `bound` that looks drawn by chance, the same for the same question.
create or replace temp macro drawn(salt, number, place, bound) as
    (hash(salt, number, place) % bound)::bigint;

-- The same, small numbers far more often: a few are named everywhere, most once or twice.
create or replace temp macro drawn_zipf(salt, number, place, bound) as
    if(
        drawn(salt || 'tail', number, place, 10) < 3,
        drawn(salt, number, place, bound),
        floor(pow(bound / 10, drawn(salt, number, place, 1000003) / 1000003))::bigint
    );

insert into feeds by name
select
    id_of('feed' || number) as feed_id,
    'https://outlet' || number || '.example/feed' as url,
    'Outlet ' || number as title,
    'outlet' || number || '.example' as outlet,
    'active' as state,
    getvariable('begins') as added_at,
    getvariable('begins') + to_days(getvariable('days')) as last_polled_at,
    getvariable('begins') + to_days(getvariable('days')) as next_poll_at,
    3600 as interval_s,
    0 as failures_in_a_row
from range(getvariable('outlets')) as numbers(number);

insert into runs by name
select
    'run-' || number as run_id,
    getvariable('begins') + to_days(number) as started_at,
    getvariable('begins') + to_days(number) + to_minutes(30) as ended_at,
    'done' as outcome,
    0 as feeds_polled,
    0 as feeds_failed,
    0 as entries_new,
    0 as pages_fetched,
    0 as articles_new,
    0 as articles_changed,
    0 as quotes,
    0 as mentions,
    0 as failures,
    'made-up' as extractor_version,
    false as invalid
from range(getvariable('days')::bigint) as numbers(number);

insert into polls by name
select
    id_of('poll' || number) as poll_id,
    id_of('feed' || number % getvariable('outlets')) as feed_id,
    'run-' || floor(number * getvariable('days') / getvariable('articles'))::bigint as run_id,
    getvariable('begins')
        + to_seconds(number * getvariable('days') * 86400 / getvariable('articles')) as started_at,
    200 as duration_ms,
    ['new', 'unchanged', 'unchanged', 'failed'][1 + drawn('poll', number, 0, 4)] as status,
    200 as http_status,
    20000 as bytes,
    20 as entries_seen,
    1 as entries_new
from range(getvariable('articles')) as numbers(number);

-- Whom and what articles name: people, organisations and places.
create or replace temp table kinds as
select *
from (
    values
        ('PERSON', 'p', getvariable('articles') // 4 + 20),
        ('ORG', 'o', getvariable('articles') // 20 + 20),
        ('PLACE', 'c', getvariable('articles') // 50 + 20)
) as kinds(label, salt, members);

insert into held_entities by name
select
    id_of(salt || number) as entity_id,
    id_of(salt || number) as name_id,
    label,
    'Name' || number % 5003 || ' ' || upper(salt) || 'amed' || number as name
from kinds, range(members) as numbers(number);

-- Every fiftieth person is called by a plainer name as well.
insert into entity_variants by name
select
    id_of('p' || number) as entity_id,
    id_of('p' || number + 1) as plainer_id,
    'middle initial' as reason
from kinds, range(0, members - 1, 50) as numbers(number)
where label = 'PERSON';

insert into entity_merges by name
select
    row_number() over (order by entity_id) as number,
    greatest(entity_id, plainer_id) as entity_id,
    least(entity_id, plainer_id) as canonical_id,
    'merged' as event,
    reason,
    getvariable('begins') as found_at
from entity_variants;

create or replace temp table phrases as
select
    number as phrase,
    array_to_string(
        list_transform(range(6), lambda place: 'word' || drawn('word', number, place, 3000)), ' '
    ) as words
from range(20000) as numbers(number);
