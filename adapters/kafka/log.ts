import { type LogEntry, logLevel } from 'kafkajs';

/** The methods of a pino logger that the client needs; a test passes its own. */
export type KafkaLog = { readonly [Level in 'debug' | 'warn' | 'error']: (fields: object, message: string) => void };

export const silentLog: KafkaLog = { debug: () => {}, warn: () => {}, error: () => {} };

/**
 * The client calls everything an error that it is about to retry. What it gives up on reaches the caller as a
 * rejection and is logged there, so its own lines are at most warnings.
 */
export const kafkaLogCreator =
  (log: KafkaLog) =>
  () =>
  ({ level, namespace, log: { message, timestamp: _, logger: __, stack: ___, ...fields } }: LogEntry): void => {
    const write = level === logLevel.INFO || level === logLevel.DEBUG ? log.debug : log.warn;
    write.call(log, { kafka: namespace, ...fields }, message);
  };
