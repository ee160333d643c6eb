/** Free metadata as rows of a form. A value that reads as JSON is JSON, anything else is text. */
export type MetadataRow = { id: number; key: string; value: string };
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export function toRows(metadata: Record<string, unknown>): MetadataRow[] {
  return Object.entries(metadata).map(([key, value], id) => ({ id, key, value: toText(value) }));
}

/** Rows without a key are left out; of two with the same key the later wins. */
export function fromRows(rows: readonly MetadataRow[]): Record<string, Json> {
  return Object.fromEntries(
    rows.filter(({ key }) => key.trim() !== '').map(({ key, value }) => [key.trim(), fromText(value)]),
  );
}

/** Text that would read as JSON is quoted, so that it comes back as the text it was. */
function toText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return typeof fromText(value) === 'string' && !value.startsWith('"') ? value : JSON.stringify(value);
}

function fromText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
