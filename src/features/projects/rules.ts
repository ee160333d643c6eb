/** Rules about projects that the page runs as well, so they need no schemas. */

/** What a member may do: see what is shared; say something and change things; also look after the members. */
export const ROLES = ['owner', 'editor', 'viewer'] as const;
export type ProjectRole = (typeof ROLES)[number];

export const NAME_MAX = 200;
export const DESCRIPTION_MAX = 20_000;
/** A single symbol, or the name of an icon. */
export const ICON_MAX = 64;
