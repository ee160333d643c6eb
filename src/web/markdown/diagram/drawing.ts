/** A diagram as a picture, and what is known of it before it is drawn. */

export type Drawing = { readonly svg: string; readonly width: number; readonly height: number };

/** Larger ones are no pictures anybody looks at. */
const MOST_CHARACTERS = 1_000_000;
const MOST_PIXELS = 20_000;

export const isDiagram = (language: string): boolean => /^(?:mermaid|mmd)$/i.test(language);

/** What the frame says it has drawn, if it is a picture: it comes from where a model's code ran. */
export function drawingOf(said: unknown): Drawing | null {
  if (typeof said !== 'object' || said === null) return null;
  const { svg, width, height } = said as Record<string, unknown>;
  const isSize = (size: unknown): size is number =>
    typeof size === 'number' && size >= 1 && size <= MOST_PIXELS;
  if (typeof svg !== 'string' || svg.length > MOST_CHARACTERS || !svg.startsWith('<svg')) return null;
  return isSize(width) && isSize(height) ? { svg, width, height } : null;
}

/** Its address as a picture. In a picture no script runs, and nothing is fetched. */
export const addressOf = ({ svg }: Drawing): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;
