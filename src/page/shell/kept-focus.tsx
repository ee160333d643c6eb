import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { focusPage, isFocusLost, pageTitle, placeOf } from '#web/ui/focus.ts';

/** After this long without a title the page itself takes the focus. */
const TITLE_MS = 2000;
/** A menu or window that closes gives the focus back within this. */
const SETTLED_MS = 50;

/**
 * Keeps the focus from falling to the document, where a keyboard would begin anew and a screen reader be silent: a page that is
 * gone to takes it at its title, and what is removed while it has it gives it to its place.
 */
export default function KeptFocus() {
  const [location] = useLocation();
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that is gone to
  useEffect(() => {
    // The first page begins where every page does, at its top.
    if (first.current) {
      first.current = false;
      return;
    }
    return whenTitled(() => {
      // What is around the page had to take it while the page was on its way.
      const inPage = document.activeElement?.closest('main *, [role="dialog"]');
      if (!inPage) focusPage();
    });
  }, [location]);
  useEffect(() => {
    // What is drawn first may have taken the focus before anybody listened.
    let last: EventTarget | null = document.activeElement;
    let giveBack = placeOf(document.activeElement);
    let timer: ReturnType<typeof setTimeout>;
    const onFocusIn = ({ target }: FocusEvent) => {
      last = target;
      // A note goes by itself: the focus then goes back to where it came from.
      if ((target as Element).closest('[data-passing]')) return;
      giveBack = placeOf(target as Element);
    };
    const removed = new MutationObserver(() => {
      if (!(last instanceof Element) || last.isConnected) return;
      last = null;
      // Windows and pages that know better have their turn first.
      clearTimeout(timer);
      timer = setTimeout(() => isFocusLost() && giveBack(), SETTLED_MS);
    });
    document.addEventListener('focusin', onFocusIn);
    removed.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', onFocusIn);
      removed.disconnect();
      clearTimeout(timer);
    };
  }, []);
  return null;
}

/** Runs once the page has its title, which may have to be fetched first; returns how to give up. */
function whenTitled(run: () => void): () => void {
  const end = () => {
    clearTimeout(timer);
    drawn.disconnect();
  };
  const ready = () => {
    if (!pageTitle()) return;
    end();
    run();
  };
  const drawn = new MutationObserver(ready);
  drawn.observe(document.body, { childList: true, subtree: true });
  const timer = setTimeout(() => {
    end();
    run();
  }, TITLE_MS);
  // After the page that is left has gone.
  requestAnimationFrame(ready);
  return end;
}
