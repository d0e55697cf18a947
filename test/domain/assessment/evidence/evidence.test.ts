import { replayEvidence, ruleSetText } from '../../../../domain/assessment/evidence/evidence';
import { plusMs } from '../../../../domain/kernel/instant';
import { ppm } from '../../../../domain/kernel/money';
import { changedStanding, dollars, RULES } from '../../../fixtures/domain-story';
import { inputOf, written } from './evidence-input';
import { EVIDENCE } from './evidence-text';

test('evidence is this text, to the byte', () => {
  expect(written(inputOf())).toBe(EVIDENCE);
  expect(replayEvidence(EVIDENCE)).toBe(EVIDENCE);
});

test('the order in which quotes arrived, or warnings were given, leaves no trace', () => {
  const { quotes, account } = inputOf();
  expect(written(inputOf({ quotes: [...quotes].reverse() }))).toBe(written(inputOf()));
  const warned = (record: Record<string, number>) =>
    written(inputOf({ account: { ...account, standing: { ...account.standing, warned: record } } }));
  expect(warned({ daily_loss: 50, max_drawdown: 80 })).toBe(warned({ max_drawdown: 80, daily_loss: 50 }));
  expect(warned({ max_drawdown: 80, daily_loss: 50 })).toMatch(/"daily_loss": 50,\s+"max_drawdown": 80/);
});

test('deadlines stand in evidence with their instants', () => {
  const { rules, account } = inputOf();
  const timed = inputOf({ rules: { ...rules, activity: { ...rules.activity, timeLimitDays: 30 } } });
  const dueAt = plusMs(account.standing.startedAt, 30 * 86_400_000);
  expect(JSON.parse(written(timed)).judgement.deadlines).toEqual([{ rule: 'time_limit', dueAt }]);
});

test('a share that failed in place of a pass is decided again to the same bytes', () => {
  const { rules, account } = inputOf();
  const consistency = { shareMax: ppm(500_000n), of: 'net', per: 'trade', severity: 'fail' } as const;
  const standing = changedStanding(account.standing, { bestTradeUsd: dollars('6000') });
  const text = written(
    inputOf({
      rules: { ...rules, dailyLoss: null, consistency },
      account: { ...account, cashUsd: dollars('110000'), dayAnchorUsd: dollars('100000'), positions: [], standing },
      quotes: [],
    }),
  );
  expect(JSON.parse(text).judgement).toMatchObject({ verdict: 'failed', brokenRule: 'consistency' });
  expect(replayEvidence(text)).toBe(text);
  const tampered = text.replace('"bestTradeUsd": "6000.00"', '"bestTradeUsd": "5000.00"');
  expect(replayEvidence(tampered)).not.toBe(tampered);
});

test('a rule set has one text, whatever the order in which it was put together', () => {
  const { dayResetAt, dayZone, ...rest } = RULES;
  expect(ruleSetText({ dayResetAt, dayZone, ...rest })).toBe(ruleSetText(RULES));
  expect(ruleSetText(RULES)).toBe(
    '{"startingUsd":"100000.00","target":{"profitUsd":"10000.00","counts":"realized_flat","closesAll":false},' +
      '"maxLoss":{"mode":"static","width":{"kind":"usd","usd":"10000.00"},"trails":"balance","testedOn":"equity",' +
      '"lockUsd":null,"payoutEffect":"none"},"dailyLoss":{"anchor":"balance","width":{"kind":"usd","usd":"5000.00"},' +
      '"severity":"fail","gainCapUsd":null},"riskPerTrade":{"limitUsd":"10000.00","severity":"fail",' +
      '"stopWithinMs":null,"stopSeverity":"fail","stopCorrection":null},"openLoss":null,"exposure":{"leverageMax":5,"positionsMax":null,' +
      '"positionUsdMax":null,"eventUsdMax":null,"categoryUsdMax":null,"netsOutcomes":false,' +
      '"allowsBothOutcomes":true,"outcomePriceMin":"0","outcomePriceMax":"1","liquidityUsdMin":null,"leverageOf":[]},' +
      '"activity":{"tradesMin":0,"tradeHeldMsMin":0,"daysMin":0,"dayCountsIf":"opened","dayGainUsd":"0.00",' +
      '"inactivityDays":null,"timeLimitDays":null,"daySizeShareMin":"0","shortWins":"count"},"consistency":null,' +
      '"conduct":{"weekend":"allowed","news":null,"hedgeSignalAfterMs":null,"reverseSignalWithinMs":null,' +
      '"copySignal":null},"execution":{"restingFills":"through","latencyMs":0,"liquidityShared":"all","levelShareMax":"1",' +
      '"volumeShareMax":null},"touch":"breach","touchMs":0,"dayZone":"UTC",' +
      '"dayResetAt":"00:00"}',
  );
});

/** As it stands in the evidence of the story. */
const EXECUTION = `"execution": {
      "restingFills": "through",
      "liquidityShared": "all",
      "levelShareMax": "1",
      "volumeShareMax": null
    }`;

