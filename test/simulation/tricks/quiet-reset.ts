import { instant } from '../../../domain/kernel/instant';
import { BTC, RULES as STORY_RULES } from '../../fixtures/domain-story';
import { Arena } from '../arena';

const { dailyLoss } = STORY_RULES;
const NEXT_DAY = instant(Date.UTC(2026, 2, 28));

/**
 * A bitcoin that has lost 4,000 is held over the reset, and loses a little more on the next day, which counts from the
 * equity that it begins with. With `isQuiet` no book is good at the reset. Unprotected nobody knows the prices of before.
 */
export async function heldOverReset(isQuiet: boolean, isProtected: boolean): Promise<string> {
  const arena = await Arena.open({
    rules: { dailyLoss: dailyLoss && { ...dailyLoss, anchor: 'equity' }, riskPerTrade: null },
    sabotage: isProtected ? 'none' : 'last_prices',
  });
  await arena.show(BTC, '10@59999', '10@60001');
  await arena.order(arena.owner(), 'buy', BTC, '1');
  await arena.show(BTC, '10@56000', '10@56002');
  await arena.wait(NEXT_DAY - arena.system.now - 1_000);
  await arena.show(BTC, '10@56000', '10@56002', isQuiet ? 'stale' : 'good');
  await arena.wait(3_000);
  await arena.show(BTC, '10@54500', '10@54502');
  return arena.standing(arena.owner()).status;
}
