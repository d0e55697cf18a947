import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { type AssessmentId, idOf, type UserId, type ViolationId } from '../../../domain/kernel/ids';
import { type Instant, plusMs } from '../../../domain/kernel/instant';
import { formatUsd, price, qty, sumUsd } from '../../../domain/kernel/money';
import type { CandlePart } from '../../../domain/market/candles/candle';
import { sha256Digest } from '../../../runtime/edge';
import { readEvidence, readEvidencePath, readEvidenceTrades } from '../../../usecases/judging/read-evidence';
import { replayVerdict } from '../../../usecases/judging/replay-verdict';
import { memorySettlementStore } from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { openTrading, type Trading } from '../../fixtures/open-trading';
import { bitcoin, dollars, NOW, rules } from '../../fixtures/stored-account';

const MINUTE_MS = 60_000;

async function failed() {
  const trading = await openTrading({ riskPerTrade: null });
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '1');
  trading.quote(bitcoin.id, '50000', '50001');
  await trading.judge();
  return trading;
}

async function passed() {
  const target = { profitUsd: dollars(1_000), counts: 'realized_flat', closesAll: false } as const;
  const changes: Partial<RuleSet> = { riskPerTrade: null, target, activity: { ...rules.activity, tradesMin: 1 } };
  const trading = await openTrading(changes);
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '1');
  trading.quote(bitcoin.id, '65000', '65001');
  await trading.order('sell', '1');
  await trading.judge();
  return trading;
}

const running = () => openTrading();

const partsOf = (trading: Trading) => ({
  assessments: memoryAssessmentStore(trading.world),
  settlements: memorySettlementStore(trading.world),
  digest: sha256Digest,
});

/** Goal: the proof of a verdict is its trader's to read, byte for byte, and anybody's to check. */
test.each`
  story        | end
  ${'failure'} | ${failed}
  ${'pass'}    | ${passed}
`('the evidence of a $story is read by its trader, replays to itself, and is nobody else’s', async ({ end }) => {
  const trading: Trading = await end();
  const parts = partsOf(trading);
  const found = await readEvidence(parts)(trading.assessmentId, trading.userId);
  if (!found.ok) throw new Error(found.refusal);
  const { evidence, evidenceHash, at } = found.value;
  expect([sha256Digest.sha256(evidence), at]).toEqual([evidenceHash, NOW]);
  const replay = await replayVerdict(parts)(trading.assessmentId);
  expect(replay).toMatchObject({ ok: true, value: { isEqual: true, stored: evidence, replayed: evidence } });
  const stranger = await readEvidence(parts)(trading.assessmentId, idOf<UserId>('x'));
  expect(stranger).toMatchObject({ ok: false, refusal: 'evidence_unknown' });
});

test('a failure is replayed by its violation too', async () => {
  const trading = await failed();
  const violationId = trading.world.accounts.get(trading.accountId)?.verdict?.violation?.violationId;
  const replay = await replayVerdict(partsOf(trading))(violationId ?? idOf<ViolationId>('none'));
  expect(replay).toMatchObject({ ok: true, value: { isEqual: true } });
});

test.each`
  touched                 | change
  ${'a price'}            | ${{ from: '"bid": "50000"', to: '"bid": "59000"' }}
  ${'the sum'}            | ${{ from: '"verdict": "failed"', to: '"verdict": "passed"' }}
  ${'nothing but a line'} | ${{ from: '\n', to: '\n\n' }}
`('evidence of which $touched was touched is told from what was decided', async ({ change }) => {
  const trading = await failed();
  const kept = trading.world.accounts.get(trading.accountId);
  if (!kept?.verdict) throw new Error('failed above');
  const evidence = kept.verdict.evidence.replace(change.from, change.to);
  expect(evidence).not.toBe(kept.verdict.evidence);
  kept.verdict = { ...kept.verdict, evidence };
  const replay = await replayVerdict(partsOf(trading))(trading.assessmentId);
  expect(replay).toMatchObject({ ok: true, value: { isEqual: false } });
});

test('evidence that replays, but under another hash, is not what was stored', async () => {
  const trading = await failed();
  const kept = trading.world.accounts.get(trading.accountId);
  if (!kept?.verdict) throw new Error('failed above');
  kept.verdict = { ...kept.verdict, evidenceHash: 'ab'.repeat(32) };
  const replay = await replayVerdict(partsOf(trading))(trading.assessmentId);
  expect(replay).toMatchObject({ ok: true, value: { isEqual: false } });
});

