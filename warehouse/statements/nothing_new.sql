select not exists (from harvests);
