import type { InstrumentId } from '../../../domain/kernel/ids';
import { ONE_DOLLAR_PRICE } from '../../../domain/kernel/money';
import type { Instrument } from '../../../domain/market/instrument';
import { publishInstruments } from '../../../usecases/market-data/publish-instrument';
import { TEN } from '../../fixtures/book-story';

const rain = (more: Partial<Instrument> = {}) =>
  ({ id: 'PM-rain-YES', status: 'open', payout: null, ...more }) as Instrument;
const paid = rain({ status: 'resolved', payout: { kind: 'pays', price: ONE_DOLLAR_PRICE } });

const wordsOf = ({ id, status, payout }: Instrument) => `${id} ${status}${payout ? ` ${payout.kind}` : ''}`;

/** A catalogue and a topic in memory; `down` names what fails, once it is its turn. */
function open(untold: readonly Instrument[] = []) {
  const rows = new Map<InstrumentId, Instrument>(untold.map((row) => [row.id, row]));
  const waiting = new Set(untold.map(({ id }) => id));
  const log: string[] = [];
  const state = { down: '' };
  const step = (name: string, instruments: readonly Instrument[]) => {
    if (state.down === name) throw new Error(`${name} is down`);
    log.push(`${name}: ${instruments.map(wordsOf).join()}`);
  };
  const publish = publishInstruments({
    catalogue: {
      upsert: async (instruments) => {
        if (instruments.length > 0) step('saved', instruments);
        for (const instrument of instruments) {
          const before = rows.get(instrument.id);
          if (!before || wordsOf(before) !== wordsOf(instrument)) waiting.add(instrument.id);
          rows.set(instrument.id, instrument);
        }
      },
      untold: async () => [...rows.values()].filter(({ id }) => waiting.has(id)),
      told: async (instruments) => {
        step('marked', instruments);
        for (const { id } of instruments) waiting.delete(id);
      },
    },
    changes: { publishChanges: async (instruments, at) => step(`told at ${at - TEN}`, instruments) },
    clock: { now: () => TEN },
  });
  return { publish, log, state };
}

test('the topic hears of a change after the catalogue has it, and of nothing twice', async () => {
  const { publish, log } = open();
  await publish([paid]);
  await publish([paid]);
  expect(log).toEqual([
    'saved: PM-rain-YES resolved pays',
    'told at 0: PM-rain-YES resolved pays',
    'marked: PM-rain-YES resolved pays',
    'saved: PM-rain-YES resolved pays',
  ]);
});

test('what an earlier run saved and did not tell is told with nothing new at all', async () => {
  const { publish, log } = open([paid]);
  await publish([]);
  expect(log).toEqual(['told at 0: PM-rain-YES resolved pays', 'marked: PM-rain-YES resolved pays']);
});

/** Goal: an account is kept in dollars: what its venue quotes in another currency is never open to it. */
test.each`
  id               | status      | saved
  ${'BTC-USD'}     | ${'open'}   | ${'open'}
  ${'BTC-USDT'}    | ${'open'}   | ${'halted'}
  ${'BTC-USDT'}    | ${'closed'} | ${'closed'}
  ${'PM-rain-YES'} | ${'open'}   | ${'open'}
`('$id that is $status at its venue is $saved', async ({ id, status, saved }) => {
  const { publish, log } = open();
  await publish([rain({ id, status })]);
  expect(log[0]).toBe(`saved: ${id} ${saved}`);
});

/** Goal: wherever it breaks, the next attempt tells the change: at least once, and never before it is saved. */
test.each`
  down           | told
  ${'saved'}     | ${0}
  ${'told at 0'} | ${0}
  ${'marked'}    | ${1}
`('broken at "$down": $told told before, then told again', async ({ down, told }) => {
  const { publish, log, state } = open();
  state.down = down;
  await expect(publish([paid])).rejects.toThrow(`${down} is down`);
  const tellings = () => log.filter((line) => line.startsWith('told'));
  expect(tellings()).toHaveLength(told);
  state.down = '';
  await publish([paid]);
  expect(tellings()).toHaveLength(told + 1);
  expect(log.at(-1)).toBe('marked: PM-rain-YES resolved pays');
});

test('a corrected payout is told like a first one', async () => {
  const { publish, log } = open();
  await publish([paid]);
  await publish([rain({ status: 'resolved', payout: { kind: 'void' } })]);
  expect(log.filter((line) => line.startsWith('told'))).toEqual([
    'told at 0: PM-rain-YES resolved pays',
    'told at 0: PM-rain-YES resolved void',
  ]);
});
