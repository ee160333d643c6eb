/** What belongs to a user's account and to nobody else: the one place that decides. */

/** SQL: rows of user `$1`, of the tables that hang from an account (keys, sessions). */
export const OWN = 'user_id = $1';
