import { divide, subUsd, type Usd, usd } from '../../kernel/money';
import { CENT } from '../unsupported';
import { chancesOf } from './chance';
import { mixedChances, sumOf, type WeightedCounts } from './mixed-counts';
import type { WhatFirm } from './study';
import type { FirmOdds } from './study-odds';

/** What a tier costs who sells it, for each account that is sold: rounded up to the cent, against the firm. */
export function firmOddsOf({ priceUsd, payoutUsd }: WhatFirm, parts: readonly WeightedCounts[]): FirmOdds {
  const liabilityUsd = liabilityOf(payoutUsd, parts);
  return {
    passed: mixedChances(parts).passed,
    strategies: parts.map(({ weight, counts }) => ({ weight, ...chancesOf(counts) })),
    liabilityUsd,
    marginUsd: subUsd(priceUsd, liabilityUsd),
    // A price of what is paid out leaves nothing, and loses nothing.
    breakEvenUsd: liabilityUsd,
  };
}

/** What those who pass are paid, shared among all who buy. */
function liabilityOf(payoutUsd: Usd, parts: readonly WeightedCounts[]): Usd {
  const passed = sumOf(parts, (counts) => BigInt(counts.passed));
  const sold = sumOf(parts, (counts) => BigInt(counts.paths));
  return usd(divide(payoutUsd * passed, sold * CENT, 'ceil') * CENT);
}
