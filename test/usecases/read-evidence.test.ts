import type { RuleSet } from '../../domain/assessment/rules';
import { type AssessmentId, idOf, type UserId, type ViolationId } from '../../domain/kernel/ids';
import { instant, plusMs } from '../../domain/kernel/instant';
import { price } from '../../domain/kernel/money';
import { sha256Digest } from '../../runtime/edge';
import { readEvidence, readEvidencePath } from '../../usecases/read-evidence';
import { replayVerdict } from '../../usecases/replay-verdict';
import { bitcoin, dollars, NOW, rules } from '../adapters/cockroach/story';
import { memoryAssessmentStore } from '../fakes/memory-assessment-store';
import { openDesk, type TradingDesk } from './desk';

const MINUTE_MS = 60_000;

async function failed() {
  const desk = await openDesk({ riskPerTrade: null });
  desk.quote(bitcoin.id, '60000', '60000');
  await desk.order('buy', '1');
  desk.quote(bitcoin.id, '50000', '50001');
  await desk.judge();
  return desk;
}

async function passed() {
  const target = { profitUsd: dollars(1_000), counts: 'realized_flat', closesAll: false } as const;
  const changes: Partial<RuleSet> = { riskPerTrade: null, target, activity: { ...rules.activity, tradesMin: 1 } };
  const desk = await openDesk(changes);
  desk.quote(bitcoin.id, '60000', '60000');
  await desk.order('buy', '1');
  desk.quote(bitcoin.id, '65000', '65001');
  await desk.order('sell', '1');
  await desk.judge();
  return desk;
}

const running = () => openDesk();

const partsOf = (desk: TradingDesk) => ({ assessments: memoryAssessmentStore(desk.world), digest: sha256Digest });

/** Goal: the proof of a verdict is its trader's to read, byte for byte, and anybody's to check. */
test.each`
  story        | end
  ${'failure'} | ${failed}
  ${'pass'}    | ${passed}
`('the evidence of a $story is read by its trader, replays to itself, and is nobody else’s', async ({ end }) => {
  const desk: TradingDesk = await end();
  const parts = partsOf(desk);
  const found = await readEvidence(parts)(desk.assessmentId, desk.userId);
  if (!found.ok) throw new Error(found.refusal);
  const { evidence, evidenceHash, at } = found.value;
  expect([sha256Digest.sha256(evidence), at]).toEqual([evidenceHash, NOW]);
  const replay = await replayVerdict(parts)(desk.assessmentId);
  expect(replay).toMatchObject({ ok: true, value: { isEqual: true, stored: evidence, replayed: evidence } });
  const stranger = await readEvidence(parts)(desk.assessmentId, idOf<UserId>('x'));
  expect(stranger).toMatchObject({ ok: false, refusal: 'evidence_unknown' });
});

test('a failure is replayed by its violation too', async () => {
  const desk = await failed();
  const violationId = desk.world.accounts.get(desk.accountId)?.verdict?.violation?.violationId;
  const replay = await replayVerdict(partsOf(desk))(violationId ?? idOf<ViolationId>('none'));
  expect(replay).toMatchObject({ ok: true, value: { isEqual: true } });
});

test.each`
  touched                 | change
  ${'a price'}            | ${{ from: '"bid": "50000"', to: '"bid": "59000"' }}
  ${'the sum'}            | ${{ from: '"verdict": "failed"', to: '"verdict": "passed"' }}
  ${'nothing but a line'} | ${{ from: '\n', to: '\n\n' }}
`('evidence of which $touched was touched is told from what was decided', async ({ change }) => {
  const desk = await failed();
  const kept = desk.world.accounts.get(desk.accountId);
  if (!kept?.verdict) throw new Error('failed above');
  const evidence = kept.verdict.evidence.replace(change.from, change.to);
  expect(evidence).not.toBe(kept.verdict.evidence);
  kept.verdict = { ...kept.verdict, evidence };
  const replay = await replayVerdict(partsOf(desk))(desk.assessmentId);
  expect(replay).toMatchObject({ ok: true, value: { isEqual: false } });
});

test('evidence that replays, but under another hash, is not what was stored', async () => {
  const desk = await failed();
  const kept = desk.world.accounts.get(desk.accountId);
  if (!kept?.verdict) throw new Error('failed above');
  kept.verdict = { ...kept.verdict, evidenceHash: 'ab'.repeat(32) };
  const replay = await replayVerdict(partsOf(desk))(desk.assessmentId);
  expect(replay).toMatchObject({ ok: true, value: { isEqual: false } });
});

test('an assessment that runs has none', async () => {
  const desk = await running();
  const parts = partsOf(desk);
  expect(await readEvidence(parts)(desk.assessmentId, desk.userId)).toMatchObject({ refusal: 'evidence_unknown' });
  expect(await replayVerdict(parts)(idOf<AssessmentId>('x'))).toMatchObject({ refusal: 'evidence_unknown' });
});

test('the prices around a verdict are the minutes of an hour before and after it', async () => {
  const desk = await failed();
  const minutes = [-61, -60, -1, 0, 59, 60, 61];
  const flat = price(1n);
  const latest = async () =>
    minutes.map((minute) => ({
      at: instant(plusMs(NOW, minute * MINUTE_MS)),
      ...{ open: flat, high: flat, low: flat, close: flat },
    }));
  const read = readEvidencePath({ ...partsOf(desk), candles: { latest } });
  const path = await read(desk.assessmentId, desk.userId);
  if (!path.ok) throw new Error(path.refusal);
  expect(path.value.at).toBe(NOW);
  const told = path.value.instruments.map(({ instrument, candles }) => [
    instrument,
    candles.map(({ at }) => (at - NOW) / MINUTE_MS),
  ]);
  expect(told).toEqual([[bitcoin.id, [-60, -1, 0, 59, 60]]]);
  expect(await read(desk.assessmentId, idOf<UserId>('x'))).toMatchObject({ ok: false, refusal: 'evidence_unknown' });
});
