'use client';

import { useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Problem } from '../../../contracts/http/problem';
import type { Fault } from '../../../domain/kernel/result';
import { mayHaveHappened } from '../../lib/answer';
import { askedBody, type OddsDraft, readAsk } from '../../lib/odds/ask';
import { useApi } from '../../session/session-context';

export type Ask = {
  readonly isBusy: boolean;
  /** What the draft lacks, found here. */
  readonly faults: readonly Fault[];
  /** What the platform refused. */
  readonly problem: Problem | undefined;
  readonly send: (draft: OddsDraft) => void;
  readonly clear: () => void;
};

/** Sends a question. One that may have arrived keeps its id until it is changed, so that it is not asked twice. */
export function useAsk(onAsked: (studyId: string, draft: OddsDraft) => void): Ask {
  const api = useApi();
  const [isBusy, setBusy] = useState(false);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const unsure = useRef<{ readonly id: string; readonly question: string }>(undefined);
  const clear = () => {
    setFaults([]);
    setProblem(undefined);
  };
  const send = async (draft: OddsDraft) => {
    if (isBusy) return;
    const question = JSON.stringify(askedBody(draft, ''));
    const id = unsure.current?.question === question ? unsure.current.id : uuidv7();
    const asked = readAsk(draft, id);
    setProblem(undefined);
    setFaults(asked.ok ? [] : asked.faults);
    if (!asked.ok) return;
    setBusy(true);
    const answer = await api.call('POST /studies', { body: asked.body });
    setBusy(false);
    if (answer.ok) {
      unsure.current = undefined;
      // A question that was asked before answers with the study of that time.
      return onAsked(answer.value.studyId, draft);
    }
    unsure.current = mayHaveHappened(answer.problem) ? { id, question } : undefined;
    setProblem(answer.problem);
  };
  return { isBusy, faults, problem, send: (draft) => void send(draft), clear };
}
