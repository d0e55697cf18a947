import { type AccountId, type AssessmentId, idOf } from '../../domain/kernel/ids';
import { type ReplayedAccount, replayAccount } from '../events/replay-account';
import { replayLetters } from '../events/replay-letters';
import type { GrantRole, GrantRoleParts } from '../identity/grant-role';
import { grantRole } from '../identity/grant-role';
import { replayVerdict } from '../judging/replay-verdict';
import type { AccountJournal } from '../ports/accounts/account-journal';
import type { AccountStore } from '../ports/accounts/account-store';
import type { AssessmentStore } from '../ports/assessments/assessment-store';
import type { Digest } from '../ports/clock-and-ids';
import type { DeadLetters, KeptLetter, LetterPublisher } from '../ports/events/outbox';
import type { UnreadableFrame, UnreadableFrames } from '../ports/market-data/unreadable-frames';
import type { AuditLog } from '../ports/operations/audit';

export type OperateParts = GrantRoleParts & {
  readonly audit: AuditLog;
  readonly letters: DeadLetters;
  readonly publisher: () => Promise<LetterPublisher>;
  readonly unreadable: Pick<UnreadableFrames, 'latest'>;
  readonly assessments: Pick<AssessmentStore, 'evidence'>;
  readonly accounts: Pick<AccountStore, 'load'>;
  readonly journal: AccountJournal;
  readonly digest: Digest;
  readonly wait: () => Promise<void>;
  readonly attemptsMax: number;
};

/** What an operator may ask for; `contracts/operations` has its shape on the wire. */
export type Operation =
  | { readonly command: 'grant-role'; readonly email: string; readonly role: GrantRole['role'] }
  | { readonly command: 'list-letters' }
  | { readonly command: 'show-letter'; readonly id: string }
  | { readonly command: 'replay-letters'; readonly key: string }
  | { readonly command: 'list-unreadable'; readonly venue: string }
  | { readonly command: 'replay-verdict' | 'replay-account'; readonly id: string };

export type Operated =
  | { readonly outcome: 'refused'; readonly field: string; readonly rule: string }
  | { readonly outcome: 'granted'; readonly roles: readonly string[] }
  | { readonly outcome: 'letters'; readonly letters: readonly KeptLetter[] }
  | { readonly outcome: 'letter'; readonly letter: KeptLetter }
  | {
      readonly outcome: 'replayed';
      readonly released: readonly KeptLetter[];
      readonly stuck: readonly KeptLetter[];
      readonly isMore: boolean;
    }
  | { readonly outcome: 'unreadable'; readonly frames: readonly UnreadableFrame[] }
  | {
      readonly outcome: 'verdict';
      readonly isEqual: boolean;
      readonly replayed: string;
      readonly storedHash: string;
      readonly replayedHash: string;
    }
  | ({ readonly outcome: 'account' } & ReplayedAccount);

/** As many as an answer of the function has room for. */
const FRAMES_MAX = 100;

/** Who asks, as he says, and the id under which the account's trail keeps who it was. */
export type Operator = { readonly by: string; readonly requestId: string; readonly isTimeUp: () => boolean };

/**
 * Does what an operator asks for. What is asked is in the audit log before anything is done, also where it fails:
 * nothing is done that could not be recorded.
 */
export const operate =
  (parts: OperateParts) =>
  async (operation: Operation, operator: Operator): Promise<Operated> => {
    const { command } = operation;
    await parts.audit.record({
      auditId: parts.ids.next<string>(),
      at: parts.clock.now(),
      actor: 'operator',
      action: `operate.${command}`,
      subject: subjectOf(operation),
      detail: { by: operator.by, ...(operation.command === 'grant-role' && { role: operation.role }) },
      correlationId: operator.requestId,
    });
    switch (operation.command) {
      case 'grant-role':
        return grant(parts, operation, operator);
      case 'list-letters':
        return { outcome: 'letters', letters: await parts.letters.list() };
      case 'show-letter':
        return show(parts, operation.id);
      case 'replay-letters': {
        const again = replayLetters({ ...parts, publisher: await parts.publisher(), isTimeUp: operator.isTimeUp });
        const { key } = operation;
        return { outcome: 'replayed', ...(await again((letter) => key === 'all' || letter.key === key)) };
      }
      case 'list-unreadable':
        return { outcome: 'unreadable', frames: await parts.unreadable.latest(operation.venue, FRAMES_MAX) };
      case 'replay-verdict':
        return verdict(parts, operation.id);
      case 'replay-account': {
        const replayed = await replayAccount(parts)(idOf<AccountId>(operation.id));
        if (!replayed.ok) return { outcome: 'refused', field: 'id', rule: 'must be an account' };
        return { outcome: 'account', ...replayed.value };
      }
    }
  };

/** What it was done to. Addresses stay out: the grant's own entry names the user, under the same correlation id. */
function subjectOf(operation: Operation): string {
  if ('id' in operation) return operation.id;
  if ('key' in operation) return operation.key;
  return 'venue' in operation ? operation.venue : 'operations';
}

async function grant(
  parts: OperateParts,
  { email, role }: Operation & { readonly command: 'grant-role' },
  { requestId }: Operator,
): Promise<Operated> {
  const trace = { correlationId: requestId, traceparent: null };
  const granted = await grantRole(parts)({ email, role, actor: 'operator', trace });
  if (granted.ok) return { outcome: 'granted', roles: granted.value.roles };
  return { outcome: 'refused', field: 'email', rule: 'must belong to a user' };
}

async function show({ letters }: OperateParts, id: string): Promise<Operated> {
  const letter = (await letters.list()).find((one) => one.id === id);
  return letter
    ? { outcome: 'letter', letter }
    : { outcome: 'refused', field: 'id', rule: 'must be a letter that waits' };
}

async function verdict(parts: OperateParts, id: string): Promise<Operated> {
  const replay = await replayVerdict(parts)(idOf<AssessmentId>(id));
  if (!replay.ok) {
    return { outcome: 'refused', field: 'id', rule: 'must be a violation, or an assessment that has ended' };
  }
  const { isEqual, replayed, storedHash, replayedHash } = replay.value;
  return { outcome: 'verdict', isEqual, replayed, storedHash, replayedHash };
}
