select max(it.made_at) from harvests;
