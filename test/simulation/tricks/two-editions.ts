import { instant } from '../../../domain/kernel/instant';
import { BTC, RULES as STORY_RULES } from '../../fixtures/domain-story';
import { Arena } from '../arena';

/** Midnight in Paraguay, which is three hours behind since it moves its clocks no more. */
const MIDNIGHT = instant(Date.UTC(2026, 2, 28, 3));
const { dailyLoss } = STORY_RULES;

/**
 * A bitcoin loses 4,000 on one day and 2,000 on the next, soon after midnight: no day loses the 5,000 that fail.
 * Unprotected the engine has an older edition of the time zones, by which it is still the day before.
 */
export async function lossOfTwoDays(isProtected: boolean): Promise<string> {
  const arena = await Arena.open({
    rules: {
      dayZone: 'America/Asuncion',
      dailyLoss: dailyLoss && { ...dailyLoss, anchor: 'equity' },
      riskPerTrade: null,
    },
    sabotage: isProtected ? 'none' : 'zones',
  });
  await arena.show(BTC, '10@59999', '10@60001');
  await arena.order(arena.owner(), 'buy', BTC, '1');
  await arena.wait(MIDNIGHT - arena.system.now - 1_000);
  await arena.show(BTC, '10@56000', '10@56002');
  await arena.wait(30 * 60_000);
  await arena.show(BTC, '10@54000', '10@54002');
  return arena.standing(arena.owner()).status;
}
