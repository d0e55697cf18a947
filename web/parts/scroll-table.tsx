import type { ReactNode } from 'react';

type ScrollTableProps = { readonly label: string; readonly children: ReactNode; readonly className?: string };

/** A table that may be wider than the screen. It takes the keyboard's focus, or only a mouse could scroll it. */
export const ScrollTable = ({ label, children, className = '' }: ScrollTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
  <section className={`table-scroll ${className}`} tabIndex={0} aria-label={label}>
    <table>{children}</table>
  </section>
);
