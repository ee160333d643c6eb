-- A heartbeat moves the lease of everything that runs, every two seconds. While no index holds the lease, and pages
-- have room, that rewrites a row where it stands instead of entering it into each index of the table again.
DROP INDEX generations_running;
CREATE INDEX generations_running ON generations (endpoint_id) WHERE state = 'running';
ALTER TABLE generations SET (fillfactor = 80);
