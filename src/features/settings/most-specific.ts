/** Which layer decides: the most specific one that says something. Pure. */
import { LAYERS, type Layer, PARAMETER_NAMES } from './rules.ts';
import type { ModelSettings, Parameters } from './settings.ts';

/** What each layer says; one that says nothing may be missing. */
export type Layered = { readonly [L in Layer]?: ModelSettings | undefined };
/** A value and the layer it comes from. */
export type Chosen<T> = { value: T; from: Layer };

/** What the most specific layer says that says something; null when none does. */
export function mostSpecific<T>(
  layers: Layered,
  read: (settings: ModelSettings) => T | undefined,
): Chosen<T> | null {
  for (const from of LAYERS) {
    const value = layers[from] && read(layers[from]);
    if (value !== undefined) return { value, from };
  }
  return null;
}

/** The parameters that some layer sets, each from the most specific one. */
export function parametersOf(layers: Layered): { [P in keyof Parameters]?: Chosen<Parameters[P]> } {
  const found = PARAMETER_NAMES.flatMap((name) => {
    const chosen = mostSpecific(layers, ({ parameters }) => parameters?.[name]);
    return chosen ? [[name, chosen]] : [];
  });
  return Object.fromEntries(found);
}

/** The models that the layers name, the most specific first. */
export const modelsOf = (layers: Layered): Chosen<string>[] =>
  LAYERS.flatMap((from) => {
    const value = layers[from]?.modelId;
    return value === undefined ? [] : [{ value, from }];
  });
