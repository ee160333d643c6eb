/** Parameters as they are typed, and what of them holds. */
import { BOUNDS, type NumberName, STOP_MAX, STOPS_MAX } from '../rules.ts';
import type { Parameters } from '../settings.ts';

/** The model that the parameters are for, as far as they depend on it. */
export type ParameterModel = { name: string; ignores: readonly string[]; temperatureMax: number };

/** What a number may be with a model; null: with any. */
export const boundsOf = (name: NumberName, model: ParameterModel | null) =>
  name === 'temperature' && model ? { ...BOUNDS[name], max: model.temperatureMax } : BOUNDS[name];

/** A number as it is typed, with a comma as well; NaN for what is none, undefined for nothing. */
export function readNumber(text: string): number | undefined {
  const typed = text.trim().replace(',', '.').replace('−', '-');
  return typed === '' ? undefined : Number(typed);
}

export function isNumberValid(value: number, bounds: { min: number; max: number; whole: boolean }): boolean {
  return value >= bounds.min && value <= bounds.max && (!bounds.whole || Number.isInteger(value));
}

const areStopsValid = (stops: readonly string[]): boolean =>
  stops.length <= STOPS_MAX && stops.every((stop) => stop.length <= STOP_MAX);

/** Whether the server would take them. */
export function areValid(parameters: Parameters, model: ParameterModel | null): boolean {
  const names = Object.keys(BOUNDS) as NumberName[];
  return (
    areStopsValid(parameters.stop ?? []) &&
    names.every((name) => {
      const value = parameters[name];
      return value === undefined || isNumberValid(value, boundsOf(name, model));
    })
  );
}

/** Texts to stop at, one in each line: a line break in one is written `\n`, and a backslash `\\`. */
export const stopsToText = (stops: readonly string[]): string =>
  stops.map((stop) => stop.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')).join('\n');

export const textToStops = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/\\([n\\])/g, (_, escaped) => (escaped === 'n' ? '\n' : '\\')));
