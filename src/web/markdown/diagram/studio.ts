/** Draws diagrams in an unseen, sandboxed frame, one after the other; what takes too long is ended with its frame (a watchdog). */

import type { DiagramTheme } from './diagram-theme.ts';
import { type Drawing, drawingOf } from './drawing.ts';

/** The library is large, and its line may be slow. */
const START_MS = 30_000;
const MOST_MS = 4000;
/** Without anything to draw the frame is given back. */
const IDLE_MS = 60_000;

type Order = { code: string; theme: DiagramTheme; done: (drawing: Drawing | null) => void };

const waiting: Order[] = [];
let current: Order | null = null;
let frame: HTMLIFrameElement | null = null;
let ready = false;
let count = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The diagram as a picture; null: it cannot be drawn, or not in time. */
export function drawDiagram(code: string, theme: DiagramTheme): Promise<Drawing | null> {
  return new Promise((done) => {
    waiting.push({ code, theme, done });
    next();
  });
}

function next(): void {
  if (current || waiting.length === 0) return;
  if (!frame) open();
  if (!frame || !ready) return;
  current = waiting.shift()!;
  count++;
  frame.contentWindow?.postMessage({ id: count, code: current.code, theme: current.theme }, '*');
  watch(MOST_MS, () => finish(null, true));
}

function open(): void {
  frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.title = 'diagrams';
  frame.src = 'frames/diagram.html';
  // It has to be laid out: text is measured in it.
  frame.style.cssText =
    'position:fixed;inset:0;width:1200px;height:800px;visibility:hidden;border:0;z-index:-1';
  addEventListener('message', hear);
  document.body.append(frame);
  watch(START_MS, giveUp);
}

function hear({ source, data }: MessageEvent): void {
  if (!frame || source !== frame.contentWindow) return;
  if (ready) {
    if (current && data?.id === count) finish(drawingOf(data), false);
  } else if (data === 'ready') {
    ready = true;
    next();
  } else giveUp();
}

function finish(drawing: Drawing | null, end: boolean): void {
  current?.done(drawing);
  current = null;
  if (end) close();
  else watch(IDLE_MS, close);
  next();
}

/** The frame's files cannot be had. */
function giveUp(): void {
  close();
  for (const { done } of waiting.splice(0)) done(null);
}

function close(): void {
  clearTimeout(timer);
  removeEventListener('message', hear);
  frame?.remove();
  frame = null;
  ready = false;
}

function watch(ms: number, then: () => void): void {
  clearTimeout(timer);
  timer = setTimeout(then, ms);
}
