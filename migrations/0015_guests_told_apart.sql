-- Guests were all called “Guest”. The mark is the end of their id: random, and as good as any.
UPDATE users SET name = 'Guest ' || upper(right(id::text, 4)) WHERE is_anonymous AND name = 'Guest';
