'use client';

import type { ReactNode } from 'react';
import type { Command } from '../lib/commands';
import type { Instrument } from '../lib/contract';
import { ScrollTable } from '../parts/scroll-table';
import { CommandOutcome } from './command-outcome';
import type { Orders } from './use-orders';

type CommandPanelProps = {
  readonly name: string;
  readonly className: string;
  /** Without that of the buttons. */
  readonly columns: readonly string[];
  /** Said while there are no rows. */
  readonly empty: string;
  /** What can be done with all rows at once. */
  readonly all: { readonly text: string; readonly command: Command };
  /** The commands that are given here, of which it is said here when one is refused. */
  readonly kinds: readonly Command['kind'][];
  readonly orders: Orders;
  readonly isClosed: boolean;
  readonly instruments: readonly Instrument[];
  readonly rows: readonly ReactNode[];
  /** What there is to know of all rows together. */
  readonly note?: ReactNode;
};

/** A panel of the desk with a table whose rows, one by one or all, can be acted upon. */
export function CommandPanel(props: CommandPanelProps) {
  const { name, className, columns, empty, all, kinds, orders, instruments, rows, note } = props;
  return (
    <section className={`panel command-panel ${className}`} aria-label={name}>
      <div className="panel-head">
        <h2>{name}</h2>
        {rows.length > 0 && (
          <button
            type="button"
            className="button button-small"
            disabled={isOff(props)}
            onClick={() => orders.send(all.command)}
          >
            {all.text}
          </button>
        )}
      </div>
      {rows.length === 0 ? (
        <p className="muted empty-line">{empty}</p>
      ) : (
        <ScrollTable
          label={`Table of ${name.toLowerCase()}`}
          columns={[...columns, { name: 'Action', kind: 'actions' }]}
        >
          {rows}
        </ScrollTable>
      )}
      {note}
      <CommandOutcome outcome={orders.outcome} kinds={kinds} instruments={instruments} />
    </section>
  );
}

/** Commands go one at a time. */
export const isOff = ({ orders, isClosed }: Pick<CommandPanelProps, 'orders' | 'isClosed'>): boolean =>
  isClosed || orders.outcome.kind === 'sending';

type CommandRowProps = {
  readonly columns: readonly string[];
  readonly head: ReactNode;
  /** One for each column after the first. */
  readonly cells: readonly { readonly shown: ReactNode; readonly className?: string | undefined }[];
  /** The row's buttons. */
  readonly children: ReactNode;
};

/** On a phone a row is a card: each cell carries its column's name, which is drawn there only. */
export const CommandRow = ({ columns, head, cells, children }: CommandRowProps) => (
  <tr>
    <th scope="row">{head}</th>
    {cells.map(({ shown, className }, place) => (
      <td key={columns[place + 1]} className={className} data-label={columns[place + 1]}>
        {shown}
      </td>
    ))}
    <td className="row-actions">{children}</td>
  </tr>
);
