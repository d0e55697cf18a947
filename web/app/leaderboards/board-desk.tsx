'use client';

import Link from 'next/link';
import { useId, useState } from 'react';
import type { Tier } from '../../lib/contract';
import { boardMonths, monthText } from '../../lib/leaderboards';
import { ProblemNotice } from '../../parts/notice';
import { Waiting } from '../../parts/waiting';
import { useReply } from '../../session/use-reply';
import { BoardView } from './board-view';

const NOTHING = {};

/** Which tier and which month, and their board. */
export function BoardDesk() {
  const { reply } = useReply('GET /tiers', NOTHING);
  if (reply.state === 'loading') return <Waiting text="Loading the tiers…" />;
  if (reply.state === 'problem') return <ProblemNotice problem={reply.problem} />;
  const { tiers } = reply.value;
  if (tiers.length === 0) return <p className="muted empty-line">Nothing is on sale, so there is nothing to rank.</p>;
  return <Boards tiers={tiers} />;
}

function Boards({ tiers }: { readonly tiers: readonly Tier[] }) {
  const [months] = useState(() => boardMonths(Date.now()));
  const [tier, setTier] = useState(tiers[0]?.slug ?? '');
  const [month, setMonth] = useState(months[0] ?? '');
  const id = useId();
  return (
    <section className="panel command-panel" aria-label="Leaderboard">
      <div className="amend-fields board-choice">
        <div className="field">
          <label htmlFor={`${id}-tier`}>Tier</label>
          <select id={`${id}-tier`} value={tier} onChange={(event) => setTier(event.target.value)}>
            {tiers.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-month`}>Month</label>
          <select id={`${id}-month`} value={month} onChange={(event) => setMonth(event.target.value)}>
            {months.map((one) => (
              <option key={one} value={one}>
                {monthText(one)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <BoardView key={`${tier} ${month}`} tier={tier} month={month} />
      <p className="fine">
        How you are shown, or that you are not, is yours to choose in <Link href="/account/">your account</Link>.
      </p>
    </section>
  );
}
