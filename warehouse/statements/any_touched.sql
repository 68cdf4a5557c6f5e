select exists (from touched_entities);
