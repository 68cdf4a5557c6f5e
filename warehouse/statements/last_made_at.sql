select max(made_at) from harvests;
