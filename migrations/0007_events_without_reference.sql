-- Checking the reference locked the generation's row once per flush, which cost more than writing the events. The
-- insert joins the generation anyway; what is left of a removed one is swept with the old events.
ALTER TABLE generation_events DROP CONSTRAINT generation_events_generation_id_fkey;
