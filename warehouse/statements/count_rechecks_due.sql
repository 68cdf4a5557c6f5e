select count(*) from due_rechecks;
