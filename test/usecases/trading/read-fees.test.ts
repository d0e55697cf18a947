import { ppm } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import { readFees } from '../../../usecases/trading/read-fees';
import { rain } from '../../fixtures/open-trading';
import { bitcoin } from '../../fixtures/stored-account';

const rated = (instrument: Instrument, taker: bigint, more: Partial<Instrument> = {}): Instrument => ({
  ...instrument,
  takerFee: { ...instrument.takerFee, rate: ppm(taker) },
  ...more,
});

/** Goal: before anybody buys, the dearest fee of each kind of market is known; what trades no more counts no more. */
test.each`
  story                      | instruments                                       | fees
  ${'nothing is listed'}     | ${[]}                                             | ${[]}
  ${'of two the dearer one'} | ${[rated(rain, 20_000n), rated(rain, 70_000n)]}   | ${['polymarket outcome 70000']}
  ${'in any order'}          | ${[rated(rain, 70_000n), rated(rain, 20_000n)]}   | ${['polymarket outcome 70000']}
  ${'each venue and kind'}   | ${[rated(rain, 70_000n), rated(bitcoin, 4_000n)]} | ${['kraken spot 4000', 'polymarket outcome 70000']}
  ${'what is resolved'}      | ${[rated(rain, 70_000n, { status: 'resolved' })]} | ${[]}
  ${'what is only halted'}   | ${[rated(bitcoin, 4_000n, { status: 'halted' })]} | ${['kraken spot 4000']}
`('$story', async ({ instruments, fees }) => {
  const found = await readFees({ instruments: { list: async () => instruments } })();
  expect(found.map(({ venue, kind, takerFee }) => `${venue} ${kind} ${takerFee.rate}`)).toEqual(fees);
});
