import type { Account } from '../../account/account';
import { isBroken } from '../rules/limits';
import { layerOf } from '../rules/loss-layers';
import type { RuleRoom, RuleSet } from '../rules/rule-set';
import type { Verdict } from './judgement';

/**
 * A further layer of the loss that stops trading without failing, while it is touched: for the day, and the next one
 * again. What is to be closed is told as long as it is touched and something is held.
 */
export function layerPause(rules: RuleSet, account: Account, rooms: readonly RuleRoom[]): Verdict | undefined {
  if (rules.lossLayers.length === 0) return undefined;
  const severityOf = ({ rule }: RuleRoom) => layerOf(rules, rule)?.severity ?? 'fail';
  const touched = rooms.filter((room) => severityOf(room) !== 'fail' && isBroken(rules, room));
  const closes = touched.some((room) => severityOf(room) === 'close');
  const [first] = touched;
  if (!first || (account.standing.day.isPaused && !(closes && account.positions.length > 0))) return undefined;
  return { kind: 'paused', rule: first.rule, closes };
}
