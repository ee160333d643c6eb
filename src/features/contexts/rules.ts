/** Rules about instructions that the page runs as well, so they need no schemas. */

/** The layers of a system text, in the order in which a model reads them. */
export const LAYERS = ['primary', 'personal', 'project', 'agent', 'chat'] as const;
export type Layer = (typeof LAYERS)[number];

/** One layer's instructions, and which version of them. */
export type LayerText = { version: number; text: string };
/** What each layer says; null where it says nothing at all. */
export type LayerTexts = Record<Layer, LayerText | null>;

export const NO_LAYERS: LayerTexts = {
  primary: null,
  personal: null,
  project: null,
  agent: null,
  chat: null,
};

/** Instructions in bytes of UTF-8; above it the answer is 413. */
export const MAX_CONTEXT_BYTES = 256 * 1024;

/** Between two layers of a system text: a blank line. */
export const BETWEEN_LAYERS = '\n\n';

/** The layers that a model is told, in order: those with anything but white space in them. */
export const spokenLayers = (layers: LayerTexts): (LayerText & { layer: Layer })[] =>
  LAYERS.flatMap((layer) => {
    const said = layers[layer];
    return said && said.text.trim() !== '' ? [{ layer, ...said }] : [];
  });

/** The one system text that layers make; empty when none says anything. */
export const systemTextOf = (layers: LayerTexts): string =>
  spokenLayers(layers)
    .map(({ text }) => text)
    .join(BETWEEN_LAYERS);
