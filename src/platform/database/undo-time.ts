/** SQL: how long the deletion of anything can be undone; after that it is removed for good. */
export const UNDO_TIME = `interval '24 hours'`;
