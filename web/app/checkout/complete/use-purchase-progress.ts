'use client';

import { useEffect, useState } from 'react';
import type { Problem } from '../../../../contracts/http/problem';
import { mayHaveHappened } from '../../../lib/answer';
import type { Api } from '../../../lib/api-client';
import type { Purchase } from '../../../lib/contract';
import { useApi } from '../../../session/session-context';

const ASK_EVERY_MS = 1_000;
const ASK_SLOWLY_AFTER_MS = 30_000;
const ASK_SLOWLY_EVERY_MS = 5_000;

export type Progress = {
  readonly purchase?: Purchase;
  /** The account exists and can be traded on. */
  readonly isReady: boolean;
  readonly problem?: Problem;
  /** It takes longer than it should; it is still being asked for. */
  readonly isSlow: boolean;
};

/**
 * Payment is granted by the provider's webhook and the account made after it, so both are asked for until they are
 * there.
 */
export function usePurchaseProgress(purchaseId: string): Progress {
  const api = useApi();
  const [progress, setProgress] = useState<Progress>({ isReady: false, isSlow: false });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const startedAt = performance.now();
    const ask = async () => {
      const next = await look(api, purchaseId);
      if (isGone) return;
      const isSlow = performance.now() - startedAt > ASK_SLOWLY_AFTER_MS;
      setProgress({ ...next, isSlow });
      if (isSettled(next)) return;
      timer = setTimeout(() => void ask(), isSlow ? ASK_SLOWLY_EVERY_MS : ASK_EVERY_MS);
    };
    void ask();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [api, purchaseId]);
  return progress;
}

type Seen = Omit<Progress, 'isSlow'>;

async function look(api: Api, purchaseId: string): Promise<Seen> {
  const found = await api.call('GET /purchases/{purchaseId}', { params: { purchaseId } });
  if (!found.ok) return { isReady: false, problem: found.problem };
  const { status, assessmentId } = found.value;
  if (status !== 'completed' || assessmentId === null) return { purchase: found.value, isReady: false };
  const assessment = await api.call('GET /assessments/{assessmentId}', { params: { assessmentId } });
  return { purchase: found.value, isReady: assessment.ok };
}

const isSettled = ({ isReady, problem, purchase }: Seen): boolean =>
  isReady ||
  (problem !== undefined && !mayHaveHappened(problem)) ||
  (purchase !== undefined && purchase.status !== 'pending' && purchase.status !== 'completed');
