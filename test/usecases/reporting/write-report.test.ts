import { balanceOf } from '../../../domain/account/account';
import { replayEvidence } from '../../../domain/assessment/evidence/evidence';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { plusMs } from '../../../domain/kernel/instant';
import { addUsd, sumUsd, ZERO_USD } from '../../../domain/kernel/money';
import { sha256Digest } from '../../../runtime/edge';
import { settleOutcome } from '../../../usecases/judging/settle-outcome';
import type { ReportContent, ReportRenderer } from '../../../usecases/ports/assessments/report-renderer';
import type { ReportStore } from '../../../usecases/ports/assessments/report-store';
import { writeReport } from '../../../usecases/reporting/write-report';
import { memorySettlementStore } from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { memorySettling } from '../../fakes/memory-settling';
import { limitAt, priceOf, rain } from '../../fixtures/open-trading';
import { money, move, NAME, newInbox, openStory, WRITTEN_AT } from '../../fixtures/report-story';
import { BTC, rules, trace } from '../../fixtures/stored-account';
import { tradeForAWeek } from '../../fixtures/traded-week';

const HTML = new TextEncoder().encode('<p>report</p>');
const PDF = new TextEncoder().encode('%PDF');

/** Nothing but the price ends it. */
const LONG = {
  target: null,
  riskPerTrade: {
    limitUsd: money('3000'),
    severity: 'fail',
    stopWithinMs: null,
    stopSeverity: 'fail',
    stopCorrection: null,
    plan: 'unjudged',
    stopMissesToFail: null,
  },
} as const;

/** Keeps what it was asked to show. */
function recorder() {
  const shown: ReportContent[] = [];
  const renderer: ReportRenderer = {
    render: (content) => {
      shown.push(content);
      return { html: HTML, pdf: PDF };
    },
  };
  const last = () => {
    const content = shown.at(-1);
    if (!content) throw new Error('nothing was rendered');
    return content;
  };
  return { renderer, last, shown };
}

/** Long 0.5 BTC from 60,000 until the position has lost 2,000, its fee of 78 included. */
async function failOnRisk() {
  const { renderer, last, shown } = recorder();
  const story = await openStory(renderer);
  await story.trading.order('buy', '0.5');
  await move(story.trading, '57000', 1);
  await move(story.trading, '56156', 1);
  return { story, last, shown };
}

test('a failure is told with the sum that broke the rule, at the price it was judged at', async () => {
  const { story, last } = await failOnRisk();
  await expect(story.write()).resolves.toBe('saved');
  const { judgement, openPositions, summary, evidenceHash, title } = last();
  expect(summary).toMatchObject({ status: 'failed', breach: 'risk_per_trade' });
  expect(judgement.verdict).toEqual({
    kind: 'failed',
    broken: {
      kind: 'limit',
      rule: 'risk_per_trade',
      floorUsd: null,
      limitUsd: money('2000'),
      usedUsd: money('2000'),
      roomUsd: ZERO_USD,
    },
  });
  expect(openPositions).toMatchObject([{ position: { instrument: BTC }, unrealizedUsd: money('-1922') }]);
  expect(title).toBe('Standard assessment, failed on 2026-03-14');
  const kept = story.trading.world.accounts.get(story.trading.accountId)?.verdict;
  expect(evidenceHash).toBe(kept?.evidenceHash);
  expect(replayEvidence(kept?.evidence ?? '')).toBe(kept?.evidence);
});

test('a pass is told with what it asked for, and has its evidence too', async () => {
  const { renderer, last } = recorder();
  const target = { profitUsd: money('1000'), counts: 'realized_flat', closesAll: false } as const;
  const story = await openStory(renderer, { target, activity: { ...rules.activity, tradesMin: 1 } });
  await story.trading.order('buy', '1');
  await move(story.trading, '61500', 0.1);
  await story.trading.order('sell', '1');
  await move(story.trading, '61500', 0.1);
  await story.write();
  const { judgement, evidenceHash, openPositions, performance } = last();
  expect(judgement).toMatchObject({ verdict: { kind: 'passed' }, equityUsd: money('101184.1') });
  expect(judgement.gates.map(({ gate, isMet }) => [gate, isMet])).toEqual([
    ['target_usd', true],
    ['flat_positions', true],
    ['trades', true],
  ]);
  expect(openPositions).toEqual([]);
  expect(evidenceHash).toBe(story.trading.world.accounts.get(story.trading.accountId)?.verdict?.evidenceHash);
  expect(performance).toMatchObject({
    trades: 1,
    wins: 1,
    losses: 0,
    netUsd: money('1184.1'),
    profitFactor: undefined,
  });
});

