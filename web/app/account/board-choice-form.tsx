'use client';

import { useState } from 'react';
import type { Problem } from '../../../contracts/http/problem';
import type { BoardChoice } from '../../lib/contract';
import { ProblemNotice } from '../../parts/notice';
import { useApi } from '../../session/session-context';
import { useReply } from '../../session/use-reply';

const NOTHING = {};
const CHOICES: readonly {
  readonly choice: BoardChoice['choice'];
  readonly text: (of: BoardChoice) => string;
}[] = [
  { choice: 'masked', text: ({ masked }) => `Masked, as ${masked}` },
  { choice: 'named', text: ({ named }) => `By name, as ${named}` },
  { choice: 'hidden', text: () => 'Not at all' },
];

/** How one stands on leaderboards; the choice is saved as it is made, and changes past months too. */
export function BoardChoiceForm() {
  const api = useApi();
  const { reply } = useReply('GET /me/leaderboards', NOTHING);
  const [saved, setSaved] = useState<BoardChoice>();
  const [problem, setProblem] = useState<Problem>();
  /** What was chosen and is not saved yet. */
  const [pending, setPending] = useState<BoardChoice['choice']>();
  const known = saved ?? (reply.state === 'ok' ? reply.value : undefined);
  const choose = async (choice: BoardChoice['choice']) => {
    setPending(choice);
    const answer = await api.call('PUT /me/leaderboards', { body: { choice } });
    setPending(undefined);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setSaved(answer.value);
  };
  return (
    <section className="card" aria-labelledby="board-choice">
      <h2 id="board-choice">On leaderboards</h2>
      {reply.state === 'problem' && <ProblemNotice problem={reply.problem} />}
      {problem && <ProblemNotice problem={problem} />}
      <fieldset className="board-choices" disabled={!known}>
        <legend className="fine">How others see you there</legend>
        {CHOICES.map(({ choice, text }) => (
          <label key={choice} className="board-choice-line">
            <input
              type="radio"
              name="board-choice"
              checked={(pending ?? known?.choice) === choice}
              onChange={() => void choose(choice)}
            />
            <span>{known ? text(known) : '…'}</span>
          </label>
        ))}
      </fieldset>
      <p className="fine" role="status">
        {saved && pending === undefined ? 'Saved.' : 'Masked, unless you choose otherwise.'}
      </p>
    </section>
  );
}
