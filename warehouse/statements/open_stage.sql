create or replace temp table staged_harvests (position integer, json varchar);
