/**
 * The canonical form of a JSON value (RFC 8785, JSON Canonicalization Scheme): no white space, names sorted by UTF-16 code
 * units, strings and numbers as ECMAScript writes them. Equal values give equal bytes, so that a hash can be taken of them.
 * What JSON has no word for is left out as `JSON.stringify` does; numbers that are not finite are refused.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is not in JSON.`);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`);
  return `{${members.join(',')}}`;
}
