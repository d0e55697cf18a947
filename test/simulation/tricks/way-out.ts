import { at, BTC, units } from '../../fixtures/domain-story';
import { Arena, type Standing } from '../arena';

/** A crumb below the least quantity is all that is left of a trade that has met the target. */
export async function crumbLeft(isProtected: boolean): Promise<Standing> {
  const arena = await Arena.open({ rules: { riskPerTrade: null }, sabotage: isProtected ? 'none' : 'way_out' });
  const owner = arena.owner();
  await arena.show(BTC, '10@59999', '10@60000');
  await arena.order(owner, 'buy', BTC, '3');
  await arena.show(BTC, '10@64000', '10@64001');
  await arena.order(owner, 'sell', BTC, '2.9998');
  await arena.order(owner, 'sell', BTC, '0.0002 reduce');
  return arena.standing(owner);
}

/** A bid rests, the venue widens its tick, and the market comes to the price next to it: how much that buys. */
export async function offTheTick(isProtected: boolean): Promise<number> {
  const arena = await Arena.open({ sabotage: isProtected ? 'none' : 'grid' });
  await arena.show(BTC, '10@59999', '10@60001');
  await arena.order(arena.owner(), 'buy', BTC, '1 limit 59990.5');
  await arena.change(BTC, { priceTick: at('1') });
  await arena.wait(200);
  await arena.show(BTC, '10@59985', '10@59990');
  const [held] = arena.snapshot(arena.owner()).account.positions;
  return Number(held?.qty ?? 0n) / Number(units('1'));
}
