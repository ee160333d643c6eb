/** Rows of raw statements, as the tables' types name them. */

/** A row with its columns in camel case: what `SELECT *` and `RETURNING *` give, as Drizzle would. */
export const camelRow = <Row>(columns: Record<string, unknown>): Row =>
  Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [
      name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase()),
      value,
    ]),
  ) as Row;
