import type { AccountEvent } from '../../account/account-event';
import { inTurn } from '../context/after';
import type { DecisionContext } from '../context/decision-context';
import { giveStopsTime } from '../judging/stop-corrections';
import { beginDay } from './begin-day';

/**
 * What a trader's command finds first: the account in its day, and the corrections begun that are due. A stop that comes
 * late has used one up, whether the judge or its trader looked first.
 */
export const beginCommand = (context: DecisionContext): readonly AccountEvent[] =>
  inTurn(context, beginDay, giveStopsTime);
