/** Which chats get their title from a model, as SQL. */

/** The model that makes titles; null while an admin has chosen none. */
export const TITLE_MODEL = `(SELECT settings #>> '{titles,modelId}' FROM instance)`;

/**
 * How a chat that gets the first words of its first message as its title goes on. Decided then, so that chats which were begun while it
 * was off cost nothing, and keep the title they are known by.
 */
export const TITLING = `CASE WHEN NOT temporary AND ${TITLE_MODEL} IS NOT NULL THEN 'words' END`;
