import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cx } from './classes.ts';
import { INPUT } from './field.tsx';

type SearchFieldProps = { label: string; onSearch: (words: string) => void; className?: string };

/** Long enough to type on, short enough to feel at once. */
const SETTLED_MS = 250;

/** A field to search with; tells what stands in it once typing pauses. Escape clears it. */
export function SearchField({ label, onSearch, className }: SearchFieldProps) {
  const [words, setWords] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => onSearch(words.trim()), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [words, onSearch]);
  return (
    <div className={cx('relative flex items-center', className)}>
      <Search size={16} className="pointer-events-none absolute left-3 text-muted" aria-hidden />
      <input
        type="search"
        dir="auto"
        aria-label={label}
        placeholder={label}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || words === '') return;
          // The key has been used: nothing around it closes.
          event.preventDefault();
          setWords('');
        }}
        className={cx(INPUT, 'h-11 pl-9 sm:h-9')}
      />
    </div>
  );
}
