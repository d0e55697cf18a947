import type { Brand } from './brand';

/** A moment as whole milliseconds since 1970-01-01T00:00Z. Read at the edge and passed in. */
export type Instant = Brand<number, 'Instant'>;

/** 24 hours. A trading day of a zone with summer time may be an hour longer or shorter. */
export const DAY_MS = 86_400_000;

export const instant = (epochMs: number): Instant => epochMs as Instant;
export const plusMs = (at: Instant, durationMs: number): Instant => instant(at + durationMs);
export const isoText = (at: Instant): string => new Date(at).toISOString();

/** Whole days of 24 hours from one instant to another; none backwards. */
export const daysSince = (from: Instant, at: Instant): bigint => BigInt(Math.max(0, Math.floor((at - from) / DAY_MS)));
