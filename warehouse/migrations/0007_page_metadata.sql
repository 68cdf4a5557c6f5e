alter table article_heads add column section varchar;
alter table article_heads add column tags varchar[] default [];
alter table article_heads add column lead_image varchar;
alter table article_heads add column sources map(varchar, varchar) default map {};
comment on column article_heads.section is 'the part of the site it stands in, as the page names it';
comment on column article_heads.tags is 'in the page''s order, each once';
comment on column article_heads.lead_image is 'address of the picture that leads it';
comment on column article_heads.sources is 'what of the page gave a field that has a value: json-ld, meta, page, address, text; empty for articles read before this was kept';
