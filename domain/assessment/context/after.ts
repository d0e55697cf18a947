import type { AccountEvent } from '../../account/account-event';
import { fold } from '../../account/evolve';
import type { DecisionContext } from './decision-context';
import { takenBy, tookIn } from './took';

type Decider = Pick<DecisionContext, 'rules' | 'account'> & Partial<Pick<DecisionContext, 'taken'>>;

/** What a decision looks at once these events have happened: what their fills took is gone for the next. */
export function after<Context extends Decider>(context: Context, events: readonly AccountEvent[]): Context {
  if (events.length === 0) return context;
  const { rules, account, taken } = context;
  const left = { ...context, account: fold(rules, account, events) };
  return taken ? { ...left, taken: takenBy(taken, tookIn(account, events)) } : left;
}

/** One step after another: each sees the account as those before it left it. */
export function inTurn<Context extends Decider>(
  context: Context,
  ...steps: readonly ((now: Context) => readonly AccountEvent[])[]
): readonly AccountEvent[] {
  const events: AccountEvent[] = [];
  let now = context;
  let seen = 0;
  for (const step of steps) {
    now = after(now, events.slice(seen));
    seen = events.length;
    events.push(...step(now));
  }
  return events;
}
