import type { Instant } from '../../domain/kernel/instant';

export type Clock = { readonly now: () => Instant };

export type Ids = {
  /** UUIDv7: rises with time, for rows that are read in order. */
  readonly next: <Id extends string>() => Id;
};

/** Follows one request from the browser to the last event that it caused. */
export type Trace = {
  readonly correlationId: string;
  /** W3C trace context; null where no tracer runs. */
  readonly traceparent: string | null;
};

export type Digest = {
  /** SHA-256 of UTF-8 text, in lower-case hex. */
  readonly sha256: (text: string) => string;
};
