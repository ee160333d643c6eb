import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { keep, keptNames, readKept, whenKeptChanges } from './kept.ts';

type Choices<T> = Record<string, T | undefined>;

/**
 * Makes a store of small choices by key that this browser keeps for their owner, as it keeps drafts: through reloads, until they are
 * used up. `toKeep` leaves out what need not be kept of one. Returns the store, and how one is set; nothing removes it.
 */
export function keptStore<T>(
  prefix: string,
  toKeep: (value: T) => T = (value) => value,
): [UseBoundStore<StoreApi<Choices<T>>>, (key: string, value?: T | null) => void] {
  const useChoices = create<Choices<T>>(() => ({}));
  whenKeptChanges(() => {
    const kept: Choices<T> = {};
    for (const name of keptNames(prefix)) kept[name.slice(prefix.length)] = parse<T>(readKept(name));
    useChoices.setState((now) => ({ ...kept, ...now }));
  });
  const set = (key: string, value?: T | null) => {
    useChoices.setState({ [key]: value ?? undefined } as Choices<T>);
    keep(prefix + key, value ? JSON.stringify(toKeep(value)) : null);
  };
  return [useChoices, set];
}

function parse<T>(text: string | null): T | undefined {
  try {
    return JSON.parse(text!);
  } catch {
    return undefined;
  }
}
