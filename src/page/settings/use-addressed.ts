import { useEffect, useState } from 'react';

const named = (): string => decodeURIComponent(location.hash.slice(1));

/** The setting that the address names (`/settings#theme`), brought into sight and given the focus. */
export function useAddressed(): string {
  const [id, setId] = useState(named);
  useEffect(() => {
    const follow = () => setId(named());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    const row = id === '' ? null : document.getElementById(id);
    if (!row) return;
    row.scrollIntoView({ block: 'nearest' });
    // After the page's title, which takes it when the page is gone to.
    const timer = setTimeout(() => row.focus({ preventScroll: true }), 50);
    return () => clearTimeout(timer);
  }, [id]);
  return id;
}
