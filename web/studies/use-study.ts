'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../contracts/http/problem';
import type { Study } from '../lib/contract';
import { changedStudy, hasEnded, type StudyChange } from '../lib/odds/progress';
import { useApi } from '../session/session-context';
import { useStudyLine } from './use-study-line';

/** With a live line a study is read now and then, in case word of it was lost; without one that is all there is. */
const LIVE_EVERY_MS = 10_000;
const ALONE_EVERY_MS = 1_500;

export type KnownStudy = {
  /** The last that was read or told; it stays while the platform cannot be reached. */
  readonly study: Study | undefined;
  readonly problem: Problem | undefined;
  readonly cancel: () => void;
  readonly isCancelling: boolean;
};

/** A study from the question to its end, as far as it is known. */
export function useStudy(studyId: string): KnownStudy {
  const api = useApi();
  const [study, setStudy] = useState<Study>();
  const [problem, setProblem] = useState<Problem>();
  const [isCancelling, setCancelling] = useState(false);
  const take = useCallback(
    // An answer may have been on its way for longer than one that was asked for later.
    (next: Study) => setStudy((before) => (before && hasEnded(before) ? before : next)),
    [],
  );
  const load = useCallback(async () => {
    const answer = await api.call('GET /studies/{studyId}', { params: { studyId } });
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) take(answer.value);
  }, [api, studyId, take]);
  const told = useCallback(
    (change: StudyChange) => {
      if (change.studyId !== studyId) return;
      setStudy((before) => before && changedStudy(before, change));
      if (hasEnded(change)) void load();
    },
    [studyId, load],
  );
  const isLive = useStudyLine(told) === 'live';
  const isOver = (study !== undefined && hasEnded(study)) || (problem !== undefined && isFinal(problem));
  useEffect(() => {
    if (isOver) return;
    void load();
    const timer = setInterval(() => void load(), isLive ? LIVE_EVERY_MS : ALONE_EVERY_MS);
    return () => clearInterval(timer);
  }, [load, isLive, isOver]);
  const cancel = async () => {
    if (isCancelling) return;
    setCancelling(true);
    const answer = await api.call('DELETE /studies/{studyId}', { params: { studyId } });
    setCancelling(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) take(answer.value);
  };
  return { study, problem, cancel: () => void cancel(), isCancelling };
}

/** Asking again would be answered alike. */
const isFinal = ({ status }: Problem): boolean => status >= 400 && status < 500 && status !== 429;
