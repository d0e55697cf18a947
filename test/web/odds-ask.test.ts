import { EMPTY_DRAFT, fileFault, type OddsDraft, readAsk } from '../../web/lib/odds/ask';
import { changedRow, firmDraft, readFirmAsk, withoutRow, withRow } from '../../web/lib/odds/mix';
import { rules } from './account';

const STUDY = '0190a000-0000-7000-8000-0000000000c1';
const ASSESSMENT = '0190a000-0000-7000-8000-0000000000a1';
const draft = (over: Partial<OddsDraft> = {}): OddsDraft => ({
  ...EMPTY_DRAFT,
  subject: { kind: 'assessment', id: ASSESSMENT },
  ...over,
});
const odds = (strategy: Partial<OddsDraft['strategy']> = {}) =>
  draft({ source: 'odds', strategy: { ...EMPTY_DRAFT.strategy, ...strategy } });

/** Goal: what is asked is what was typed, and what nobody could mean is refused beside its field. */
test('one’s own trades of an assessment', () => {
  expect(readAsk(draft(), STUDY)).toEqual({
    ok: true,
    body: {
      studyId: STUDY,
      subject: { kind: 'assessment', assessmentId: ASSESSMENT },
      trades: { kind: 'own' },
      days: 60,
      paths: 20_000,
    },
  });
});

test('odds, with a rate in per cent, of a tier, with a seed of sixty-four bits', () => {
  const asked = readAsk({ ...odds(), subject: { kind: 'tier', id: ASSESSMENT }, seed: '18446744073709551615' }, STUDY);
  expect(asked).toMatchObject({
    ok: true,
    body: {
      subject: { kind: 'tier', tierId: ASSESSMENT },
      trades: {
        kind: 'odds',
        strategy: { winRate: '0.45', payoff: '1.5', riskUsd: '50.00', tradesPerDay: 3, heldMinutes: 60 },
      },
      seed: '18446744073709551615',
    },
  });
});

test('a file is sent as it is', () => {
  const asked = readAsk(draft({ source: 'file', file: { name: 'a.csv', text: 'closed_at,result_usd\n' } }), STUDY);
  expect(asked).toMatchObject({ ok: true, body: { trades: { kind: 'file', csv: 'closed_at,result_usd\n' } } });
});

test.each`
  wrong                                   | field                             | rule
  ${draft({ subject: undefined })}        | ${'subject'}                      | ${'choose what is to be judged'}
  ${draft({ source: 'file' })}            | ${'trades.csv'}                   | ${'choose a file'}
  ${draft({ days: '0' })}                 | ${'days'}                         | ${'must be at least 1'}
  ${draft({ days: '366' })}               | ${'days'}                         | ${'must be at most 365'}
  ${draft({ days: 'many' })}              | ${'days'}                         | ${'must be a number'}
  ${draft({ days: '1.5' })}               | ${'days'}                         | ${'must be a number'}
  ${draft({ paths: '999' })}              | ${'paths'}                        | ${'must be at least 1000'}
  ${draft({ paths: '1e5' })}              | ${'paths'}                        | ${'must be a number'}
  ${draft({ seed: '-1' })}                | ${'seed'}                         | ${'must be a whole number from 0 to 18446744073709551615'}
  ${odds({ winPercent: '' })}             | ${'trades.strategy.winRate'}      | ${'enter a percentage'}
  ${odds({ winPercent: '100' })}          | ${'trades.strategy.winRate'}      | ${'must be above 0 and below 100'}
  ${odds({ winPercent: 'NaN' })}          | ${'trades.strategy.winRate'}      | ${'use digits and a point, at most 4 decimals'}
  ${odds({ payoff: '0' })}                | ${'trades.strategy.payoff'}       | ${'must be greater than zero'}
  ${odds({ riskUsd: '-5' })}              | ${'trades.strategy.riskUsd'}      | ${'must be greater than zero'}
  ${odds({ riskUsd: '1,000' })}           | ${'trades.strategy.riskUsd'}      | ${'must be a plain decimal with at most 6 decimals'}
  ${odds({ tradesPerDay: '51' })}         | ${'trades.strategy.tradesPerDay'} | ${'must be at most 50'}
  ${odds({ heldMinutes: '99999999999' })} | ${'trades.strategy.heldMinutes'}  | ${'must be a number'}
`('$field: $rule', ({ wrong, field, rule }: { wrong: OddsDraft; field: string; rule: string }) => {
  const asked = readAsk(wrong, STUDY);
  expect(asked.ok).toBe(false);
  if (!asked.ok) expect(asked.faults.find((fault) => fault.field === field)?.rule).toBe(rule);
});

test.each`
  size         | fault
  ${0}         | ${'t.csv is empty'}
  ${1}         | ${undefined}
  ${1_400_000} | ${undefined}
  ${1_400_001} | ${'t.csv has 1.5 MB; at most 1.4 MB are read'}
`('a file of $size bytes: $fault', ({ size, fault }: { size: number; fault: string | undefined }) => {
  expect(fileFault({ name: 't.csv', size })).toBe(fault);
});

describe('what a firm asks', () => {
  test('a mix as it stands, with the price of the draft', () => {
    const asked = readFirmAsk(firmDraft('99'), rules, STUDY);
    expect(asked).toMatchObject({
      ok: true,
      body: { priceUsd: '99.00', payoutUsd: '1000.00', traders: { kind: 'mix' } },
    });
    if (asked.ok && asked.body.traders.kind === 'mix') expect(asked.body.traders.strategies).toHaveLength(3);
  });

  test('its own history needs no strategy', () => {
    const none = { ...firmDraft('99'), traders: 'firm' as const, rows: [] };
    expect(readFirmAsk(none, rules, STUDY)).toMatchObject({ ok: true, body: { traders: { kind: 'firm' } } });
  });

  test('a wrong figure is named with its row', () => {
    const wrong = changedRow(firmDraft('free'), 2, { weight: '0' });
    const asked = readFirmAsk(wrong, rules, STUDY);
    expect(asked.ok ? [] : asked.faults).toEqual([
      { field: 'traders.strategies[1].weight', rule: 'must be greater than zero' },
      { field: 'priceUsd', rule: 'must be a plain decimal with at most 6 decimals' },
    ]);
  });

  test('rows come and go, and each keeps its own key', () => {
    const fewer = withoutRow(firmDraft('99'), 2);
    expect(fewer.rows.map(({ key }) => key)).toEqual([1, 3]);
    expect(withRow(fewer).rows.map(({ key }) => key)).toEqual([1, 3, 4]);
  });
});
