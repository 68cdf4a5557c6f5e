select exists (from forgotten);
