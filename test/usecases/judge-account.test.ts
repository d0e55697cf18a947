import { replayEvidence } from '../../domain/assessment/evidence';
import { parseUsd } from '../../domain/kernel/money';
import { sha256Digest } from '../../runtime/edge';
import { bitcoin } from '../adapters/cockroach/story';
import { openDesk } from './desk';

const DAY_MS = 24 * 3_600_000;

const bought = async (amount: string, changes = {}) => {
  const desk = await openDesk(changes);
  desk.quote(bitcoin.id, '60000', '60000');
  await desk.order('buy', amount);
  return desk;
};

/** Goal: a verdict falls exactly where the rules say, once, with evidence that can be decided again. */
describe('judging', () => {
  test('an account with room goes on and writes nothing', async () => {
    const desk = await bought('0.5');
    const judged = await desk.judge();
    expect([judged.outcome, (await desk.snapshot()).version]).toEqual(['open', 3]);
  });

  test('a breach is a violation, then a failed assessment, with the evidence and its hash', async () => {
    const desk = await bought('0.5', { riskPerTradeUsd: parseUsd('50000') });
    desk.quote(bitcoin.id, '50156.00', '50157'); // 100,000 − 78 fee − 4,922 = the floor of the day, exactly.
    expect((await desk.judge()).outcome).toBe('failed');
    expect(
      desk
        .events()
        .slice(3)
        .map(({ type, accountVersion }) => `${accountVersion} ${type}`),
    ).toEqual(['4 rules.violation-detected', '5 assessment.abandoned']);
    const verdict = desk.world.accounts.get(desk.accountId)?.verdict;
    expect(verdict?.violation?.rule).toBe('daily_loss');
    expect(verdict?.evidenceHash).toBe(sha256Digest.sha256(verdict?.evidence ?? ''));
    expect(replayEvidence(verdict?.evidence ?? '')).toBe(verdict?.evidence);
  });

  test('one cent above the floor goes on', async () => {
    const desk = await bought('0.5', { riskPerTradeUsd: parseUsd('50000') });
    desk.quote(bitcoin.id, '50156.02', '50157');
    expect((await desk.judge()).outcome).toBe('open');
  });

  test('a verdict is final: later prices change nothing', async () => {
    const desk = await bought('0.5');
    desk.quote(bitcoin.id, '40000', '40001');
    await desk.judge();
    const settled = await desk.snapshot();
    desk.quote(bitcoin.id, '90000', '90001');
    expect([(await desk.judge()).outcome, await desk.snapshot()]).toEqual(['closed', settled]);
  });

  test('a position without a fresh price is not judged', async () => {
    const desk = await bought('0.5');
    desk.quote(bitcoin.id, '100', '101', 'stale');
    expect((await desk.judge()).outcome).toBe('unpriced');
    desk.quote(bitcoin.id, '100', '101');
    desk.later(10_001);
    expect((await desk.judge()).outcome).toBe('unpriced');
  });

  test('the target counts only when flat and with the trades complete', async () => {
    const desk = await bought('1', { tradesMin: 2, profitTargetUsd: parseUsd('3000') });
    desk.quote(bitcoin.id, '65000', '65000');
    expect((await desk.judge()).outcome).toBe('open');
    await desk.order('sell', '1');
    expect((await desk.judge()).outcome).toBe('open');
    await desk.order('buy', '0.01');
    await desk.order('sell', '0.01');
    expect((await desk.judge()).outcome).toBe('passed');
    expect(desk.events().at(-1)?.type).toBe('assessment.completed');
    const evidence = desk.world.accounts.get(desk.accountId)?.verdict?.evidence ?? '';
    expect(replayEvidence(evidence)).toBe(evidence);
  });

  test('evidence that was touched does not replay to itself', async () => {
    const desk = await bought('0.5');
    desk.quote(bitcoin.id, '40000', '40001');
    await desk.judge();
    const evidence = desk.world.accounts.get(desk.accountId)?.verdict?.evidence ?? '';
    const touched = evidence.replace('"bid": "40000"', '"bid": "59000"');
    expect(touched).not.toBe(evidence);
    expect(replayEvidence(touched)).not.toBe(touched);
  });

  test('a new day forgives yesterday, and a loss carried over midnight counts from the balance', async () => {
    const desk = await bought('0.5', { dailyLossUsd: parseUsd('5000'), riskPerTradeUsd: parseUsd('50000') });
    desk.later(DAY_MS);
    desk.quote(bitcoin.id, '50160', '50161');
    const judged = await desk.judge();
    expect(judged.outcome).toBe('open');
    expect(desk.events().at(-1)?.type).toBe('assessment.day-opened');
    desk.quote(bitcoin.id, '50000', '50001');
    expect((await desk.judge()).outcome).toBe('failed');
  });
});
