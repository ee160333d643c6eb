/** What the page calls the height in which it is seen; without it, that is the whole window. */
const HEIGHT = '--seen-height';
/** Less than this is no keyboard but a bar of the browser, which `dvh` knows. */
const LEAST_KEYBOARD_PX = 80;

/**
 * Keeps the page above the keyboard of a touch screen where the browser only lays that over it (Safari on iOS; others go by
 * `interactive-widget` in the page's head). What somebody has zoomed in on is left alone.
 */
export function keepAboveKeyboard(viewport: VisualViewport): void {
  const { documentElement: root } = document;
  const follow = () => {
    const covered = innerHeight - viewport.height;
    const keyboard = viewport.scale === 1 && covered > LEAST_KEYBOARD_PX;
    if (!keyboard) return root.style.removeProperty(HEIGHT);
    root.style.setProperty(HEIGHT, `${viewport.height}px`);
    // To show the field, the browser has moved the page up by as much as is not needed now.
    if (viewport.offsetTop > 0) scrollTo(0, 0);
  };
  viewport.addEventListener('resize', follow);
  viewport.addEventListener('scroll', follow);
  follow();
}
