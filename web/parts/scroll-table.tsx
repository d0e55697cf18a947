import type { ReactNode } from 'react';

/** Figures stand on the right, words on the left; a column of buttons needs no title that can be seen. */
export type Column = string | { readonly name: string; readonly kind: 'words' | 'actions' };

type ScrollTableProps = {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly caption?: string;
  readonly className?: string;
  /** The rows. */
  readonly children: ReactNode;
};

/** A table that may be wider than the screen. It takes the keyboard's focus, or only a mouse could scroll it. */
export const ScrollTable = ({ label, columns, caption, className = '', children }: ScrollTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
  <section className={`table-scroll ${className}`} tabIndex={0} aria-label={label}>
    <table>
      {caption !== undefined && <caption>{caption}</caption>}
      <TableHead columns={columns} />
      <tbody>{children}</tbody>
    </table>
  </section>
);

export const TableHead = ({ columns }: Pick<ScrollTableProps, 'columns'>) => (
  <thead>
    <tr>
      {columns.map((column) => {
        const { name, kind } = typeof column === 'string' ? { name: column, kind: 'figures' } : column;
        return (
          <th key={name} scope="col" className={kind === 'words' ? 'words' : undefined}>
            {kind === 'actions' ? <span className="hidden">{name}</span> : name}
          </th>
        );
      })}
    </tr>
  </thead>
);