test('every dollar of a long story is in the report once', async () => {
  const { renderer, last } = recorder();
  const story = await openStory(renderer, LONG);
  await tradeForAWeek(story.trading);
  await story.trading.order('buy', '1.5');
  for (let price = 60_000; (await story.trading.snapshot()).status === 'active'; price -= 500) {
    await move(story.trading, String(price), 1);
  }
  await story.write();
  const { trips, days, openPositions, fees, equity, snapshot, judgement, performance } = last();
  const start = snapshot.rules.startingUsd;
  expect(openPositions).toHaveLength(1);
  expect(addUsd(start, sumUsd(trips.map((trip) => trip.netUsd)))).toBe(balanceOf(snapshot.account));
  expect(days.at(-1)?.balanceUsd).toBe(balanceOf(snapshot.account));
  expect(sumUsd(days.map((day) => day.feesUsd))).toBe(addUsd(fees.takerUsd, fees.makerUsd));
  expect(trips.length).toBe(snapshot.account.tradesClosed);
  expect(performance.trades).toBeGreaterThan(15);
  expect(equity[0]?.equityUsd).toBe(start);
  expect(equity.at(-1)?.equityUsd).toBe(judgement.equityUsd);
  expect(equity.every((sample, n) => n === 0 || sample.at >= (equity[n - 1]?.at ?? 0))).toBe(true);
});

test('fees are told by who waited, and a payout that was corrected counts as it ended', async () => {
  const { renderer, last } = recorder();
  const story = await openStory(renderer, LONG);
  const { trading } = story;
  trading.quote(rain.id, '0.39', '0.40');
  await trading.order('buy', '1000', { instrument: rain.id });
  await trading.order('buy', '0.5', { terms: limitAt('59000') });
  await move(trading, '58000', 0.1);
  const settle = settleOutcome({ ...trading.parts, ...memorySettling(trading.world) });
  for (const payout of ['1', '0']) {
    await settle({ ...trading.command, instrument: rain.id, payout: { kind: 'pays', price: priceOf(payout) } });
  }
  await move(trading, '40000', 0.1);
  await story.write();
  const { fees, settledUsd, trips, days, snapshot } = last();
  const closed = trading.world.accounts.get(trading.accountId)?.fills.at(-1)?.feeUsd ?? money('0');
  expect(fees).toEqual({ takerUsd: addUsd(money('9.6'), closed), makerUsd: money('47.2') });
  expect(settledUsd).toBe(money('-400'));
  expect(trips.map(({ instrument, netUsd }) => [instrument, netUsd])[0]).toEqual([rain.id, money('-409.6')]);
  expect(addUsd(snapshot.rules.startingUsd, sumUsd(trips.map((trip) => trip.netUsd)))).toBe(
    balanceOf(snapshot.account),
  );
  expect(days.at(-1)?.balanceUsd).toBe(balanceOf(snapshot.account));
});

test('the report is told in the account’s order, with the hash of its page', async () => {
  const { story } = await failOnRisk();
  const before = story.trading.events().at(-1)?.accountVersion ?? 0;
  await story.write();
  const [kept] = [...story.trading.world.reports.values()];
  expect(kept?.report).toMatchObject({ createdAt: WRITTEN_AT, sha256: sha256Digest.sha256('<p>report</p>') });
  expect(kept?.documents).toEqual({ html: HTML, pdf: PDF });
  expect(story.trading.events().at(-1)).toMatchObject({
    type: 'report.ready',
    key: story.trading.accountId,
    accountVersion: before + 1,
    correlationId: trace.correlationId,
    data: { reportId: kept?.report.reportId, assessmentStatus: 'failed', sha256: kept?.report.sha256 },
  });
});

