-- The language that somebody has chosen to read, on whatever device; null: as each of their browsers says.
ALTER TABLE users ADD COLUMN language text CHECK (language IN ('en', 'ru'));
