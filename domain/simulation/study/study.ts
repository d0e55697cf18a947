import type { Account } from '../../account/account';
import type { RuleSet } from '../../assessment/rules/rule-set';
import type { Instant } from '../../kernel/instant';
import { MILLION, type Ppm, ppm, type Usd } from '../../kernel/money';
import type { PastTrade, Strategy } from '../strategy';

/**
 * What somebody asks the odds of, with all that they follow from: the same study gives the same odds. It is answered by
 * runs of many paths, one after another.
 */
export type Study = {
  readonly rules: RuleSet;
  /** Where paths begin; null: with a fresh account. Nothing is open in it. */
  readonly account: Account | null;
  readonly at: Instant;
  readonly days: number;
  readonly paths: number;
  readonly seed: bigint;
  readonly asks: Everything | HowSize | WhatFirm;
};

export type Everything = {
  readonly scope: 'everything';
  readonly strategy: Strategy;
  /** The trades of the worst day that was traded; null where they come from odds. */
  readonly worstDay: readonly PastTrade[] | null;
  /** How many attempts were made until these trades: what the best of them would show by luck is taken off. */
  readonly trials: number;
};

/** How the chance of passing changes from the size of the strategy to `size` times that. */
export type HowSize = { readonly scope: 'size'; readonly strategy: Strategy; readonly size: Ppm };

/** A strategy with so many times its size. */
export const ofSize = (strategy: Strategy, size: Ppm): Strategy => ({
  ...strategy,
  size: ppm((strategy.size * size) / MILLION),
});

/** What a tier costs who sells it, among traders of these weights. */
export type WhatFirm = {
  readonly scope: 'firm';
  readonly mix: readonly { readonly weight: Ppm; readonly strategy: Strategy }[];
  readonly priceUsd: Usd;
  /** What somebody who passes is paid. */
  readonly payoutUsd: Usd;
};