test('the same event again writes nothing', async () => {
  const { story } = await failOnRisk();
  const inbox = newInbox();
  await expect(story.write(inbox)).resolves.toBe('saved');
  const events = story.trading.events().length;
  await expect(story.write(inbox)).resolves.toBe('duplicate');
  expect(story.trading.world.reports.size).toBe(1);
  expect(story.trading.events()).toHaveLength(events);
});

test.each`
  story                                    | outcomes                                         | end
  ${'another event of the account'}        | ${['stale', 'saved']}                            | ${'saved'}
  ${'another delivery of the same event'}  | ${['stale', 'duplicate']}                        | ${'duplicate'}
  ${'an account that never comes to rest'} | ${['stale', 'stale', 'stale', 'stale', 'stale']} | ${'5 times'}
`('$story goes first: $end', async ({ outcomes, end }: { outcomes: ('stale' | 'saved')[]; end: string }) => {
  const { story } = await failOnRisk();
  const { renderer, shown } = recorder();
  const left = [...outcomes];
  const save: ReportStore['save'] = async () => left.shift() ?? 'saved';
  const write = writeReport({
    renderer,
    clock: { now: () => WRITTEN_AT },
    digest: sha256Digest,
    assessments: memoryAssessmentStore(story.trading.world),
    settlements: memorySettlementStore(story.trading.world),
    reports: { ...story.reports, save },
    users: { find: async () => undefined },
    ids: { next: <Id extends string>() => '01a00000-0000-7000-8000-000000000000' as Id },
  });
  const written = write({ assessmentId: story.assessmentId, inbox: newInbox(), trace });
  if (end === '5 times') await expect(written).rejects.toThrow(end);
  else await expect(written).resolves.toBe(end);
  expect(shown).toHaveLength(1);
  expect(left).toEqual([]);
});

test.each`
  assessment         | complaint
  ${'one unknown'}   | ${'so it exists'}
  ${'one that runs'} | ${'has ended'}
`('$assessment has no report', async ({ assessment, complaint }: { assessment: string; complaint: string }) => {
  const { renderer } = recorder();
  const story = await openStory(renderer);
  if (assessment === 'one unknown') story.trading.world.accounts.clear();
  await expect(story.write()).rejects.toThrow(complaint);
  expect(story.trading.world.reports.size).toBe(0);
});

test('the deepest drawdown is the one between two samples, and the curve shows it', async () => {
  const { renderer, last } = recorder();
  const story = await openStory(renderer, LONG);
  await story.trading.order('buy', '0.5');
  const { equity } = story.trading.world.accounts.get(story.trading.accountId) ?? { equity: new Map() };
  const sample = (afterMs: number, text: string) => {
    const at = plusMs(story.trading.now(), afterMs);
    equity.set(at, { at, equityUsd: money(text), balanceUsd: money('99922') });
  };
  // One minute of the days has a low, which an even choice of 2,000 of them would leave out.
  for (let minute = 1; minute <= 2_999; minute++) sample(minute * 60_000, '99922');
  sample(1_501 * 60_000 + 20_000, '99767');
  story.trading.later(3_000 * 60_000);
  await move(story.trading, '54000', 1);
  await story.write();
  const { drawdown, equity: drawn, underwater } = last();
  expect(drawdown.deepestUsd).toBe(money('3078'));
  expect(drawn.length).toBeLessThanOrEqual(2_004);
  expect(drawn.map(({ equityUsd }) => equityUsd)).toContain(money('99767'));
  expect(underwater.map(({ equityUsd }) => equityUsd)).toContain(money('-233'));
});

test('a report carries the name that its trader gave for it', async () => {
  const { story, last } = await failOnRisk();
  await story.write();
  expect(last().holderName).toBe(NAME);
});

test('a trade that the platform closed by itself says why', async () => {
  const { renderer, last } = recorder();
  const riskPerTrade = { ...LONG.riskPerTrade, limitUsd: money('150'), stopWithinMs: 60_000, stopSeverity: 'close' };
  const story = await openStory(renderer, { ...LONG, riskPerTrade } as Partial<RuleSet>);
  await story.trading.order('buy', '0.5');
  await move(story.trading, '60000', 1);
  await story.write();
  expect(last().summary).toMatchObject({ status: 'failed', breach: 'risk_per_trade' });
  expect(last().trips).toMatchObject([{ closedFor: 'stop_missing', netUsd: money('-156') }]);
});