test('an assessment that runs has none', async () => {
  const trading = await running();
  const parts = partsOf(trading);
  expect(await readEvidence(parts)(trading.assessmentId, trading.userId)).toMatchObject({
    refusal: 'evidence_unknown',
  });
  expect(await replayVerdict(parts)(idOf<AssessmentId>('x'))).toMatchObject({ refusal: 'evidence_unknown' });
});

test('the prices around a verdict are the minutes of an hour before and after it', async () => {
  const trading = await failed();
  const minutes = [-61, -60, -1, 0, 59, 60, 61];
  const flat = { open: price(1n), high: price(1n), low: price(1n), close: price(1n) };
  const minute = (at: Instant, source: CandlePart['source']): CandlePart => ({
    at,
    source,
    prices: { ...flat, openAt: at, closeAt: at },
    volume: qty(0n),
    trades: 0,
    isWhole: source === 'venue',
  });
  const read = readEvidencePath({
    ...partsOf(trading),
    candles: {
      newest: async (_, { from, to }) => {
        const starts = minutes.map((each) => plusMs(NOW, each * MINUTE_MS)).filter((at) => at >= from && at < to);
        // What the venue tells of its past stands beside the marks, and before there were any.
        const told = [minute(plusMs(NOW, -30 * MINUTE_MS), 'venue'), minute(plusMs(NOW, -MINUTE_MS), 'venue')];
        return [...starts.map((at) => minute(at, 'mark')), ...told];
      },
    },
  });
  const path = await read(trading.assessmentId, trading.userId);
  if (!path.ok) throw new Error(path.refusal);
  expect(path.value.at).toBe(NOW);
  const told = path.value.instruments.map(({ instrument, candles }) => [
    instrument,
    candles.map(({ at, source }) => `${(at - NOW) / MINUTE_MS} ${source}`),
  ]);
  expect(told).toEqual([[bitcoin.id, ['-60 mark', '-1 mark', '0 mark', '59 mark', '60 mark']]]);
  expect(await read(trading.assessmentId, idOf<UserId>('x'))).toMatchObject({ ok: false, refusal: 'evidence_unknown' });
});

/** Loses more than a position may with one that is closed when the rules judge: nothing is held at the verdict. */
async function failedAfterClosing() {
  const trading = await openTrading();
  trading.quote(bitcoin.id, '60000', '60000');
  await trading.order('buy', '0.1');
  await trading.order('sell', '0.1');
  await trading.order('buy', '1');
  trading.quote(bitcoin.id, '58200', '58201');
  await trading.order('sell', '1');
  await trading.judge();
  return trading;
}

/** Goal: a verdict on a trade that is closed can be done again with the fills of that trade alone. */
test('the trades that a verdict stands on are told with their fills, and none of what the platform closed after it', async () => {
  const trading = await failedAfterClosing();
  expect((await trading.snapshot()).status).toBe('failed');
  const read = readEvidenceTrades(partsOf(trading));
  const found = await read(trading.assessmentId, trading.userId);
  if (!found.ok) throw new Error(found.refusal);
  const told = found.value.map(({ trip, moves }) => {
    const cash = sumUsd(moves.map(({ cashUsd }) => cashUsd));
    const fees = sumUsd(moves.map(({ feeUsd }) => feeUsd));
    return `${formatUsd(trip.netUsd)} = ${formatUsd(cash)} − ${formatUsd(fees)}`;
  });
  expect(told).toEqual(['-2107.32 = -1800.00 − 307.32', '-31.20 = 0.00 − 31.20']);
  expect(await read(trading.assessmentId, idOf<UserId>('x'))).toMatchObject({ ok: false, refusal: 'evidence_unknown' });
});

test('of what the platform closes after the verdict nothing is told', async () => {
  const trading = await failed();
  expect((await trading.snapshot()).account.positions).toEqual([]);
  expect(await readEvidenceTrades(partsOf(trading))(trading.assessmentId, trading.userId)).toEqual({
    ok: true,
    value: [],
  });
});

test('prices are shown of what was traded lately, where nothing is held any more', async () => {
  const trading = await failedAfterClosing();
  const read = readEvidencePath({ ...partsOf(trading), candles: { newest: async () => [] } });
  const path = await read(trading.assessmentId, trading.userId);
  expect(path.ok && path.value.instruments.map(({ instrument }) => instrument)).toEqual([bitcoin.id]);
});
