import { replayEvidence, ruleSetText } from '../../../domain/assessment/evidence';
import type { RuleSet } from '../../../domain/assessment/rules';
import { dollars, RULES } from '../story';
import { inputOf, written } from './evidence-input';

/** Goal: the bytes themselves. They are hashed and kept, so not even a space may change. */
test('evidence is this text', () => {
  expect(written(inputOf())).toBe(
    `{
  "format": 1,
  "assessmentId": "a-1",
  "accountId": "c-1",
  "accountVersion": 12,
  "ruleSetVersion": 3,
  "ruleSetHash": "${'ab'.repeat(32)}",
  "rules": {
    "startingUsd": "100000.00",
    "profitTargetUsd": "10000.00",
    "maxDrawdownUsd": "10000.00",
    "dailyLossUsd": "5000.00",
    "riskPerTradeUsd": "10000.00",
    "tradesMin": 0,
    "leverageMax": 5,
    "dayZone": "UTC",
    "dayResetAt": "00:00"
  },
  "at": 1773489600000,
  "account": {
    "cashUsd": "130000.00",
    "tradesClosed": 0,
    "day": "2026-03-14",
    "dayAnchorUsd": "100000.00",
    "positions": [
      {
        "instrument": "BTC-USD",
        "qty": "1",
        "costUsd": "60000.00",
        "realizedUsd": "0.00",
        "feesUsd": "0.00"
      },
      {
        "instrument": "ETH-USD",
        "qty": "-30",
        "costUsd": "-90000.00",
        "realizedUsd": "0.00",
        "feesUsd": "234.00"
      }
    ]
  },
  "quotes": [
    {
      "instrument": "BTC-USD",
      "venue": "kraken",
      "sequence": 7,
      "venueProof": "2439117997",
      "venueAt": 1773489599980,
      "receivedAt": 1773489600000,
      "bid": "59999.9",
      "bidQty": "1000000",
      "ask": "60000",
      "askQty": "1000000"
    },
    {
      "instrument": "ETH-USD",
      "venue": "kraken",
      "sequence": 7,
      "venueProof": "2439117997",
      "venueAt": 1773489599980,
      "receivedAt": 1773489600000,
      "bid": "3000",
      "bidQty": "1000000",
      "ask": "3166.66666667",
      "askQty": "1000000"
    }
  ],
  "judgement": {
    "equityUsd": "94999.899999",
    "balanceUsd": "100000.00",
    "rooms": [
      {
        "rule": "daily_loss",
        "limitUsd": "5000.00",
        "usedUsd": "5000.100001",
        "roomUsd": "-0.100001"
      },
      {
        "rule": "max_drawdown",
        "limitUsd": "10000.00",
        "usedUsd": "5000.100001",
        "roomUsd": "4999.899999"
      },
      {
        "rule": "risk_per_trade",
        "limitUsd": "10000.00",
        "usedUsd": "5234.000001",
        "roomUsd": "4765.999999"
      }
    ],
    "verdict": "failed",
    "brokenRule": "daily_loss"
  }
}`,
  );
});

test('the order in which quotes arrived leaves no trace', () => {
  const { quotes } = inputOf();
  expect(written(inputOf({ quotes: [...quotes].reverse() }))).toBe(written(inputOf()));
});

test('a rule set has one text, whatever the order in which it was put together', () => {
  const { dayResetAt, dayZone, ...rest } = RULES;
  expect(ruleSetText({ dayResetAt, dayZone, ...rest })).toBe(ruleSetText(RULES));
  expect(ruleSetText(RULES)).toBe(
    '{"startingUsd":"100000.00","profitTargetUsd":"10000.00","maxDrawdownUsd":"10000.00","dailyLossUsd":"5000.00",' +
      '"riskPerTradeUsd":"10000.00","tradesMin":0,"leverageMax":5,"dayZone":"UTC","dayResetAt":"00:00"}',
  );
});

test.each<[keyof RuleSet, Partial<RuleSet>]>([
  ['startingUsd', { startingUsd: dollars('100000.000001') }],
  ['profitTargetUsd', { profitTargetUsd: dollars('1') }],
  ['maxDrawdownUsd', { maxDrawdownUsd: dollars('1') }],
  ['dailyLossUsd', { dailyLossUsd: dollars('1') }],
  ['riskPerTradeUsd', { riskPerTradeUsd: dollars('1') }],
  ['tradesMin', { tradesMin: 1 }],
  ['leverageMax', { leverageMax: 1 }],
  ['dayZone', { dayZone: 'Europe/Prague' }],
  ['dayResetAt', { dayResetAt: '00:30' }],
])('another %s is another rule set', (_, change) => {
  expect(ruleSetText({ ...RULES, ...change })).not.toBe(ruleSetText(RULES));
});

/** Goal: what was tampered with is found by deciding again. Each row changes one stored fact of a failed account. */
test.each`
  story                   | from                             | to
  ${'a better price'}     | ${'"ask": "3166.66666667"'}      | ${'"ask": "3000"'}
  ${'more cash'}          | ${'"cashUsd": "130000.00"'}      | ${'"cashUsd": "140000.00"'}
  ${'a smaller position'} | ${'"qty": "-30"'}                | ${'"qty": "-3"'}
  ${'a wider limit'}      | ${'"dailyLossUsd": "5000.00"'}   | ${'"dailyLossUsd": "6000.00"'}
  ${'a lower anchor'}     | ${'"dayAnchorUsd": "100000.00"'} | ${'"dayAnchorUsd": "90000.00"'}
  ${'fees forgotten'}     | ${'"feesUsd": "234.00"'}         | ${'"feesUsd": "0.00"'}
  ${'another verdict'}    | ${'"verdict": "failed"'}         | ${'"verdict": "open"'}
  ${'another reason'}     | ${'"brokenRule": "daily_loss"'}  | ${'"brokenRule": "max_drawdown"'}
  ${'another equity'}     | ${'"equityUsd": "94999.899999"'} | ${'"equityUsd": "95000.00"'}
  ${'one space'}          | ${'"format": 1'}                 | ${'"format":  1'}
`('$story does not replay to the same bytes', ({ from, to }) => {
  const text = written(inputOf());
  expect(text).toContain(from);
  const tampered = text.replace(from, to);
  expect(replayEvidence(tampered)).not.toBe(tampered);
});

test.each`
  story                  | from                                         | to                                           | error
  ${'an unknown format'} | ${'"format": 1'}                             | ${'"format": 2'}                             | ${'evidence format 2 is not known'}
  ${'no decimal'}        | ${'"cashUsd": "130000.00"'}                  | ${'"cashUsd": "1e5"'}                        | ${'1e5 is not a decimal of evidence'}
  ${'a price missing'}   | ${'"instrument": "ETH-USD",\n      "venue"'} | ${'"instrument": "XRP-USD",\n      "venue"'} | ${'evidence holds a price for every position'}
`('$story is refused', ({ from, to, error }) => {
  const text = written(inputOf());
  expect(text).toContain(from);
  expect(() => replayEvidence(text.replace(from, to))).toThrow(error);
});
