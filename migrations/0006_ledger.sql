-- What a program asked is kept as it was sent: jsonb would put the keys of its JSON Schemas into another order, and
-- models write the fields of a structured answer in the order of the schema.
ALTER TABLE generations ALTER COLUMN input TYPE json;
-- True where the model server did not count, and Parley estimated.
ALTER TABLE generations ADD COLUMN tokens_estimated boolean NOT NULL DEFAULT false;
