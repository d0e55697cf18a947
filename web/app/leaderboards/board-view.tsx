'use client';

import { useState } from 'react';
import type { Problem } from '../../../contracts/http/problem';
import type { BoardLine } from '../../lib/contract';
import { attemptText, ordinal, returnText } from '../../lib/leaderboards';
import { ProblemNotice } from '../../parts/notice';
import { ScrollTable } from '../../parts/scroll-table';
import { StatusBadge } from '../../parts/status-badge';
import { Waiting } from '../../parts/waiting';
import { useApi } from '../../session/session-context';
import { useLeaderboard } from './use-leaderboard';

type BoardViewProps = { readonly tier: string; readonly month: string };

/** The lines of one board, one's own among them marked; what is below the first page is read when it is asked for. */
export function BoardView({ tier, month }: BoardViewProps) {
  const api = useApi();
  const { first, own } = useLeaderboard(tier, month);
  const [more, setMore] = useState<{ readonly lines: readonly BoardLine[]; readonly next: string | null }>();
  const [problem, setProblem] = useState<Problem>();
  if (first.state === 'loading') return <Waiting text="Loading the leaderboard…" />;
  if (first.state === 'problem') return <ProblemNotice problem={first.problem} />;
  const board = first.value;
  const shown = new Set(board.lines.map(({ row }) => row));
  const lines = [...board.lines, ...(more?.lines ?? []).filter(({ row }) => !shown.has(row))];
  const next = more ? more.next : board.next;
  const readOn = async (after: string) => {
    const answer = await api.call('GET /leaderboards', { query: { tier, month, after } });
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setMore({ lines: [...(more?.lines ?? []), ...answer.value.lines], next: answer.value.next });
  };
  return (
    <>
      {!board.isWhole && (
        <p className="muted" role="status">
          This board is being built anew; lines may be missing for a minute.
        </p>
      )}
      {lines.length === 0 && board.isWhole && (
        <p className="muted empty-line">Nobody has five closed trades and a gain yet. The first line is free.</p>
      )}
      {own && (
        <p className="own-line">
          You are {ordinal(own.rank)} of {board.total} with {returnText(own.returned)}.
        </p>
      )}
      {lines.length > 0 && <LineTable lines={lines} own={own?.row} />}
      {problem && <ProblemNotice problem={problem} />}
      {next !== null && (
        <p className="row-actions">
          <button type="button" className="button button-small" onClick={() => void readOn(next)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}

type LineTableProps = { readonly lines: readonly BoardLine[]; readonly own: string | undefined };

const LineTable = ({ lines, own }: LineTableProps) => (
  <ScrollTable
    label="Table of the leaderboard"
    className="board-table"
    columns={[
      { name: 'Rank', kind: 'words' },
      { name: 'Name', kind: 'words' },
      'Return',
      'Trades',
      { name: 'Status', kind: 'words' },
    ]}
  >
    {lines.map((line) => (
      <tr key={line.row} className={line.row === own ? 'board-own' : undefined}>
        <td className="words" data-label="Rank">
          {line.rank}
        </td>
        <th scope="row" className="words">
          {line.name}
          {line.row === own && <span className="badge badge-active">You</span>}
          <span className="cell-note">{attemptText(line)}</span>
        </th>
        <td className="gain" data-label="Return">
          {returnText(line.returned)}
        </td>
        <td data-label="Trades">{line.tradesClosed}</td>
        <td className="words" data-label="Status">
          <StatusBadge status={line.status} />
        </td>
      </tr>
    ))}
  </ScrollTable>
);
