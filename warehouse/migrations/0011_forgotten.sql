create table forgotten (
    article_id varchar not null,
    forgotten_at timestamptz not null
);

comment on table forgotten is 'One row for each article that was forgotten, and for each further address it had; nothing of what leads there is loaded again.';
comment on column forgotten.article_id is 'hash of the address: the id that an article there has, or would have';
comment on column forgotten.forgotten_at is 'when it was forgotten';
