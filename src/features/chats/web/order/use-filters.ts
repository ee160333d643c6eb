import { useLayoutEffect, useMemo, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';
import { type Filters, readFilters, writeFilters } from './filters.ts';
import { clearSelection } from './selection.ts';

type Change = (part: Partial<Filters>, how?: { replace: boolean }) => void;

/** The filters in the address, and how to change them: each change is a step back for the browser, unless it replaces the last. */
export function useFilters(): [Filters, Change] {
  const search = useSearch();
  const [, go] = useLocation();
  const filters = useMemo(() => readFilters(new URLSearchParams(search)), [search]);
  const latest = useRef(filters);
  latest.current = filters;
  // What was selected among others is not to be seen any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about a change of the address
  useLayoutEffect(() => clearSelection, [search]);
  return [
    filters,
    (part, { replace } = { replace: false }) =>
      go(`/chats${writeFilters({ ...latest.current, ...part })}`, { replace }),
  ];
}
