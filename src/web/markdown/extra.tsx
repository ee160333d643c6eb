import { type ReactNode, Suspense } from 'react';
import { ErrorBoundary } from '#web/ui/error-boundary.tsx';

/** What a text can do without: until it is there, and where it cannot be had, there is nothing. */
export const Extra = ({ children }: { children: ReactNode }) => (
  <ErrorBoundary fallback={() => null}>
    <Suspense fallback={null}>{children}</Suspense>
  </ErrorBoundary>
);
