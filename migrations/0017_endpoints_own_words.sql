-- What an endpoint says itself is for admins: it is kept apart from the sentence that everybody may read, which is named so
-- that it can be said in every language.
ALTER TABLE endpoints ADD COLUMN health_problem jsonb;
ALTER TABLE endpoints ADD COLUMN last_error jsonb;
ALTER TABLE endpoints DROP COLUMN health_detail;

-- Until now both were one text. Its own words come out of what is stored of replies.
UPDATE generations SET error = jsonb_set(error, '{detail}',
  to_jsonb(regexp_replace(error ->> 'detail', ' It says: .*$| to .*(?=\. An admin can set the new address\.$)', '')))
WHERE error ->> 'detail' ~ ' It says: |^The endpoint has moved ';
UPDATE messages SET ending = jsonb_set(ending, '{error,detail}',
  to_jsonb(regexp_replace(ending #>> '{error,detail}', ' It says: .*$| to .*(?=\. An admin can set the new address\.$)', '')))
WHERE ending #>> '{error,detail}' ~ ' It says: |^The endpoint has moved ';
DELETE FROM generation_events e USING generations g
WHERE g.id = e.generation_id AND g.error IS NOT NULL;
UPDATE generations SET events_kept = false WHERE error IS NOT NULL AND events_kept;
