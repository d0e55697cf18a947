import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import type { Ppm, Usd } from '../../domain/kernel/money';
import { MILLION, ppm } from '../../domain/kernel/money';
import { accept, type Result, refuse } from '../../domain/kernel/result';
import type { Study, WhatFirm } from '../../domain/simulation/study/study';
import type { TradedAccounts } from '../ports/simulation/traded-accounts';
import { type ClosedTradesParts, closedTrades, type TradesRefusal } from './closed-trades';
import { type NamedOdds, oddsStrategy } from './compose-strategy';
import { playable, type StudyRefusal } from './playable';
import { requestText, seedOf } from './request-study';
import { type Composed, type Sender, type TakeParts, takeStudy } from './take-study';

export type AskedTraders =
  | { readonly kind: 'mix'; readonly strategies: readonly { readonly weight: Ppm; readonly strategy: NamedOdds }[] }
  | { readonly kind: 'firm' };

export type RequestFirmStudy = Sender & {
  readonly rules: RuleSet;
  readonly traders: AskedTraders;
  readonly days: number;
  readonly paths: number;
  readonly seed?: bigint | undefined;
  readonly priceUsd: Usd;
  readonly payoutUsd: Usd;
};

export type RequestFirmStudyParts = TakeParts & ClosedTradesParts & { readonly traded: TradedAccounts };

/** A draft has no name of its own yet. */
const DRAFT = 'Draft';
/** Each is asked for its books: so many are read within a few seconds. */
const ACCOUNTS_MAX = 200;
const WHOLE = ppm(MILLION);

/** Asks what a tier would cost who sells it. */
export const requestFirmStudy = (parts: RequestFirmStudyParts) => (request: RequestFirmStudy) => {
  const { isAdmin: _isAdmin, trace: _trace, ...asked } = request;
  return takeStudy(parts, request, requestText(asked), () => compose(parts, request));
};

async function compose(
  parts: RequestFirmStudyParts,
  request: RequestFirmStudy,
): Promise<Result<Composed, TradesRefusal | StudyRefusal>> {
  const { rules, traders, days, paths, seed, studyId, priceUsd, payoutUsd } = request;
  const mix = await mixOf(parts, rules, traders);
  if (!mix.ok) return mix;
  const study: Study = {
    rules,
    account: null,
    at: parts.clock.now(),
    days,
    paths,
    seed: seed ?? seedOf(studyId),
    asks: { scope: 'firm', mix: mix.value, priceUsd, payoutUsd },
  };
  const fault = playable(study, traders.kind);
  if (fault) return fault;
  return accept({ study, subject: null, tierName: DRAFT, trades: traders.kind, namedSeed: seed ?? null });
}

async function mixOf(
  parts: RequestFirmStudyParts,
  rules: RuleSet,
  traders: AskedTraders,
): Promise<Result<WhatFirm['mix'], TradesRefusal | 'strategy_invalid'>> {
  if (traders.kind === 'firm') {
    const traded = await closedTrades(parts, rules, await parts.traded.latest(ACCOUNTS_MAX), 1);
    return traded.ok ? accept([{ weight: WHOLE, strategy: traded.value.strategy }]) : traded;
  }
  const mix: WhatFirm['mix'][number][] = [];
  for (const [nth, { weight, strategy }] of traders.strategies.entries()) {
    const made = oddsStrategy(strategy);
    if (!made.ok)
      return refuse('strategy_invalid', `traders.strategies[${nth}].strategy.${made.fault?.field}`, made.fault?.rule);
    mix.push({ weight, strategy: made.value });
  }
  return accept(mix);
}
