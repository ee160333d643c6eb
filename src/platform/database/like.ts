/** A pattern for `LIKE` and `ILIKE` that matches what contains `text`, in which no character has a meaning. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
