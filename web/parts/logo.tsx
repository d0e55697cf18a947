/** A path that stays above its floor. */
export const Logo = () => (
  <svg className="logo" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
    <rect x="1" y="1" width="26" height="26" rx="6" fill="var(--accent)" />
    <path d="M6 16.5l4.5-5 4 3.5L22 7.5" fill="none" stroke="var(--on-accent)" strokeWidth="2.2" />
    <path d="M6 21.5h16" stroke="var(--on-accent)" strokeWidth="1.6" strokeDasharray="2.5 2.5" />
  </svg>
);
