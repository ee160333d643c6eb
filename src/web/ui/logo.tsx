/** Parley's mark: a speech bubble drawn as people waiting in line; the last of them is you. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect x="3" y="10" width="4.4" height="19" rx="2.2" fill="var(--accent)" />
      <rect x="10.2" y="4.5" width="4.4" height="19" rx="2.2" fill="var(--accent)" />
      <rect x="17.4" y="4.5" width="4.4" height="19" rx="2.2" fill="var(--accent)" />
      <rect x="24.6" y="8.5" width="4.4" height="11" rx="2.2" fill="var(--queue)" />
    </svg>
  );
}
