import { BTC } from '../../adapters/cockroach/story';
import { type Desk, move } from './story';

/** A week of trading, seeded: the market wanders, the trader goes long and short, and the account swings with it. */
export async function tradeForAWeek(desk: Desk): Promise<void> {
  let seed = 11;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let price = 60_000;
  for (let hour = 0; hour < 24 * 7; hour++) {
    price += Math.round((random() - 0.49) * 500);
    await move(desk, String(price), 1);
    const held = (await desk.snapshot()).account.positions.find(({ instrument }) => instrument === BTC);
    if (!held && hour % 7 === 2) await desk.order(random() < 0.6 ? 'buy' : 'sell', (0.5 + random() * 0.6).toFixed(4));
    else if (held && hour % 7 === 6) await desk.order(held.qty > 0n ? 'sell' : 'buy', sizeOf(held.qty));
  }
}

const sizeOf = (qty: bigint): string => {
  const units = qty < 0n ? -qty : qty;
  return `${units / 100_000_000n}.${(units % 100_000_000n).toString().padStart(8, '0')}`;
};
