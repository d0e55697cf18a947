import { type Refused, refuse } from '../../domain/kernel/result';
import type { Study } from '../../domain/simulation/study/study';
import { studyRefusal } from '../../domain/simulation/study/study-fault';
import type { StudyTrades } from '../ports/simulation/study-store';

export type StudyRefusal =
  | 'rules_invalid'
  | 'rule_unsupported'
  | 'account_unsuited'
  | 'strategy_invalid'
  | 'study_too_large';

/** Trades of all paths of one run: two seconds of the kernel or so, and nobody waits for long behind anybody. */
const STEPS_MAX = 200_000_000;

/** Why nobody can play this study; undefined where somebody can. Fields are named as the request names them. */
export function playable(study: Study, from: StudyTrades): Refused<StudyRefusal> | undefined {
  const { days, paths, asks } = study;
  const strategies = asks.scope === 'firm' ? asks.mix.map(({ strategy }) => strategy) : [asks.strategy];
  const steps = days * Math.max(...strategies.map(({ tradesPerDay }) => tradesPerDay));
  if (paths * steps > STEPS_MAX) {
    const rule = `must be at most ${Math.floor(STEPS_MAX / steps)} with ${steps} trades a path`;
    return refuse('study_too_large', 'paths', rule);
  }
  const refused = studyRefusal(study);
  if (!refused) return undefined;
  const { refusal, fault } = refused;
  const known = refusal === 'rules_unsound' ? 'rules_invalid' : refusal;
  return fault ? refuse(known, fieldOf(fault.field, from, refusal), fault.rule) : refuse(known);
}

/** How a request calls what the domain calls otherwise. */
const NAMES: Readonly<Record<string, string>> = { riskCents: 'riskUsd', heldMs: 'heldMinutes' };

function fieldOf(field: string, from: StudyTrades, refusal: string): string {
  if (refusal === 'account_unsuited') return 'subject.assessmentId';
  if (refusal !== 'strategy_invalid') return from === 'mix' || from === 'firm' ? `rules.${field}` : field;
  const [, before = '', part] = /^(.*?)strategy\.(.+)$/.exec(field) ?? [];
  if (part === undefined) return field;
  const name = NAMES[part] ?? part;
  switch (from) {
    case 'odds':
      return `trades.strategy.${name}`;
    case 'mix':
      return `${before}strategy.${name}`;
    case 'firm':
      return 'traders';
    default:
      return 'trades';
  }
}
