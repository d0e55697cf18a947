import { DAY_MS } from '../../../domain/kernel/instant';
import { BTC, ETH, RULES as STORY_RULES } from '../../fixtures/domain-story';
import { Arena, type Standing } from '../arena';

const { activity } = STORY_RULES;

/**
 * Two people reach their target. One of them still holds a coin when its venue lists it no more, and the assessment
 * ends after five days. Unprotected nobody settles the coin: it can be neither sold nor priced.
 */
export async function delistedCoin(isProtected: boolean): Promise<{ holder: Standing; twin: Standing }> {
  const arena = await Arena.open({
    rules: { riskPerTrade: null, activity: { ...activity, timeLimitDays: 5 } },
    people: 2,
    sabotage: isProtected ? 'none' : 'delisting',
  });
  const [holder, twin] = [arena.owner(0), arena.owner(1)];
  const { delistings } = arena.system;
  await arena.show(ETH, '500@2999', '500@3000');
  for (const owner of [holder, twin]) await arena.order(owner, 'buy', ETH, '50');
  await arena.show(ETH, '500@3299', '500@3300');
  await arena.close(twin, ETH);
  delistings.delist(ETH);
  await arena.watch();
  for (let day = 0; day < 6; day++) {
    await arena.wait(DAY_MS);
    await arena.show(BTC, '10@59999', '10@60001');
    await delistings.settle();
    await arena.watch();
  }
  return { holder: arena.standing(holder), twin: arena.standing(twin) };
}
