'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Problem } from '../../../contracts/http/problem';
import { isIdSpent, unreadable } from '../../lib/answer';
import type { Summary } from '../../lib/contract';
import { isWebAddress } from '../../lib/page-path';
import { startAgainText } from '../../lib/programs';
import { ProblemNotice } from '../../parts/notice';
import { useApi } from '../../session/session-context';

type StartAgainProps = { readonly assessment: Summary };

/** A failed phase begins anew: for nothing while free retries are left, then by a reset where the tier sells one. */
export function StartAgain({ assessment }: StartAgainProps) {
  const { assessmentId, tierName, retriesLeft } = assessment;
  const { isBusy, problem, retry, reset } = useStartAgain(assessmentId);
  const offer = startAgainText(assessment);
  if (offer === undefined) return null;
  const isFree = retriesLeft > 0;
  return (
    <div className="start-again">
      <button type="button" className="button" aria-disabled={isBusy} onClick={() => void (isFree ? retry() : reset())}>
        {isBusy ? (isFree ? 'One moment…' : 'Opening checkout…') : offer}
        <span className="hidden"> of {tierName}</span>
      </button>
      {problem && <ProblemNotice problem={{ ...problem, errors: problem.errors?.filter(isOfPurchase) ?? [] }} />}
    </div>
  );
}

/** Which assessment it is about stands beside the button. */
const isOfPurchase = ({ field }: { readonly field: string }): boolean => field === 'purchaseId';

/** The purchase id is kept until an answer came: a press that got lost on the way is repeated, not doubled. */
function useStartAgain(assessmentId: string) {
  const api = useApi();
  const router = useRouter();
  const purchaseId = useRef<string>(undefined);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const params = { assessmentId };
  const retry = async () => {
    if (isBusy) return;
    setBusy(true);
    const answer = await api.call('POST /assessments/{assessmentId}/retry', { params });
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) router.push(`/desk/?assessment=${answer.value.assessmentId}`);
  };
  const reset = async () => {
    if (isBusy) return;
    setBusy(true);
    purchaseId.current ??= uuidv7();
    const body = { purchaseId: purchaseId.current };
    const answer = await api.call('POST /assessments/{assessmentId}/reset', { params, body });
    if (answer.ok && isWebAddress(answer.value.checkoutUrl)) return window.location.assign(answer.value.checkoutUrl);
    setBusy(false);
    setProblem(answer.ok ? unreadable(200, body.purchaseId) : answer.problem);
    if (!answer.ok && isIdSpent(answer.problem)) purchaseId.current = undefined;
  };
  return { isBusy, problem, retry, reset };
}
