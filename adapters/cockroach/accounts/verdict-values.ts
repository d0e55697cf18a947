import type { Broken } from '../../../domain/assessment/judging/judgement';
import { isoText } from '../../../domain/kernel/instant';
import { formatUsd } from '../../../domain/kernel/money';
import type { AccountChange, AccountSnapshot } from '../../../usecases/ports/accounts/account-store';

const VERDICT_VALUES = 5;
const VIOLATION_VALUES = 5;
const EQUITY_VALUES = 3;
const AUDIT_VALUES = 5;

/** Parameters of a part of a statement that writes nothing this time. */
export const absent = (count: number): readonly null[] => new Array<null>(count).fill(null);

/** Verdict, violation, equity point and audit of a change, in the order of save-account.sql.ts. */
export function verdictValues(snapshot: AccountSnapshot, change: AccountChange): readonly unknown[] {
  const { verdict, equityPoint, status } = change;
  const violation = verdict?.violation;
  return [
    ...(verdict
      ? [status, isoText(verdict.at), verdict.equityUsd, verdict.evidence, verdict.evidenceHash]
      : absent(VERDICT_VALUES)),
    ...(violation ? [violation.violationId, ...brokenValues(violation.broken)] : absent(VIOLATION_VALUES)),
    ...(equityPoint ? [isoText(equityPoint.at), equityPoint.equityUsd, equityPoint.balanceUsd] : absent(EQUITY_VALUES)),
    ...auditValues(snapshot, change),
  ];
}

const brokenValues = (broken: Broken): readonly unknown[] =>
  broken.kind === 'deadline'
    ? [broken.rule, null, null, isoText(broken.dueAt)]
    : [broken.rule, broken.limitUsd, broken.usedUsd, null];

/** A verdict is the system's act: who, what, about which assessment, and by which evidence. */
function auditValues({ assessmentId }: AccountSnapshot, change: AccountChange): readonly unknown[] {
  const { verdict, status } = change;
  const cause = change.messages.at(-1);
  if (!verdict || !cause) return absent(AUDIT_VALUES);
  const { equityUsd, evidenceHash, violation } = verdict;
  const detail = { equityUsd: formatUsd(equityUsd), evidenceHash, ...(violation && { rule: violation.broken.rule }) };
  return [cause.eventId, `assessment.${status}`, assessmentId, JSON.stringify(detail), cause.correlationId];
}
