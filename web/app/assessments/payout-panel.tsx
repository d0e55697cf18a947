'use client';

import { useEffect, useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Problem } from '../../../contracts/http/problem';
import { mayHaveHappened, ruleOf } from '../../lib/answer';
import { date, dollarsText } from '../../lib/display';
import { askText, growthText, type Offer, partOf, waitsOf } from '../../lib/payouts';
import { Field } from '../../parts/field';
import { FormProblem } from '../../parts/form-problem';
import { ProblemNotice } from '../../parts/notice';
import { useApi } from '../../session/session-context';
import { useReply } from '../../session/use-reply';

type PayoutPanelProps = { readonly assessmentId: string; readonly tierName: string; readonly onTaken: () => void };

/** What may be taken out of a funded account now, or what it waits for, and what was taken. */
export function PayoutPanel({ assessmentId, tierName, onTaken }: PayoutPanelProps) {
  const { reply, reload } = useReply('GET /assessments/{assessmentId}/payouts', { params: { assessmentId } });
  if (reply.state === 'loading') return null;
  if (reply.state === 'problem') return <ProblemNotice problem={reply.problem} />;
  const { offer, growth, payouts } = reply.value;
  const grows = growth && growthText(growth);
  const taken = () => {
    reload();
    onTaken();
  };
  return (
    <section className="payouts" aria-label={`Payouts of ${tierName}`}>
      {offer?.isOpen && <TakeForm key={payouts.length} assessmentId={assessmentId} offer={offer} onTaken={taken} />}
      {offer && !offer.isOpen && (
        <>
          <p>No payout yet.</p>
          <ul>
            {waitsOf(offer).map((wait) => (
              <li key={wait}>{wait}</li>
            ))}
          </ul>
        </>
      )}
      {grows && <p className="muted">{grows}</p>}
      {payouts.length > 0 && (
        <ul aria-label="Taken before">
          {payouts.map(({ payoutId, amountUsd, traderUsd, takenAt }) => (
            <li key={payoutId} className="muted">
              {date(takenAt)}: {dollarsText(amountUsd)} taken, {dollarsText(traderUsd)} of it yours
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type TakeFormProps = {
  readonly assessmentId: string;
  readonly offer: Offer;
  readonly onTaken: () => void;
};

/** Asks before anything is sent. What may have arrived keeps its id: sent again, it is no second payout. */
function TakeForm({ assessmentId, offer, onTaken }: TakeFormProps) {
  const { isBusy, problem, take, forget } = useTaking(assessmentId, onTaken);
  const [typed, setTyped] = useState(offer.amountUsd);
  const [isAsked, setAsked] = useState(false);
  const isAmount = partOf(offer, typed) !== undefined;
  const confirm = () => {
    setAsked(false);
    void take(typed.trim());
  };
  return (
    <form
      className="take-payout"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isAmount && !isBusy) setAsked(true);
      }}
    >
      <Field
        label="Payout, in dollars"
        name="amountUsd"
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          forget();
        }}
        hint={`At most ${dollarsText(offer.amountUsd)}, of which ${dollarsText(offer.traderUsd)} would be yours`}
        fault={isAmount ? ruleOf(problem, 'amountUsd') : 'must be an amount of dollars above zero'}
      />
      <button type="submit" className="button" aria-disabled={isBusy || !isAmount}>
        {isBusy ? 'One moment…' : 'Take a payout'}
      </button>
      <FormProblem problem={problem} fields={['amountUsd']} />
      <AskPayout lines={isAsked ? askText(offer, typed) : []} confirm={confirm} dismiss={() => setAsked(false)} />
    </form>
  );
}

function useTaking(assessmentId: string, onTaken: () => void) {
  const api = useApi();
  const sent = useRef<{ readonly payoutId: string; readonly amountUsd: string }>(undefined);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const take = async (amountUsd: string) => {
    setBusy(true);
    if (sent.current?.amountUsd !== amountUsd) sent.current = { payoutId: uuidv7(), amountUsd };
    const answer = await api.call('POST /assessments/{assessmentId}/payouts', {
      params: { assessmentId },
      body: sent.current,
    });
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok || !mayHaveHappened(answer.problem)) sent.current = undefined;
    if (answer.ok) onTaken();
  };
  return { isBusy, problem, take, forget: () => setProblem(undefined) };
}

type AskPayoutProps = {
  readonly lines: readonly string[];
  readonly confirm: () => void;
  readonly dismiss: () => void;
};

function AskPayout({ lines, confirm, dismiss }: AskPayoutProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = lines.length > 0;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog className="ask" ref={dialog} aria-label="Take this payout?" onCancel={dismiss}>
      <h2>Take this payout?</h2>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p className="row-actions">
        <button type="button" className="button" onClick={dismiss}>
          Leave it
        </button>
        <button type="button" className="button button-main" onClick={confirm}>
          Take it
        </button>
      </p>
    </dialog>
  );
}
