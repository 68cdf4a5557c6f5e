create table if not exists schema_history (
    number integer not null,
    name varchar not null,
    sha256 varchar not null,
    time timestamptz not null
);
comment on table schema_history is 'One row for each migration this warehouse has had.';
comment on column schema_history.number is 'its place in the order';
comment on column schema_history.name is 'what it did';
comment on column schema_history.sha256 is 'hash of its script';
comment on column schema_history.time is 'when it was applied';
