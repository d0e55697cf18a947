'use client';

import { dateTime } from '../lib/display';
import { metText, type Step, stepOf, untilText } from '../lib/progress';
import { countdownText } from '../lib/reset-countdown';
import { RULE_NAMES } from '../lib/rules';
import type { Mark } from '../lib/standing';
import { Bar } from './rule-gauge';
import { wallClock } from './standing-strip';
import { useSecond } from './use-quote';

type ProgressStripProps = { readonly mark: Mark | undefined };

/** What is still needed to pass, and what runs out. The risk-engine says both with each mark. */
export function ProgressStrip({ mark }: ProgressStripProps) {
  const now = useSecond(wallClock);
  if (!mark) {
    return (
      <section className="progress" aria-label="To pass">
        <p className="fine">Waiting for the first mark of the account…</p>
      </section>
    );
  }
  const steps = mark.gates.map(stepOf);
  return (
    <section className="progress" aria-label="To pass">
      <h2>
        {steps.length === 0 ? 'Nothing to pass' : 'To pass'}{' '}
        {steps.length > 0 && <span className="muted">{metText(steps)}</span>}
      </h2>
      <ul>
        {steps.map((step) => (
          <StepItem key={step.gate} step={step} />
        ))}
        {mark.deadlines.map(({ rule, dueAt }) => (
          <li key={rule} className="deadline">
            <p className="step-name">{RULE_NAMES[rule]}</p>
            <p className="step-have" title={`Due at ${dateTime(dueAt)}`}>
              {untilText(dueAt, now, countdownText)} <span className="muted">left</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function StepItem({ step: { name, have, need, isMet, fill } }: { readonly step: Step }) {
  return (
    <li className={isMet ? 'step-met' : 'step-open'}>
      <p className="step-name">
        <span aria-hidden="true">{isMet ? '✓' : '○'}</span> {name}
        <span className="hidden">{isMet ? ', met' : ', not met yet'}</span>
      </p>
      <p className="step-have">
        {have} <span className="muted">{need}</span>
      </p>
      <Bar label={`${name}: ${have} ${need}`} fill={fill} />
    </li>
  );
}
