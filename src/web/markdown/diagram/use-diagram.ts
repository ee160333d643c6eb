import { type RefObject, useEffect, useState } from 'react';
import { usePreferences } from '#web/preferences.ts';
import { isDark, useMedia } from '#web/theme/theme.ts';
import { Answers } from '../worker/answers.ts';
import { diagramTheme } from './diagram-theme.ts';
import type { Drawing } from './drawing.ts';
import { drawDiagram } from './studio.ts';

/** What has become of a diagram; `null`: it is still to be drawn. */
export type Drawn = Drawing | 'failed' | null;

const kept = new Answers<Drawing>(200_000);
/** Pixels below the screen at which a diagram is drawn. */
const NEAR = '400px';

/** Draws a diagram once it comes near the screen, and anew when the theme changes. */
export function useDiagram(code: string, place: RefObject<HTMLElement | null>): Drawn {
  const dark = useDark();
  const key = `${dark} ${code}`;
  const [near, setNear] = useState(false);
  const [told, setTold] = useState<{ key: string; drawn: Drawing | 'failed' } | null>(null);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setNear(true),
      { rootMargin: NEAR },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  useEffect(() => {
    if (!near || kept.get(key)) return;
    let wanted = true;
    void drawDiagram(code, diagramTheme(dark)).then((drawing) => {
      if (drawing) kept.keep(key, drawing);
      if (wanted) setTold({ key, drawn: drawing ?? 'failed' });
    });
    return () => {
      wanted = false;
    };
  }, [near, code, key, dark]);
  return kept.get(key) ?? (told?.key === key ? told.drawn : null);
}

function useDark(): boolean {
  usePreferences((preferences) => preferences.theme);
  useMedia('(prefers-color-scheme: dark)');
  return isDark();
}
