create or replace view schema_version as
select
    max(number) as version,
    arg_max(name, number) as name,
    max(time) as changed_at,
    (select arg_max(sha256, applied_at) from view_history) as views_sha256,
    (select max(applied_at) from view_history) as views_changed_at
from schema_history;

comment on view schema_version is 'One row: what the schema is, so that an analysis can tell that something changed.';
comment on column schema_version.version is 'number of the last migration';
comment on column schema_version.name is 'name of the last migration';
comment on column schema_version.changed_at is 'when it was applied';
comment on column schema_version.views_sha256 is 'hash of the definitions of all views';
comment on column schema_version.views_changed_at is 'when the views were last redefined';
