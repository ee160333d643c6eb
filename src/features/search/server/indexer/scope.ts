/** SQL: where chat `c` and what is said in it is looked for. */
export const SCOPE = `CASE WHEN c.visibility = 'shared' THEN c.project_id ELSE c.user_id END`;
