import { at, ETH, units } from '../../fixtures/domain-story';
import { Arena } from '../arena';

const PENNY = { priceTick: at('0.00000001'), qtyStep: units('1'), qtyMin: units('1') };
const LOOKS = 20;

/** What became of something that is larger than can be kept. */
export type TooLarge = {
  /** The refusal of two hundred billion units; undefined: they were taken. */
  readonly refusal: string | undefined;
  /** How often the engine tried to save what cannot be kept, and how often a person was told. */
  readonly tries: number;
  readonly told: number;
};

/**
 * Units of a coin at a millionth of a dollar: more of them are ordered than can be kept; then fewer, and a price comes
 * at which what they bring cannot be kept. Unprotected nobody knows that a figure will never fit.
 */
export async function tooLarge(isProtected: boolean): Promise<TooLarge> {
  const arena = await Arena.open({ rules: { riskPerTrade: null }, sabotage: isProtected ? 'none' : 'bounds' });
  const owner = arena.owner();
  await arena.change(ETH, PENNY);
  await arena.show(ETH, '900000000000@0.000001', '900000000000@0.00000101');
  const refused = await arena.order(owner, 'buy', ETH, '200000000000');
  const taken = await arena.order(owner, 'buy', ETH, '80000000000');
  if (!taken.ok) throw new Error(taken.refusal);
  const before = arena.timesAt('before accounts.save');
  await arena.change(ETH, { status: 'resolved', payout: { kind: 'pays', price: at('900') } });
  for (let look = 0; look < LOOKS; look++) await arena.wait(5_000);
  return {
    refusal: refused.ok ? undefined : refused.refusal,
    tries: arena.timesAt('before accounts.save') - before,
    told: arena.system.engine.unstorable,
  };
}
