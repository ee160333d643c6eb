/** What models are called beside each other. Pure. */
import type { Model } from '#features/endpoints/endpoints.ts';

type Named = Pick<Model, 'id' | 'name' | 'endpoint'>;

/** The name of each of these models, by its id; with its endpoint where two are called the same. One that is gone is told by its id. */
export function nameModels(ids: readonly (string | null)[], models: readonly Named[]): string[] {
  const known = ids.map((id) => models.find((model) => model.id === id));
  const plain = ids.map((id, place) => known[place]?.name ?? id?.slice(id.indexOf('/') + 1) ?? '');
  return plain.map((name, place) => {
    const twice = name !== '' && plain.filter((other) => other === name).length > 1;
    return twice ? `${name} · ${known[place]?.endpoint ?? ids[place]?.split('/')[0]}` : name;
  });
}
