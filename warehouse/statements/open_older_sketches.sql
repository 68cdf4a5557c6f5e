create or replace temp table older_sketches (
    fetch_id varchar,
    story_key varchar,
    sketch uinteger[]
);
