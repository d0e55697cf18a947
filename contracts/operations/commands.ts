import * as z from 'zod';
import { venue } from '../market';

/** What the function `operate` does for operators: by the CLI, signed with their own credentials, by no route. */
export const ROLES = ['trader', 'risk', 'finance', 'admin'] as const;

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a UUID in lower case');

export const command = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('grant-role'), email: z.email('must be an address'), role: z.enum(ROLES) }),
  z.strictObject({ command: z.literal('list-letters') }),
  z.strictObject({ command: z.literal('show-letter'), id: uuid }),
  /** Letters of one key, each in its order; `all`: of every key. Done in turns: see `isMore`. */
  z.strictObject({ command: z.literal('replay-letters'), key: z.string().min(1).max(300) }),
  /** The latest of what a venue said and nobody could read. */
  z.strictObject({ command: z.literal('list-unreadable'), venue }),
  z.strictObject({ command: z.literal('replay-verdict'), id: uuid }),
  z.strictObject({ command: z.literal('replay-account'), id: uuid }),
]);

/** `by`: who the operator says he is. Who he was is in the trail of the account, under the request's id. */
export const request = z.strictObject({ by: z.string().min(1).max(200), command });

const letter = z.object({
  id: z.string(),
  parkedAt: z.string(),
  consumer: z.string(),
  topic: z.string(),
  partition: z.int(),
  offset: z.string(),
  key: z.string(),
  reason: z.string(),
});

/** A refusal names the field at fault and its rule. */
const refused = z.object({ outcome: z.literal('refused'), field: z.string(), rule: z.string() });

export const result = z.discriminatedUnion('outcome', [
  refused,
  z.object({ outcome: z.literal('granted'), roles: z.array(z.string()) }),
  z.object({ outcome: z.literal('letters'), letters: z.array(letter) }),
  z.object({ outcome: z.literal('letter'), letter: letter.extend({ value: z.string() }) }),
  /** `isMore`: the function's time was up, ask again. */
  z.object({
    outcome: z.literal('replayed'),
    released: z.array(letter),
    stuck: z.array(letter),
    isMore: z.boolean(),
  }),
  z.object({
    outcome: z.literal('unreadable'),
    frames: z.array(z.object({ receivedAt: z.string(), text: z.string() })),
  }),
  z.object({
    outcome: z.literal('verdict'),
    isEqual: z.boolean(),
    replayed: z.string(),
    storedHash: z.string(),
    replayedHash: z.string(),
  }),
  /** The account has had `version` events, of which `events` were folded; `difference`: the first that is wrong. */
  z.object({
    outcome: z.literal('account'),
    version: z.int(),
    events: z.int(),
    difference: z.string().nullable(),
  }),
]);

export type OperatorCommand = z.output<typeof command>;
export type OperatorRequest = z.output<typeof request>;
export type OperatorResult = z.output<typeof result>;
export type LetterLine = z.output<typeof letter>;
