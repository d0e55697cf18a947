import { type AccountId, type DecisionId, idOf, type SignalId, type UserId } from '../../../domain/kernel/ids';
import { type Instant, instant, plusMs } from '../../../domain/kernel/instant';
import type { AuditEntry } from '../../../usecases/ports/operations/audit';
import { type DecideSignal, decideSignal } from '../../../usecases/surveillance/decide-signal';
import { memorySignalStore } from '../../fakes/memory-surveillance';
import { BTC } from '../../fixtures/domain-story';

const NOON = instant(Date.UTC(2026, 2, 14, 12));
const trace = { correlationId: 'c-1', traceparent: null };
const RITA = idOf<UserId>('rita');

/** A risk desk with one signal, `s`, and a clock that moves by a second with each decision. */
async function riskDesk() {
  const audited: AuditEntry[] = [];
  const signals = memorySignalStore(audited);
  await signals.keep([
    {
      signalId: idOf<SignalId>('s'),
      kind: 'hedging',
      subject: 'a b',
      userId: idOf<UserId>('ann'),
      beganAt: NOON,
      seenUntil: NOON,
      detectedAt: NOON,
      verdict: null,
      copied: null,
      payment: null,
      legs: [{ accountId: idOf<AccountId>('a'), instrument: BTC, side: 'long' }],
    },
  ]);
  let [now, made]: [Instant, number] = [NOON, 0];
  const decide = decideSignal({
    decisions: signals.decisions,
    clock: { now: () => now },
    ids: { next: <Id extends string>() => `audit-${++made}` as Id },
  });
  const send = (decisionId: string, more: Partial<DecideSignal> = {}) => {
    now = plusMs(now, 1_000);
    const command = {
      signalId: idOf<SignalId>('s'),
      outcome: 'dismissed',
      reason: 'Twins',
      actor: RITA,
      trace,
    } as const;
    return decide({ ...command, decisionId: idOf<DecisionId>(decisionId), ...more });
  };
  const told = async () => {
    const [signal] = await signals.list('all', 1);
    return signal?.decisions.map(({ decisionId, outcome, reason }) => `${decisionId}: ${outcome}, ${reason}`);
  };
  return { send, told, audited };
}

test('a decision is kept with who, when and why; a later one is added to it', async () => {
  const { send, told, audited } = await riskDesk();
  expect(await send('one')).toEqual({
    ok: true,
    value: {
      decisionId: 'one',
      outcome: 'dismissed',
      reason: 'Twins',
      decidedBy: RITA,
      decidedAt: plusMs(NOON, 1_000),
    },
  });
  await send('two', { outcome: 'confirmed', reason: 'One person after all' });
  expect(await told()).toEqual(['one: dismissed, Twins', 'two: confirmed, One person after all']);
  expect(audited).toMatchObject([
    { auditId: 'audit-1', actor: RITA, action: 'signal.decided', subject: 's', detail: { outcome: 'dismissed' } },
    { auditId: 'audit-2', actor: RITA, subject: 's', detail: { decisionId: 'two', reason: 'One person after all' } },
  ]);
});

test('sent again it is answered as the first time, also after another decision', async () => {
  const { send, told, audited } = await riskDesk();
  const first = await send('one');
  await send('two', { outcome: 'confirmed' });
  expect(await send('one')).toEqual(first);
  expect([await told(), audited.length]).toEqual([['one: dismissed, Twins', 'two: confirmed, Twins'], 2]);
});

test.each`
  what                               | more                                             | refusal                 | field
  ${'an id of another outcome'}      | ${{ outcome: 'confirmed' }}                      | ${'decision_id_reused'} | ${'decisionId'}
  ${'an id of another reason'}       | ${{ reason: 'Triplets' }}                        | ${'decision_id_reused'} | ${'decisionId'}
  ${'an id of somebody else'}        | ${{ actor: 'rob' }}                              | ${'decision_id_reused'} | ${'decisionId'}
  ${'an id of a decision elsewhere'} | ${{ signalId: 'unheard of' }}                    | ${'decision_id_reused'} | ${'decisionId'}
  ${'a signal that nobody knows'}    | ${{ signalId: 'unheard of', decisionId: 'new' }} | ${'signal_unknown'}     | ${'signalId'}
`('$what is refused and changes nothing', async ({ more, refusal, field }) => {
  const { send, told, audited } = await riskDesk();
  await send('one');
  expect(await send('one', more)).toMatchObject({ ok: false, refusal, fault: { field } });
  expect([await told(), audited.length]).toEqual([['one: dismissed, Twins'], 1]);
});
