'use client';

import type { Mark, RuleName, Rules } from '../lib/contract';
import { followsText, isGrave, wayOutText } from '../lib/outlook';
import { dueText, isClosedFor, metText, type Step, stepOf, stepsAwaited, untilText } from '../lib/progress';
import { countdownText } from '../lib/reset-countdown';
import { momentText } from '../lib/risk-windows';
import { RULE_NAMES } from '../lib/rules';
import { type WayOut, wayOutOf } from '../lib/standing';
import { Bar } from './rule-gauge';
import { useSecond } from './use-quote';

type ProgressStripProps = {
  readonly mark: Mark | undefined;
  readonly rules: Rules;
  /** The platform's time. */
  readonly clock: () => number;
};

/** What is still needed to pass, and what runs out: the risk-engine says it with each mark, until then dashes stand. */
export function ProgressStrip({ mark, rules, clock }: ProgressStripProps) {
  const now = useSecond(clock);
  const steps = mark ? mark.gates.map(stepOf) : stepsAwaited(rules);
  return (
    <section className="progress" aria-label="To pass">
      <h2>
        {steps.length === 0 ? 'Nothing to pass' : 'To pass'}{' '}
        {steps.length > 0 && <span className="muted">{mark ? metText(steps) : 'not known yet'}</span>}
      </h2>
      <ul>
        {steps.map((step) => (
          <StepItem key={step.gate} step={step} />
        ))}
        {deadlinesOf(mark, rules).map(({ rule, dueAt, instrument }) => (
          <li key={`${rule} ${dueAt}`} className="deadline">
            <p className="step-name">{RULE_NAMES[rule]}</p>
            <p className="step-have">
              {dueAt === undefined ? '—' : untilText(dueAt, now, countdownText)} <span className="muted">left</span>
            </p>
            <p className="step-due">{dueAt === undefined ? '' : dueText(rule, rules, momentText(dueAt, now))}</p>
            {instrument && isClosedFor(rule, rules) && (
              <ClosingCost way={wayOutOf(mark, instrument)} name={instrument} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A closing that comes by itself costs what one of the trader's own would: told before it comes. */
const ClosingCost = ({ way, name }: { readonly way: WayOut | undefined; readonly name: string }) =>
  way && (
    <p className="step-due">
      {name}: {wayOutText(way)}. {isGrave(way) && <strong className="loss">{followsText(way)}</strong>}
    </p>
  );

type Awaited = {
  readonly rule: RuleName;
  readonly dueAt: number | undefined;
  readonly instrument?: string | undefined;
};

function deadlinesOf(mark: Mark | undefined, { activity }: Rules): readonly Awaited[] {
  if (mark) return mark.deadlines;
  const names: (RuleName | false)[] = [
    activity.inactivityDays !== null && 'inactivity',
    activity.timeLimitDays !== null && 'time_limit',
  ];
  return names.filter((rule) => rule !== false).map((rule) => ({ rule, dueAt: undefined }));
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
