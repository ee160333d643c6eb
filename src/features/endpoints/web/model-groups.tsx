import type { Model } from '../endpoints.ts';

/** Models as the options of a `<select>`, grouped by their endpoints. */
export function ModelGroups({ models }: { models: readonly Model[] }) {
  const groups = Map.groupBy(models, (model) => model.endpoint);
  return [...groups].map(([endpoint, served]) => (
    <optgroup key={endpoint} label={endpoint}>
      {served.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </optgroup>
  ));
}
