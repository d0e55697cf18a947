import { StripeServer } from './server';

/** Reads PORT, PUBLIC_URL, API_KEY, WEBHOOK_URL and WEBHOOK_SECRET. */
const setting = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set`);
  return value;
};

const server = new StripeServer({
  publicUrl: setting('PUBLIC_URL'),
  apiKey: setting('API_KEY'),
  webhookUrl: setting('WEBHOOK_URL'),
  webhookSecret: setting('WEBHOOK_SECRET'),
});

server.listen(Number(setting('PORT'))).then(
  () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void server.stop());
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
