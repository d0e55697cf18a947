import type { AccountEvent } from '../../account/account-event';
import { fold } from '../../account/evolve';
import type { DecisionContext } from './decision-context';

type Decider = Pick<DecisionContext, 'rules' | 'account'>;

/** What a decision looks at once these events have happened. */
export const after = <Context extends Decider>(context: Context, events: readonly AccountEvent[]): Context =>
  events.length === 0 ? context : { ...context, account: fold(context.rules, context.account, events) };

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