/** Goal: what was tampered with is found by deciding again. Each row changes one stored fact of a failed account. */
test.each`
  story                   | from                                   | to
  ${'a better price'}     | ${'"ask": "3166.66666667"'}            | ${'"ask": "3000"'}
  ${'more cash'}          | ${'"cashUsd": "130000.00"'}            | ${'"cashUsd": "140000.00"'}
  ${'a smaller position'} | ${'"qty": "-30"'}                      | ${'"qty": "-3"'}
  ${'a wider limit'}      | ${'"usd": "5000.00"'}                  | ${'"usd": "6000.00"'}
  ${'a lower anchor'}     | ${'"dayAnchorUsd": "100000.00"'}       | ${'"dayAnchorUsd": "90000.00"'}
  ${'a lower mark'}       | ${'"highWaterUsd": "100000.00"'}       | ${'"highWaterUsd": "90000.00"'}
  ${'a kinder severity'}  | ${'"severity": "fail",\n      "gainC'} | ${'"severity": "pause",\n      "gainC'}
  ${'a moved touch'}      | ${'"at": 1773489600000,\n  "account"'} | ${'"at": 17734896e5,\n  "account"'}
  ${'fees forgotten'}     | ${'"feesUsd": "234.00"'}               | ${'"feesUsd": "0.00"'}
  ${'another verdict'}    | ${'"verdict": "failed"'}               | ${'"verdict": "open"'}
  ${'another reason'}     | ${'"brokenRule": "daily_loss"'}        | ${'"brokenRule": "max_drawdown"'}
  ${'another equity'}     | ${'"equityUsd": "94999.899999"'}       | ${'"equityUsd": "95000.00"'}
  ${'another sum'}        | ${'"value": "-0.100001"'}              | ${'"value": "0.00"'}
  ${'a fact added'}       | ${'"warned": {}'}                      | ${'"warned": {},\n      "note": "x"'}
  ${'one space'}          | ${'"format": 2'}                       | ${'"format":  2'}
`('$story does not replay to the same bytes', ({ from, to }) => {
  expect(EVIDENCE).toContain(from);
  const tampered = EVIDENCE.replace(from, to);
  expect(replayEvidence(tampered)).not.toBe(tampered);
});

test.each`
  story                    | from                                                                                  | to                       | error
  ${'an unknown format'}   | ${'"format": 2'}                                                                      | ${'"format": 1'}         | ${'evidence format 1 is not known'}
  ${'no decimal'}          | ${'"cashUsd": "130000.00"'}                                                           | ${'"cashUsd": "1e5"'}    | ${'1e5 is not a decimal'}
  ${'a number for one'}    | ${'"cashUsd": "130000.00"'}                                                           | ${'"cashUsd": 130000'}   | ${'130000 is not a decimal'}
  ${'a text for a number'} | ${'"tradesClosed": 0'}                                                                | ${'"tradesClosed": "0"'} | ${'0 is not a number'}
  ${'a text for a flag'}   | ${'"isPaused": false'}                                                                | ${'"isPaused": "no"'}    | ${'no is not a boolean'}
  ${'a count for a text'}  | ${'"dayZone": "UTC"'}                                                                 | ${'"dayZone": 0'}        | ${'0 is not a string'}
  ${'no list'}             | ${'"warned": {}'}                                                                     | ${'"warned": 7'}         | ${'7 is not a record'}
  ${'no record'}           | ${'"terms": {\n          "type": "stop",\n          "stopPrice": "50000"\n        }'} | ${'"terms": null'}       | ${'null is not a type'}
  ${'a null for counts'}   | ${'"warned": {}'}                                                                     | ${'"warned": null'}      | ${'null is not a record'}
  ${'a null for a record'} | ${EXECUTION}                                                                          | ${'"execution": null'}   | ${'null is not a record'}
  ${'a name for a record'} | ${'"terms": {\n          "type": "stop",\n          "stopPrice": "50000"\n        }'} | ${'"terms": "stop"'}     | ${'stop is not a record'}
  ${'an unknown kind'}     | ${'"kind": "usd"'}                                                                    | ${'"kind": "eur"'}       | ${'eur is not a kind'}
  ${'a missing part'}      | ${EXECUTION}                                                                          | ${'"execution": 3'}      | ${'3 is not a record'}
  ${'a side left out'}     | ${'"lastBid": null'}                                                                  | ${'"firstBid": null'}    | ${'undefined is not a record'}
`('$story is refused', ({ from, to, error }) => {
  expect(EVIDENCE).toContain(from);
  expect(() => replayEvidence(EVIDENCE.replace(from, to))).toThrow(error);
});

test('lists must be lists', () => {
  const stored = JSON.parse(EVIDENCE);
  expect(() => replayEvidence(JSON.stringify({ ...stored, quotes: {} }))).toThrow('is not a list');
});
