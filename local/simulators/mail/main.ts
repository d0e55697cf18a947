import { startMailSink } from './mail-sink';

/** `SMTP_PORT` takes mail from the platform, `HTTP_PORT` shows it. */
const port = (name: 'SMTP_PORT' | 'HTTP_PORT'): number => {
  const value = Number(process.env[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a port`);
  return value;
};

startMailSink({ smtpPort: port('SMTP_PORT'), httpPort: port('HTTP_PORT') }).then(
  (sink) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void sink.stop());
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
