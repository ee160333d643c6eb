import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslations } from 'use-intl';
import { setPreferences, usePreferences } from '#web/preferences.ts';
import { DEFAULT_PANEL_WIDTH, NARROWEST_PANEL, resizedTo, widestPanel } from './panel-width.ts';

/** How far an arrow key moves the edge. */
const STEP_PX = 24;

/** The edge of the panel: dragged by the pointer, moved by the arrow keys, put back by a double click. */
export function PanelEdge() {
  const t = useTranslations('panel');
  const stored = usePreferences((preferences) => preferences.panelWidth);
  const width = resizedTo(stored, innerWidth);
  const resize = (next: number) => setPreferences({ panelWidth: resizedTo(next, innerWidth) });
  const onKeyDown = (event: KeyboardEvent) => {
    const next = {
      ArrowLeft: width + STEP_PX,
      ArrowRight: width - STEP_PX,
      Home: NARROWEST_PANEL,
      End: widestPanel(innerWidth),
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    resize(next);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(innerWidth - event.clientX);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('width')}
      aria-valuemin={NARROWEST_PANEL}
      aria-valuemax={widestPanel(innerWidth)}
      aria-valuenow={width}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={() => resize(DEFAULT_PANEL_WIDTH)}
      className="absolute inset-y-0 -left-1.5 z-10 w-3 cursor-col-resize touch-none after:absolute after:inset-y-0 after:left-[5px] after:w-0.5 after:transition-colors hover:after:bg-accent focus-visible:outline-offset-0 focus-visible:after:bg-accent"
    />
  );
}
