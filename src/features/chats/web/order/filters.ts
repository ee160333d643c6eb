/** The filters of the page of all chats: as they stand in its address, and as the interface takes them. Pure. */
import type { BulkFilter } from '../../chat-filter.ts';

export type Filters = {
  q: string;
  tags: readonly string[];
  archived: 'false' | 'true' | 'all';
  pinned: 'true' | 'false' | 'all';
  projectId: string;
  visibility: '' | 'shared' | 'private';
  description: string;
  /** Days, as `2026-01-31`: active from its beginning on, and to its end, where the reader is. */
  after: string;
  before: string;
  /** A JSON object, as text. */
  metadata: string;
};

/** What the parts of the page that show filters are given. */
export type FilterProps = {
  filters: Filters;
  onChange: (part: Partial<Filters>, how?: { replace: boolean }) => void;
};

export const NO_FILTERS: Filters = {
  q: '',
  tags: [],
  archived: 'false',
  pinned: 'all',
  projectId: '',
  visibility: '',
  description: '',
  after: '',
  before: '',
  metadata: '',
};

const EITHER = ['true', 'false', 'all'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads an address. What nobody could have meant counts as not said. */
export function readFilters(address: URLSearchParams): Filters {
  const text = (key: string) => address.get(key) ?? '';
  const oneOf = <T extends string>(key: string, values: readonly T[], otherwise: T): T =>
    values.find((value) => value === address.get(key)) ?? otherwise;
  const day = (key: string) => (DAY.test(text(key)) && dayFrom(text(key), 0) ? text(key) : '');
  return {
    q: text('q'),
    tags: [...new Set(address.getAll('tag').filter(Boolean))],
    archived: oneOf('archived', EITHER, 'false'),
    pinned: oneOf('pinned', EITHER, 'all'),
    projectId: text('projectId'),
    visibility: oneOf('visibility', ['', 'shared', 'private'] as const, ''),
    description: text('description'),
    after: day('after'),
    before: day('before'),
    metadata: isObject(text('metadata')) ? text('metadata') : '',
  };
}

/** The part of an address that says these filters, with its question mark; nothing where there are none. */
export function writeFilters({ tags, ...filters }: Filters): string {
  const address = new URLSearchParams();
  for (const [key, value] of Object.entries(filters))
    if (value !== NO_FILTERS[key as keyof typeof filters]) address.set(key, value);
  for (const tag of tags) address.append('tag', tag);
  return address.size > 0 ? `?${address}` : '';
}

/** The same filters as JSON, for what is done to all chats that match; it always says which of archive and list. */
export function bulkFilter(filters: Filters): BulkFilter {
  const { q, tags, archived, pinned, projectId, visibility, description, after, before, metadata } = filters;
  return {
    archived,
    pinned,
    ...(q && { q }),
    ...(tags.length > 0 && { tag: [...tags] }),
    ...(projectId && { projectId }),
    ...(visibility && { visibility }),
    ...(description && { description }),
    ...(after && { after: dayFrom(after, 0)! }),
    ...(before && { before: dayFrom(before, 1)! }),
    ...(metadata && { metadata: JSON.parse(metadata) as Record<string, never> }),
  };
}

/** The query of the list for these filters, without its page. */
export function listQuery(filters: Filters): string {
  const query = new URLSearchParams();
  const entries: [string, string | boolean | object][] = Object.entries(bulkFilter(filters));
  for (const [key, value] of entries)
    for (const each of [value].flat())
      query.append(key, typeof each === 'object' ? JSON.stringify(each) : String(each));
  return String(query);
}

/** How many kinds of filters are set, beside the words. */
export const countFilters = (filters: Filters): number =>
  new Set(new URLSearchParams(writeFilters({ ...filters, q: '' })).keys()).size;

/** The midnight with which a day begins here, or the one so many days later; null for a day that no calendar has. */
function dayFrom(day: string, later: number): string | null {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const begins = new Date(year, month - 1, date);
  if (year < 1000 || begins.getMonth() !== month - 1) return null;
  return new Date(year, month - 1, date + later).toISOString();
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
