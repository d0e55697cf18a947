import { uuidv7 } from 'uuidv7';
import type { Trace } from '../usecases/ports/clock-and-ids';

const CORRELATION_ID = /^[A-Za-z0-9-]{8,64}$/;
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The browser's correlation id when it is well formed, else a new one; the trace context as it came. */
export function traceOf(headers: Readonly<Record<string, string | undefined>>): Trace {
  const given = headers['x-correlation-id'];
  const traceparent = headers.traceparent;
  return {
    correlationId: given !== undefined && CORRELATION_ID.test(given) ? given : uuidv7(),
    traceparent: traceparent !== undefined && TRACEPARENT.test(traceparent) ? traceparent : null,
  };
}
