'use client';

import { useState } from 'react';
import type { Problem } from '../../../contracts/http/problem';
import type { Answer } from '../../lib/answer';
import type { OwnSession, Reply } from '../../lib/contract';
import { deviceText } from '../../lib/device-text';
import { dateTime } from '../../lib/display';
import { ProblemNotice } from '../../parts/notice';
import { useApi } from '../../session/session-context';
import type { Loaded } from '../../session/use-reply';

type SessionListProps = { readonly reply: Loaded<Reply<'GET /auth/sessions'>>; readonly reload: () => void };

/** Where one is signed in, and how to end what one does not know. */
export function SessionList({ reply, reload }: SessionListProps) {
  const api = useApi();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const act = async (ending: Promise<Answer<unknown>>) => {
    setBusy(true);
    const answer = await ending;
    setBusy(false);
    // One that is gone already is as good as ended.
    const isGone = answer.ok || answer.problem.refusal === 'session_unknown';
    setProblem(isGone ? undefined : answer.problem);
    reload();
  };
  const sessions = reply.state === 'ok' ? reply.value.sessions : [];
  return (
    <section className="card" aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      {problem && <ProblemNotice problem={problem} />}
      {reply.state === 'problem' && <ProblemNotice problem={reply.problem} />}
      {reply.state === 'loading' && <p className="muted">Loading…</p>}
      <ul className="session-list">
        {sessions.map((session) => (
          <SessionRow
            key={session.sessionId}
            session={session}
            isBusy={isBusy}
            end={() =>
              void act(api.call('DELETE /auth/sessions/{sessionId}', { params: { sessionId: session.sessionId } }))
            }
          />
        ))}
      </ul>
      {sessions.length > 1 && (
        <button
          type="button"
          className="button button-quiet"
          disabled={isBusy}
          onClick={() => void act(api.call('POST /auth/sessions/end-others', {}))}
        >
          Sign out everywhere else
        </button>
      )}
    </section>
  );
}

type SessionRowProps = { readonly session: OwnSession; readonly isBusy: boolean; readonly end: () => void };

function SessionRow({ session: { userAgent, openedAt, lastUsedAt, isCurrent }, isBusy, end }: SessionRowProps) {
  const device = deviceText(userAgent);
  return (
    <li className="session-row">
      <div>
        <p className="session-device" title={userAgent}>
          {device} {isCurrent && <span className="badge badge-active">This session</span>}
        </p>
        <p className="fine">
          Last used {dateTime(lastUsedAt)} · signed in {dateTime(openedAt)}
        </p>
      </div>
      {!isCurrent && (
        <button type="button" className="button button-small" disabled={isBusy} onClick={end}>
          End<span className="hidden"> the session of {device}</span>
        </button>
      )}
    </li>
  );
}
