update article_versions
set change = $change
where fetch_id = $fetch_id;
