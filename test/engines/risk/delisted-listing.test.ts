import { type InstrumentId, idOf } from '../../../domain/kernel/ids';
import type { Instrument, Payout } from '../../../domain/market/instrument';
import { settleOutcome } from '../../../usecases/judging/settle-outcome';
import { memorySettling } from '../../fakes/memory-settling';
import { priceOf } from '../../fixtures/open-trading';
import { bitcoin, rules } from '../../fixtures/stored-account';
import { BTC, engineOver, resolvedEvent } from './engine-story';

const AT_COINBASE = idOf<InstrumentId>('BTC-USD@coinbase');
const PAYOUT: Payout = { kind: 'pays', price: priceOf('60000') };
const PAID = { kind: 'pays', price: '60000' } as const;
const gone = (listing: Instrument): Instrument => ({ ...listing, status: 'resolved', payout: PAYOUT });
const atCoinbase: Instrument = { ...bitcoin, id: AT_COINBASE, venue: 'coinbase' };

/** An account that holds half a Bitcoin by the book of this venue; both venues list it. */
async function holdingAt(primary: 'kraken' | 'coinbase') {
  const world = await engineOver({ execution: { ...rules.execution, primary } });
  world.trading.catalogue.set(AT_COINBASE, atCoinbase);
  await world.buy('0.5');
  await world.start();
  const outcome = async () => {
    await world.engine.idle();
    const paid = world.trading.events().filter(({ type }) => type === 'trading.position-settled');
    const { account } = await world.trading.snapshot();
    return { paid: paid.map(({ data }) => `${data.instrument} ${data.paidUsd}`), held: account.positions.length };
  };
  return { world, outcome };
}

/** Goal: whoever trades a coin where it is still listed notices nothing of another venue that lists it no more. */
test.each`
  primary       | delisted       | paid                    | held
  ${'kraken'}   | ${AT_COINBASE} | ${[]}                   | ${1}
  ${'coinbase'} | ${AT_COINBASE} | ${['BTC-USD 30000.00']} | ${0}
  ${'kraken'}   | ${BTC}         | ${['BTC-USD 30000.00']} | ${0}
  ${'coinbase'} | ${BTC}         | ${[]}                   | ${1}
`('an account of $primary when $delisted is delisted: $paid', async ({ primary, delisted, paid, held }) => {
  const { world, outcome } = await holdingAt(primary);
  const { catalogue } = world.trading;
  catalogue.set(delisted, gone(catalogue.get(delisted) as Instrument));
  for (let time = 0; time < 2; time++) world.engine.onEvent(resolvedEvent(delisted, PAID, world.state.now));
  expect(await outcome()).toEqual({ paid, held });
  if (held > 0) expect((await world.trading.order('sell', '0.5', { reduceOnly: true })).ok).toBe(true);
});

test('told of a listing that an account does not trade, nothing is paid', async () => {
  const { world, outcome } = await holdingAt('kraken');
  const { trading } = world;
  const settle = settleOutcome({ ...trading.parts, ...memorySettling(trading.world) });
  const { accountId, command } = trading;
  expect(await settle({ accountId, instrument: AT_COINBASE, payout: PAYOUT, trace: command.trace })).toBe('unchanged');
  expect(await outcome()).toEqual({ paid: [], held: 1 });
});
