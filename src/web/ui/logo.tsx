/** Parley's mark: a speech bubble drawn as people waiting in line; the last of them is you. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect x="2" y="10" width="5.6" height="20" rx="2.8" fill="var(--accent)" />
      <rect x="9.5" y="4" width="5.6" height="20" rx="2.8" fill="var(--accent)" />
      <rect x="17" y="4" width="5.6" height="20" rx="2.8" fill="var(--accent)" />
      <rect x="24.5" y="8" width="5.6" height="12" rx="2.8" fill="var(--queue)" />
    </svg>
  );
}
