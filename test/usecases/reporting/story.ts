import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import type { EventId } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { parseUsd } from '../../../domain/kernel/money';
import { sha256Digest, uuidIds } from '../../../runtime/edge';
import type { ReportRenderer } from '../../../usecases/ports/assessments/report-renderer';
import type { Inbox } from '../../../usecases/ports/events/outbox';
import { writeReport } from '../../../usecases/reporting/write-report';
import { BTC, NOW, trace } from '../../adapters/cockroach/story';
import { memorySettlementStore } from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { memoryReportStore } from '../../fakes/memory-report-store';
import { openTrading, type Trading } from '../trading/trading-parts';

const HOUR_MS = 3_600_000;

export const WRITTEN_AT = instant(NOW + 30 * 24 * HOUR_MS);

/** What a name may hold: a mark-up of its own, letters of two alphabets. */
export const NAME = 'Zoë <b>O’Neil</b> & Sons';

export const newInbox = (): Inbox => ({ consumer: 'write-report', eventId: uuidIds.next<EventId>() });

export const money = (text: string) => {
  const amount = parseUsd(text);
  if (amount === undefined) throw new Error(`${text} is not money`);
  return amount;
};

export type Desk = Trading;

/** Opens a desk at 60,000 and hands it over with what writes its report. */
export async function openStory(renderer: ReportRenderer, rules: Partial<RuleSet> = {}) {
  const desk = await openTrading(rules);
  desk.quote(BTC, '60000', '60000');
  const reports = memoryReportStore(desk.world);
  const write = writeReport({
    assessments: memoryAssessmentStore(desk.world),
    settlements: memorySettlementStore(desk.world),
    reports,
    users: { find: async (userId) => ({ userId, email: 'a@b.c', displayName: NAME, roles: [] }) },
    renderer,
    clock: { now: () => WRITTEN_AT },
    ids: uuidIds,
    digest: sha256Digest,
  });
  const { assessmentId, userId } = (await desk.snapshot()) satisfies { assessmentId: string };
  return {
    desk,
    reports,
    userId,
    assessmentId,
    write: (inbox: Inbox = newInbox()) => write({ assessmentId, inbox, trace }),
  };
}

/** Moves the market and samples the account's equity there, as the risk-engine does. */
export async function move(desk: Desk, price: string, afterHours: number): Promise<void> {
  desk.later(afterHours * HOUR_MS);
  desk.quote(BTC, price, price);
  const judged = await desk.judge();
  if (!('judgement' in judged)) return;
  const { equityUsd, balanceUsd } = judged.judgement;
  const at = desk.now();
  desk.world.accounts.get(desk.accountId)?.equity.set(at, { at, equityUsd, balanceUsd });
}
