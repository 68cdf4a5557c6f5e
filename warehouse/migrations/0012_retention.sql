alter table fetches add column archive_removed_at timestamptz;
alter table polls add column archive_removed_at timestamptz;
comment on column fetches.archive_removed_at is 'when the archived response was removed, being older than archive_days; null if it was not';
comment on column polls.archive_removed_at is 'when the archived body was removed, being older than archive_days; null if it was not';
comment on column fetches.archive_file is 'file below archive/ that holds the response; null if there was none, if it repeats another, or if it was removed (archive_removed_at)';
comment on column polls.archive_file is 'file below archive/ that holds the body; null if it was not kept, or was removed (archive_removed_at)';
