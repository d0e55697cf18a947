import type { ServiceFacts } from './global-setup';

/** The servers that the run's global set-up started. */
export function services(): ServiceFacts {
  const text = process.env.TEST_SERVICES;
  if (!text) throw new Error('this test runs in a jest project whose global set-up starts the servers');
  return JSON.parse(text) as ServiceFacts;
}
