insert into older_sketches by name
select unnest(
    $rows::struct(fetch_id varchar, story_key varchar, sketch uinteger[])[], recursive := true
);
