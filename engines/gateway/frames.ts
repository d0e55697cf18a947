import * as z from 'zod';
import { accountSnapshot } from '../../contracts/account';
import { boardLine } from '../../contracts/leaderboard';
import type { Envelope } from '../../contracts/topics/envelope';
import { type EventData, eventData } from '../../contracts/topics/events';
import { accountMark, type serverMessage, wsQuote } from '../../contracts/ws/messages';
import type { AccountId, UserId } from '../../domain/kernel/ids';
import { listedBy, listedIn } from '../../domain/market/listing';
import type { JournaledEvent, ToldEntry } from '../../usecases/ports/accounts/account-journal';
import type { AccountMark } from '../../usecases/ports/accounts/account-marks';
import type { ReadBoard } from '../../usecases/reporting/read-leaderboard';

type Message = z.output<typeof serverMessage>;
type Unnumbered<M> = M extends { readonly n: number } ? Omit<M, 'n'> : never;

/** The JSON of a frame without its number: made once, however many connections it goes to. */
export type Body = string & { readonly __body: true };

const body = (message: Readonly<Record<string, unknown>>): Body => JSON.stringify(message) as Body;

/** The frame itself. Each connection counts its own, so that its browser can see that one is missing. */
export const numbered = (text: Body, n: number): string => `{"n":${n},${text.slice(1)}`;

type Plain = 'welcome' | 'account-resumed' | 'assessment-opened' | 'study-changed' | 'pong' | 'closing' | 'error';

/** A message that holds no decimals. */
export const plainBody = (message: Unnumbered<Extract<Message, { type: Plain }>>): Body => body(message);

/** What is told on every connection of one trader: an assessment that was opened, and what became of a study. */
export function traderBody(event: Envelope): { readonly userId: UserId; readonly body: Body } | undefined {
  const message = traderMessage(event);
  return message && { userId: (event.data as { readonly userId: UserId }).userId, body: plainBody(message) };
}

/** The end of a study says nothing of its paths. */
function traderMessage(event: Envelope): Unnumbered<Extract<Message, { type: Plain }>> | undefined {
  switch (event.type) {
    case 'assessment.created': {
      const { assessmentId, accountId, tierName, phase, phases, attempt } = event.data;
      return { type: 'assessment-opened', assessmentId, accountId, tierName, phase, phases, attempt };
    }
    case 'monte-carlo.requested':
      return { ...NOTHING_DONE, studyId: event.data.studyId, status: 'requested' };
    case 'monte-carlo.progressed': {
      const { studyId, done, of } = event.data;
      return { type: 'study-changed', studyId, status: 'running', done, of };
    }
    case 'monte-carlo.completed':
      return { type: 'study-changed', studyId: event.data.studyId, status: 'completed', done: 1, of: 1 };
    case 'monte-carlo.failed':
      return { ...NOTHING_DONE, studyId: event.data.studyId, status: 'failed' };
    case 'monte-carlo.cancelled':
      return { ...NOTHING_DONE, studyId: event.data.studyId, status: 'cancelled' };
    default:
      return undefined;
  }
}

const NOTHING_DONE = { type: 'study-changed', done: 0, of: 1 } as const;

export const snapshotBody = (snapshot: z.output<typeof accountSnapshot>): Body =>
  body({ type: 'account-snapshot', snapshot: z.encode(accountSnapshot, snapshot) });

export const markBody = ({ unpriced, rooms, waysOut, deadlines, gates, ...mark }: AccountMark): Body => {
  const ways = { ...waysOut, positions: [...waysOut.positions] };
  const lists = {
    unpriced: [...unpriced],
    rooms: [...rooms],
    waysOut: ways,
    deadlines: [...deadlines],
    gates: [...gates],
  };
  return body({ type: 'account-mark', mark: z.encode(accountMark, { ...mark, ...lists }) });
};

export const boardBody = ({ board, lines, ...told }: ReadBoard): Body =>
  body({ type: 'leaderboard', ...board, ...told, lines: lines.map((line) => z.encode(boardLine, line)) });

export type AccountEnvelope = Envelope & {
  readonly accountVersion: number;
  readonly data: { readonly accountId: string };
};

export const eventBody = (event: AccountEnvelope): Body => {
  const data = z.encode(eventData[event.type] as z.ZodType, event.data);
  return accountEventBody(event.data.accountId, event.accountVersion, { ...event, data });
};

/** An event as the journal keeps it, its data in JSON already. */
export const journaledBody = (accountId: AccountId, { version, event }: ToldEntry): Body =>
  accountEventBody(accountId, version, event);

function accountEventBody(accountId: string, accountVersion: number, event: JournaledEvent): Body {
  const { eventId, type, occurredAt, correlationId, data } = event;
  const told = { eventId, event: type, occurredAt, correlationId, data };
  return body({ type: 'account-event', accountId, accountVersion, ...told });
}

/** A coin goes by its own name, with the venue that changed it. */
export function changedBody({ instrument, status, payout }: EventData<'market-data.instrument-changed'>): Body {
  const venue = listedBy(instrument);
  return body({
    type: 'instrument-changed',
    ...z.encode(eventData['market-data.instrument-changed'], { instrument: listedIn(instrument), status, payout }),
    ...(venue && { venue }),
  });
}

/** One quote inside a `quotes` frame. */
export const quoteText = (quote: EventData<'market-data.quote'>): string => {
  const { instrument, sequence, quality, venueAt, receivedAt, bid, ask, doubts, sources } = quote;
  return JSON.stringify(
    z.encode(wsQuote, {
      instrument,
      sequence,
      quality,
      bid: bid && [bid.price, bid.qty],
      ask: ask && [ask.price, ask.qty],
      venueAt,
      receivedAt,
      ...(doubts && { doubts }),
      ...(sources && { venues: sources.map(standingOf) }),
    }),
  );
};

type Source = NonNullable<EventData<'market-data.quote'>['sources']>[number];

const standingOf = ({ venue, state, bid, ask }: Source): NonNullable<z.output<typeof wsQuote>['venues']>[number] => [
  venue,
  state,
  bid?.price ?? null,
  ask?.price ?? null,
];

export const quotesBody = (quotes: readonly string[]): Body =>
  `{"type":"quotes","quotes":[${quotes.join(',')}]}` as Body;
