import fc from 'fast-check';
import { decodeEvent, encodeEvent } from '../../contracts/topics/envelope';
import type { ServerMessage } from '../../contracts/ws/messages';
import { ACCOUNT_RULES } from '../../domain/account/account-rules';
import { ACCOUNT, STANDING } from '../../domain/account/codecs/account-codec';
import { RULE_SET } from '../../domain/assessment/rules/rule-set-codec';
import { type AccountEnvelope, type Body, eventBody, numbered, snapshotBody } from '../../engines/gateway/frames';
import type { AccountSnapshot } from '../../usecases/ports/accounts/account-store';
import type { OutboxMessage } from '../../usecases/ports/events/outbox-message';
import { snapshotView } from '../../usecases/trading/read-account';
import { type AccountView, follow, noAccount } from '../../web/lib/account-feed';
import type { Snapshot } from '../../web/lib/contract';
import { calmHistory } from './calm-history';
import type { SavedChange } from './history';

/** As a browser gets it. */
const frame = (body: Body): ServerMessage => JSON.parse(numbered(body, 1));

/** As it goes through Kafka and the gateway. */
function eventFrame(message: OutboxMessage): ServerMessage {
  const decoded = decodeEvent(encodeEvent({ ...message, version: 1 } as never));
  if (!decoded.ok) throw new Error(decoded.reason);
  return frame(eventBody(decoded.event as AccountEnvelope));
}

const snapshotFrame = (snapshot: AccountSnapshot) => frame(snapshotBody(snapshotView(snapshot)));

/** The account as it was left by each save, and what that save told. */
type Step = { readonly saved: AccountSnapshot; readonly frames: readonly ServerMessage[] };

const stepOf = ({ before, change }: SavedChange): Step => ({
  saved: {
    ...before,
    account: change.account,
    status: change.status,
    version: before.version + change.messages.length,
  },
  frames: change.messages.map(eventFrame),
});

/** What moves an account most: histories that lack it would prove little. */
const MOVING = [
  'assessment.day-opened',
  'assessment.high-water-raised',
  'trading.order-placed',
  'trading.order-advanced',
  'trading.order-cancelled',
  'trading.order-filled',
  'trading.position-settled',
];

/** Without the rooms, which a snapshot has from the balance alone, and with nothing told that says nothing. */
const stateOf = (snapshot: Snapshot) => ({
  ...snapshot,
  rooms: [],
  standing: STANDING.encode(STANDING.decode(snapshot.standing)),
});

const told = (saved: AccountSnapshot): Snapshot => {
  const message = snapshotFrame(saved);
  if (message.type !== 'account-snapshot') throw new Error('asked for above');
  return message.snapshot;
};

type Line = 'whole' | 'twice' | 'again' | 'lost' | 'reconnected';

/** What the line makes of the frames of one save. */
function receive(view: AccountView, take: ReturnType<typeof follow>, step: Step, line: Line): AccountView {
  const [first, ...rest] = step.frames;
  switch (line) {
    case 'whole':
      return step.frames.reduce(take, view);
    case 'twice':
      return step.frames.flatMap((one) => [one, one]).reduce(take, view);
    case 'again':
      return [...step.frames, ...step.frames].reduce(take, view);
    case 'lost': {
      const torn = rest.reduce(take, view);
      if (first && rest.length > 0) expect(torn).toMatchObject({ isComplete: false, snapshot: view.snapshot });
      return take(torn, snapshotFrame(step.saved));
    }
    case 'reconnected':
      return step.frames.reduce(take, take(view, snapshotFrame(step.saved)));
  }
}

/**
 * Goal: what the browser makes of the events is the account that the platform has, after every save, to the byte;
 * whatever the line did on the way.
 */
test('the browser’s account is the platform’s', async () => {
  const lines = fc.array(fc.constantFrom<Line>('whole', 'whole', 'whole', 'twice', 'again', 'lost', 'reconnected'), {
    minLength: 1,
    maxLength: 40,
  });
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 100_000 }), lines, async (seed, drawn) => {
      const { changes } = await calmHistory(seed);
      for (const saves of changes.values()) {
        const [first] = saves;
        if (!first) continue;
        const take = follow(ACCOUNT_RULES.decode(RULE_SET.encode(first.before.rules)));
        let view = take(noAccount, snapshotFrame(first.before));
        for (const [index, save] of saves.entries()) {
          const step = stepOf(save);
          for (const message of step.frames) if (message.type === 'account-event') kinds.add(message.event);
          view = receive(view, take, step, drawn[index % drawn.length] ?? 'whole');
          expect(view.isComplete).toBe(true);
          const snapshot = view.snapshot as Snapshot;
          expect(stateOf(snapshot)).toEqual(stateOf(told(step.saved)));
          expect(ACCOUNT.decode(snapshot)).toEqual(step.saved.account);
        }
      }
    }),
    // Each run draws these lives: that every kind of event is among them is part of the test.
    { seed: 314_159, numRuns: 40 },
  );
  expect([...kinds]).toEqual(expect.arrayContaining(MOVING));
});
