/** How wide the panel beside a page may be, in CSS pixels. */
export const NARROWEST_PANEL = 304;
const WIDEST = 640;
/** Of the window, so that the page keeps the greater part beside the list of chats. */
const MOST_OF_WINDOW = 0.45;
export const DEFAULT_PANEL_WIDTH = 376;

export const widestPanel = (windowWidth: number): number =>
  Math.max(NARROWEST_PANEL, Math.min(WIDEST, Math.floor(windowWidth * MOST_OF_WINDOW)));

/** The nearest width that is allowed. */
export const resizedTo = (width: number, windowWidth: number): number =>
  Math.round(Math.min(widestPanel(windowWidth), Math.max(NARROWEST_PANEL, width)));
