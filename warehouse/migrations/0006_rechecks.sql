alter table fetches add column etag varchar;
alter table fetches add column last_modified varchar;
alter table fetches add column body_hash varchar;
alter table fetches add column repeats varchar;
comment on column fetches.etag is 'validator of the answer, byte for byte; null if it gave none';
comment on column fetches.last_modified is 'validator of the answer, byte for byte; null if it gave none';
comment on column fetches.body_hash is 'SHA-256 of the decoded body; null if none came';
comment on column fetches.repeats is 'of a page that is unchanged: the request that gave the body it still has; null otherwise';
comment on column fetches.archive_file is 'file below archive/ that holds the response; null if there was none, or if it repeats another';
