import { ppm } from '../../../domain/kernel/money';
import type { Fee } from '../../../domain/market/instrument';
import { YES } from '../../fixtures/domain-story';
import { Arena } from '../arena';

const SHARES = 30;
const CENTS: Fee = { kind: 'probability_cent', rate: ppm(70_000n) };

/**
 * What thirty shares cost in fees, in dollars, where a cent is charged in whole: filled at once, or one by one as the
 * market shows them. Unprotected an order forgets what its fills came to before they were rounded.
 */
export async function feesOf(isSplit: boolean, isProtected: boolean): Promise<number> {
  const arena = await Arena.open({ sabotage: isProtected ? 'none' : 'fees' });
  await arena.change(YES, { takerFee: CENTS, makerFee: CENTS });
  await arena.show(YES, '999@0.4', '999@0.6');
  await arena.order(arena.owner(), 'buy', YES, `${SHARES} limit 0.5`);
  const shown = isSplit ? Array.from({ length: SHARES }, () => 1) : [SHARES];
  for (const shares of shown) {
    await arena.wait(200);
    await arena.show(YES, '999@0.4', `${shares}@0.49`);
    // The level has to be shown anew before somebody can have of it again.
    await arena.show(YES, '999@0.4', '999@0.6');
    await arena.wait(61_000);
    await arena.show(YES, '999@0.4', '999@0.6');
  }
  const [held] = arena.snapshot(arena.owner()).account.positions;
  if (held?.qty !== BigInt(SHARES) * 100_000_000n) throw new Error(`filled ${held?.qty}`);
  return Number(held.feesUsd) / 1e6;
}
