import pino, { type Logger } from 'pino';

export type { Logger };

/** An address of a person, also inside a text that a server sent back. A package's version (`pg@8.23.1`) is none. */
const ADDRESS =
  /[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]+@[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)*\.\p{L}[\p{L}\p{M}\p{N}-]+/gu;

export const withoutAddresses = (line: string): string =>
  line.includes('@') ? line.replace(ADDRESS, '[address]') : line;

/**
 * JSON lines on standard output. Secrets never reach a log: known carriers are redacted wherever they stand. Nor do
 * e-mail addresses: mail servers and databases repeat them in their errors.
 */
export const makeLogger = (): Logger =>
  pino({
    level: process.env.LOG_LEVEL ?? 'info',
    base: { service: process.env.SERVICE_NAME ?? 'unnamed', stage: process.env.STAGE ?? 'unnamed' },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: withoutAddresses },
    redact: ['password', '*.password', 'token', '*.token', 'authorization', '*.authorization', '*.cookie'],
  });
