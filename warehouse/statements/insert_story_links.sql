insert into story_links by name
select unnest($links::struct(story_key varchar, other_key varchar)[], recursive := true);
