'use client';

import { useId, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Problem } from '../../../../contracts/http/problem';
import type { Fault as RuleFault } from '../../../../domain/kernel/result';
import { type FirmDraft, firmDraft, readFirmAsk } from '../../../lib/odds/mix';
import { saidAt } from '../../../lib/odds/refusals';
import { type Draft, draftName, valueAt } from '../../../lib/tiers/draft';
import { phaseCount, rulesAt } from '../../../lib/tiers/faults';
import { typedText } from '../../../lib/tiers/form';
import { Fault, Field } from '../../../parts/field';
import { useApi } from '../../../session/session-context';
import { AskProblem } from '../../../studies/ask-problem';
import { StudyView } from '../../../studies/study-view';
import { MixRows } from './mix-rows';

const FIELDS = ['traders', 'days', 'paths', 'priceUsd', 'payoutUsd'] as const;

const nothing = () => undefined;

/** What a draft would cost who sells it: how many would pass, what they are paid, at which price that breaks even. */
export function FirmOdds({ draft }: { readonly draft: Draft }) {
  const id = useId();
  const [phase, setPhase] = useState(0);
  const [asked, setAsked] = useState<FirmDraft>(() => firmDraft(typedText(valueAt(draft.data, ['priceUsd']))));
  const { studyId, faults, problem, isBusy, ask, clear } = useFirmAsk();
  const phases = Math.max(phaseCount(draft.data), 1);
  const read = rulesAt(draft.data, Math.min(phase, phases - 1));
  const at = (field: string) => saidAt(faults, problem, field);
  const change = (next: FirmDraft) => {
    clear();
    setAsked(next);
  };
  const field = (name: 'days' | 'paths' | 'priceUsd' | 'payoutUsd', label: string, hint: string) => (
    <Field
      label={label}
      hint={hint}
      inputMode="decimal"
      autoComplete="off"
      value={asked[name]}
      fault={at(name)}
      onChange={({ target }) => change({ ...asked, [name]: target.value })}
    />
  );
  return (
    <>
      <section className="card firm-odds" aria-labelledby={id}>
        <h2 id={id}>What it would cost</h2>
        <p className="muted">
          The draft is played as it stands, published or not: who passes, what is paid out, and the price that carries
          it.
        </p>
        <form
          className="form"
          aria-label={`Simulate ${draftName(draft)}`}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (read.ok) ask(asked, read.rules);
          }}
        >
          <div className="draft-fields">
            {phases > 1 && <PhaseField draft={draft} phases={phases} phase={phase} onChoose={setPhase} />}
            {field('priceUsd', 'Sold at, $', 'For each account')}
            {field('payoutUsd', 'Paid to who passes, $', 'On average')}
            {field('days', 'Trading days', '1 to 365')}
            {field('paths', 'Paths', '1,000 to 100,000')}
          </div>
          <MixRows draft={asked} at={at} onChange={change} />
          {problem && <AskProblem problem={problem} fields={FIELDS} />}
          <Fault
            rule={read.ok ? undefined : 'The data does not say a rule set yet: see the words of the phase above'}
          />
          <p className="row-actions">
            <button type="submit" className="button button-main" aria-disabled={isBusy || !read.ok}>
              {isBusy ? 'One moment…' : 'Simulate the draft'}
            </button>
          </p>
        </form>
      </section>
      {studyId !== undefined && (
        <StudyView key={studyId} studyId={studyId} isNew floorUsdOf={nothing} againOf={nothing} onStatus={nothing} />
      )}
    </>
  );
}

type PhaseFieldProps = {
  readonly draft: Draft;
  readonly phases: number;
  readonly phase: number;
  readonly onChoose: (phase: number) => void;
};

/** Each phase is an account of its own: one of them is played. */
function PhaseField({ draft, phases, phase, onChoose }: PhaseFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Phase</label>
      <select id={id} value={phase} onChange={({ target }) => onChoose(Number(target.value))}>
        {Array.from({ length: phases }, (_, nth) => (
          <option key={nth} value={nth}>
            {nth + 1}: {typedText(valueAt(draft.data, ['phases', nth, 'name']))}
          </option>
        ))}
      </select>
    </div>
  );
}

function useFirmAsk() {
  const api = useApi();
  const [studyId, setStudyId] = useState<string>();
  const [faults, setFaults] = useState<readonly RuleFault[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const clear = () => {
    setFaults([]);
    setProblem(undefined);
  };
  const ask = async (draft: FirmDraft, rules: unknown) => {
    if (isBusy) return;
    const made = readFirmAsk(draft, rules, uuidv7());
    setProblem(undefined);
    setFaults(made.ok ? [] : made.faults);
    if (!made.ok) return;
    setBusy(true);
    const answer = await api.call('POST /admin/studies', { body: made.body });
    setBusy(false);
    if (answer.ok) setStudyId(answer.value.studyId);
    else setProblem(answer.problem);
  };
  return { studyId, faults, problem, isBusy, ask: (draft: FirmDraft, rules: unknown) => void ask(draft, rules), clear };
}
