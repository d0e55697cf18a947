'use client';

import { useEffect, useRef, useState } from 'react';
import type { Instrument, Signal } from '../../lib/contract';
import { dateTime } from '../../lib/display';
import { type Naming, namingOf } from '../../lib/naming';
import { decisionText, KIND_NAMES, legTexts, seenText, type Which } from '../../lib/signals';
import { Notice, ProblemNotice } from '../../parts/notice';
import { ScrollTable } from '../../parts/scroll-table';
import { Waiting } from '../../parts/waiting';
import { useSessionState } from '../../session/session-context';
import { useReply } from '../../session/use-reply';
import { DecisionForm } from './decision-form';

const NOTHING = { query: {} };
const NONE: readonly Instrument[] = [];
const LISTS: readonly { readonly which: Which; readonly text: string; readonly empty: string }[] = [
  { which: 'undecided', text: 'Undecided', empty: 'No signal waits for a decision.' },
  { which: 'decided', text: 'Decided', empty: 'Nothing has been decided yet.' },
];

/** The signals that wait for a decision, or those that have one: each can be decided, and decided anew. */
export function SignalDesk() {
  const [which, setWhich] = useState<Which>('undecided');
  return (
    <section className="panel command-panel" aria-label="Signals">
      <div className="panel-head">
        <h2>Signals</h2>
        <fieldset className="segments">
          <legend className="hidden">Which signals</legend>
          {LISTS.map((list) => (
            <button
              key={list.which}
              type="button"
              aria-pressed={list.which === which}
              onClick={() => setWhich(list.which)}
            >
              {list.text}
            </button>
          ))}
        </fieldset>
      </div>
      <SignalTable key={which} which={which} />
    </section>
  );
}

/** Which signal is being decided, and which was left: its button gets the keyboard back. */
type Deciding = { readonly deciding: string | undefined; readonly left: string | undefined };

function SignalTable({ which }: { readonly which: Which }) {
  const { reply, reload } = useReply('GET /risk/signals', { query: { which } });
  const listed = useReply('GET /instruments', NOTHING).reply;
  const state = useSessionState();
  const [{ deciding, left }, setDeciding] = useState<Deciding>({ deciding: undefined, left: undefined });
  if (reply.state === 'loading') return <Waiting text="Loading the signals…" />;
  if (reply.state === 'problem') {
    return reply.problem.refusal === 'forbidden' ? (
      <Notice tone="info" title="This page is for the firm’s risk staff" />
    ) : (
      <ProblemNotice problem={reply.problem} />
    );
  }
  const { signals } = reply.value;
  if (signals.length === 0) {
    return <p className="muted empty-line">{LISTS.find((list) => list.which === which)?.empty}</p>;
  }
  const naming = namingOf(listed.state === 'ok' ? listed.value.instruments : NONE);
  const done = () => {
    setDeciding({ deciding: undefined, left: undefined });
    reload();
  };
  return (
    <ScrollTable
      label="Table of signals"
      columns={[
        { name: 'Signal', kind: 'words' },
        { name: 'Found', kind: 'words' },
        { name: 'Decision', kind: 'words' },
        { name: 'Action', kind: 'actions' },
      ]}
    >
      {signals.map((signal) =>
        signal.signalId === deciding ? (
          <tr key={signal.signalId} className="order-amending">
            <td colSpan={4}>
              <DecisionForm
                signal={signal}
                onDone={done}
                onClose={() => setDeciding({ deciding: undefined, left: deciding })}
              />
            </td>
          </tr>
        ) : (
          <SignalRow
            key={signal.signalId}
            signal={signal}
            naming={naming}
            me={state.kind === 'signed-in' ? state.user.userId : ''}
            isLeft={left === signal.signalId}
            onDecide={() => setDeciding({ deciding: signal.signalId, left: undefined })}
          />
        ),
      )}
    </ScrollTable>
  );
}

type SignalRowProps = {
  readonly signal: Signal;
  readonly naming: Naming;
  /** Whoever looks. */
  readonly me: string;
  readonly isLeft: boolean;
  readonly onDecide: () => void;
};

function SignalRow({ signal, naming, me, isLeft, onDecide }: SignalRowProps) {
  const decide = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isLeft) decide.current?.focus();
  }, [isLeft]);
  return (
    <tr className="signal">
      <th scope="row" className="words">
        {KIND_NAMES[signal.kind]}
        <span className="cell-note">{seenText(signal)}</span>
        {legTexts(signal, naming).map((leg) => (
          <span key={leg} className="cell-note">
            {leg}
          </span>
        ))}
      </th>
      <td className="words" data-label="Found">
        {dateTime(signal.detectedAt)}
      </td>
      <td className="words" data-label="Decision">
        <span>
          {signal.decisions.length === 0 && '—'}
          {[...signal.decisions].reverse().map((decision, place) => (
            <span key={decision.decisionId} className={place === 0 ? 'decision' : 'decision superseded'}>
              {decisionText(decision, me)}
            </span>
          ))}
        </span>
      </td>
      <td className="row-actions">
        <button ref={decide} type="button" className="button button-small" onClick={onDecide}>
          {signal.decisions.length === 0 ? 'Decide' : 'Decide anew'}
          <span className="hidden"> {KIND_NAMES[signal.kind]}</span>
        </button>
      </td>
    </tr>
  );
}
