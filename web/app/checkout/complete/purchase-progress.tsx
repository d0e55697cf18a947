'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import type { Purchase } from '../../../lib/contract';
import { Notice, ProblemNotice } from '../../../parts/notice';
import { type Progress, usePurchaseProgress } from './use-purchase-progress';

export function PurchaseProgress() {
  const progress = usePurchaseProgress(useSearchParams().get('purchase') ?? '');
  const { purchase, isReady, problem } = progress;
  return (
    <div className="auth-panel">
      <h1>{isReady ? 'Your assessment is ready' : 'Setting up your assessment'}</h1>
      <p className="lead">{purchase ? purchase.tierName : 'Looking for your purchase…'}</p>
      {problem && <ProblemNotice problem={problem} />}
      {purchase && <Ended status={purchase.status} />}
      <Steps progress={progress} />
      {progress.isSlow && !isReady && (
        <Notice tone="info" title="This takes longer than usual">
          <p>You can leave this page. The assessment appears in your list as soon as the payment is confirmed.</p>
        </Notice>
      )}
      {isReady && purchase?.assessmentId ? (
        <Link className="button button-main button-wide" href={`/desk/?assessment=${purchase.assessmentId}`}>
          Open the trading desk
        </Link>
      ) : (
        <Link className="button button-quiet button-wide" href="/assessments/">
          Go to my assessments
        </Link>
      )}
    </div>
  );
}

const ENDINGS: Partial<Record<Purchase['status'], string>> = {
  expired: 'The checkout has expired; nothing was charged',
  refunded: 'This purchase has been refunded',
  disputed: 'This purchase is disputed with the bank',
};

const Ended = ({ status }: { readonly status: Purchase['status'] }) => {
  const title = ENDINGS[status];
  return title ? <Notice tone="alert" title={title} /> : null;
};

function Steps({ progress: { purchase, isReady } }: { readonly progress: Progress }) {
  const steps = [
    { doing: 'Looking for the purchase…', done: 'Purchase found', isDone: purchase !== undefined },
    { doing: 'Confirming the payment…', done: 'Payment confirmed', isDone: purchase?.status === 'completed' },
    { doing: 'Opening the account…', done: 'Account opened', isDone: isReady },
  ];
  const current = steps.findIndex(({ isDone }) => !isDone);
  return (
    <ol className="steps" aria-live="polite">
      {steps.map(({ doing, done, isDone }, index) => (
        <li key={done} className={isDone ? 'step-done' : index === current ? 'step-current' : 'step-waiting'}>
          <span aria-hidden="true">{isDone ? '✓' : index + 1}</span>
          {isDone ? done : doing}
          <span className="hidden">{isDone ? ', done' : index === current ? ', in progress' : ', waiting'}</span>
        </li>
      ))}
    </ol>
  );
}
