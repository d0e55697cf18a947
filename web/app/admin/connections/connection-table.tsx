'use client';

import { useEffect, useRef, useState } from 'react';
import { ruleOf } from '../../../lib/answer';
import type { ConnectionPage } from '../../../lib/contract';
import { dateTime } from '../../../lib/display';
import { Field } from '../../../parts/field';
import { FormProblem } from '../../../parts/form-problem';
import { ScrollTable } from '../../../parts/scroll-table';
import { useApi } from '../../../session/session-context';
import { useSubmit } from '../../../session/use-submit';

type Row = ConnectionPage['connections'][number];
type ConnectionTableProps = { readonly rows: readonly Row[]; readonly onEnded: () => void };

/** One row a connection; ending its session asks for the reason in the row itself. */
export function ConnectionTable({ rows, onEnded }: ConnectionTableProps) {
  const [ending, setEnding] = useState<string>();
  if (rows.length === 0) return <p className="muted empty-line">Nobody is connected who would be found by this.</p>;
  return (
    <ScrollTable
      label="Table of connections"
      columns={[
        { name: 'Person', kind: 'words' },
        { name: 'Connected', kind: 'words' },
        { name: 'Follows', kind: 'words' },
        { name: 'Sent', kind: 'words' },
        { name: 'Action', kind: 'actions' },
      ]}
    >
      {rows.map((row) =>
        row.connectionId === ending ? (
          <tr key={row.connectionId} className="order-amending">
            <td colSpan={5}>
              <EndForm
                row={row}
                onDone={() => {
                  setEnding(undefined);
                  onEnded();
                }}
                onClose={() => setEnding(undefined)}
              />
            </td>
          </tr>
        ) : (
          <ConnectionRow key={row.connectionId} row={row} onEnd={() => setEnding(row.connectionId)} />
        ),
      )}
    </ScrollTable>
  );
}

const ConnectionRow = ({ row, onEnd }: { readonly row: Row; readonly onEnd: () => void }) => (
  <tr>
    <th scope="row" className="words">
      {row.userId}
      <span className="cell-note">session {row.sessionId}</span>
    </th>
    <td className="words" data-label="Connected">
      <span>
        {dateTime(row.connectedAt)}
        <span className="cell-note">
          from {row.network} to {row.pod}
        </span>
      </span>
    </td>
    <td className="words" data-label="Follows">
      <span>
        {row.accounts} {row.accounts === 1 ? 'account' : 'accounts'}
        <span className="cell-note">{row.instruments} prices</span>
      </span>
    </td>
    <td className="words" data-label="Sent">
      <span>
        {row.framesSent} {row.framesSent === 1 ? 'frame' : 'frames'}
        <span className="cell-note">{row.unreadBytes} bytes unread</span>
      </span>
    </td>
    <td className="row-actions">
      <button type="button" className="button button-small" onClick={onEnd}>
        End<span className="hidden"> the session of {row.userId}</span>
      </button>
    </td>
  </tr>
);

type EndFormProps = { readonly row: Row; readonly onDone: () => void; readonly onClose: () => void };

function EndForm({ row: { sessionId, userId }, onDone, onClose }: EndFormProps) {
  const api = useApi();
  const reason = useRef<HTMLInputElement>(null);
  useEffect(() => reason.current?.focus(), []);
  const { isBusy, problem, onSubmit } = useSubmit<unknown>(async (field) => {
    const answer = await api.call('POST /admin/sessions/{sessionId}/end', {
      params: { sessionId },
      body: { reason: field('reason') },
    });
    // One that is gone already is as good as ended.
    const isGone = !answer.ok && answer.problem.refusal === 'session_unknown';
    return isGone ? { ok: true as const, value: undefined } : answer;
  }, onDone);
  return (
    <form className="amend" onSubmit={onSubmit} noValidate aria-label="Ending of a session">
      <p className="fine">
        The session of {userId} ends, and with it all its connections on every gateway. Who ended it and why stays on
        record.
      </p>
      <div className="amend-fields">
        <Field label="Reason" name="reason" ref={reason} required maxLength={500} fault={ruleOf(problem, 'reason')} />
      </div>
      <FormProblem problem={problem} fields={['reason']} />
      <p className="row-actions">
        <button type="submit" className="button button-small button-main" aria-disabled={isBusy}>
          End this session
        </button>
        <button type="button" className="button button-small" onClick={onClose}>
          Leave it
        </button>
      </p>
    </form>
  );
}
