import type { z } from 'zod';
import type { Route } from '../../contracts/http/route';
import type { FunctionName, functions } from '../../contracts/http/routes';
import type { ServerMessage } from '../../contracts/ws/messages';

/**
 * Types alone cross from the contracts into the browser's bundle: a call names its route by method and path, and a
 * route that the platform does not serve does not compile.
 */
type AnyRoute = { [F in FunctionName]: (typeof functions)[F][keyof (typeof functions)[F]] }[FunctionName];

type KeyOf<R> = R extends { readonly method: infer M extends string; readonly path: infer P extends string }
  ? `${M} ${P}`
  : never;

export type RouteKey = KeyOf<AnyRoute>;

type RouteOf<K extends RouteKey> = AnyRoute extends infer R ? (R extends Route ? WithKey<R, K> : never) : never;
type WithKey<R extends Route, K extends RouteKey> = KeyOf<R> extends K ? R : never;

/** What the caller has to give, in the form of the wire: decimals and ids are text. */
export type Given<K extends RouteKey> = AllOf<RouteOf<K>>;
// Route by route: of the parts of all routes together every combination would be a type of its own.
type AllOf<R> = R extends unknown ? PartOf<R, 'params'> & PartOf<R, 'query'> & PartOf<R, 'body'> : never;
type PartOf<R, Part extends 'params' | 'query' | 'body'> = R extends { readonly [P in Part]: infer S extends z.ZodType }
  ? { readonly [P in Part]: z.input<S> }
  : { readonly [P in Part]?: undefined };

/** A file as its bytes came, with the hash that the platform names for them (the ETag). */
export type StoredFile = { readonly file: Blob; readonly sha256: string | undefined };

/** What comes back: the answer's JSON, or the document itself where the contract names no JSON. */
export type Reply<K extends RouteKey> =
  RouteOf<K> extends { readonly response: infer S extends z.ZodType } ? z.input<S> : StoredFile;

export type Tier = Reply<'GET /tiers'>['tiers'][number];
export type Template = Reply<'GET /admin/tier-templates'>['templates'][number];
export type TierBody = Given<'PUT /admin/tiers/{slug}'>['body'];
export type Rules = Tier['phases'][number]['rules'];
export type Purchase = Reply<'GET /purchases/{purchaseId}'>;
export type Summary = Reply<'GET /assessments'>['assessments'][number];
export type Assessment = Reply<'GET /assessments/{assessmentId}'>;
export type Snapshot = Assessment['account'];
export type Position = Snapshot['positions'][number];
export type Order = Snapshot['orders'][number];
export type Terms = Order['terms'];
export type CancelReason = NonNullable<Order['cancelReason']>;
export type Room = Snapshot['rooms'][number];
export type Instrument = Reply<'GET /instruments'>['instruments'][number];
export type Book = Reply<'GET /instruments/{instrument}/book'>;
export type Candle = Reply<'GET /instruments/{instrument}/candles'>['candles'][number];
export type Resolution = Reply<'GET /instruments/{instrument}/candles'>['resolution'];
export type OrderBody = Given<'POST /accounts/{accountId}/orders'>['body'];
export type OrderChange = Given<'PUT /accounts/{accountId}/orders/{orderId}'>['body'];
export type Preview = Reply<'POST /accounts/{accountId}/orders/preview'>;
export type PlacedOrder = Reply<'POST /accounts/{accountId}/orders'>;
export type Trade = Reply<'GET /accounts/{accountId}/trades'>['trades'][number];
export type CompletedTrade = Reply<'GET /assessments/{assessmentId}/evidence/trades'>['trades'][number];
export type ClosingPreview = Reply<'POST /accounts/{accountId}/positions/close/preview'>;
export type ClosingReason = NonNullable<Trade['closedFor']>;
export type ConnectionPage = Reply<'GET /admin/connections'>;
export type Leaderboard = Reply<'GET /leaderboards'>;
export type BoardLine = Leaderboard['lines'][number];
export type BoardChoice = Reply<'GET /me/leaderboards'>;
export type EquityPoint = Reply<'GET /accounts/{accountId}/equity'>['points'][number];
export type Signal = Reply<'GET /risk/signals'>['signals'][number];
export type Study = Reply<'GET /studies/{studyId}'>;
export type StudyBody = Given<'POST /studies'>['body'];
export type FirmStudyBody = Given<'POST /admin/studies'>['body'];
export type Odds = NonNullable<Study['odds']>;
export type Session = Reply<'POST /auth/login'>;
export type User = Session['user'];
export type OwnSession = Reply<'GET /auth/sessions'>['sessions'][number];
export type RuleName = NonNullable<Summary['breach']>;
export type AccountEvent = Extract<ServerMessage, { type: 'account-event' }>;
export type Mark = Extract<ServerMessage, { type: 'account-mark' }>['mark'];
