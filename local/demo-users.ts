import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { authRoutes } from '../contracts/http/auth';
import type { Route } from '../contracts/http/route';
import type { PlatformFacts } from './facts';
import { run } from './services/child';

/** People to try the platform as. The passwords are no secret: the platform listens on this machine only. */
export const DEMO_USERS = [
  { email: 'trader@example.com', password: 'trade carefully 24', displayName: 'Terry Trader', role: undefined },
  { email: 'admin@example.com', password: 'admin carefully 24', displayName: 'Ada Admin', role: 'admin' },
] as const;

type DemoUser = (typeof DEMO_USERS)[number];

const MAIL_TIMEOUT_MS = 20_000;

/** Makes the demo users once per data folder, through the doors that everybody uses: form, mail, link. */
export async function makeDemoUsers(root: string, dataDir: string, facts: PlatformFacts): Promise<void> {
  const made = join(dataDir, 'demo-users.json');
  if (existsSync(made)) return;
  for (const user of DEMO_USERS) {
    if (!(await canSignIn(facts, user))) await register(facts, user);
    if (user.role) await grant(root, facts, user.email, user.role);
  }
  writeFileSync(made, JSON.stringify(DEMO_USERS.map(({ email }) => email)));
}

async function register(facts: PlatformFacts, { email, password, displayName }: DemoUser): Promise<void> {
  expectStatus(authRoutes.register, await call(facts, authRoutes.register, { email, password, displayName }));
  const token = await mailedToken(facts, email);
  expectStatus(authRoutes.verifyEmail, await call(facts, authRoutes.verifyEmail, { token, password }));
}

const canSignIn = async (facts: PlatformFacts, { email, password }: DemoUser): Promise<boolean> =>
  (await call(facts, authRoutes.login, { email, password })).ok;

/** The role of an operator is not the API's to give. */
async function grant(root: string, facts: PlatformFacts, email: string, role: string): Promise<void> {
  await run(process.execPath, ['--import', 'tsx', join(root, 'local/grant-role.ts'), email, role], {
    cwd: root,
    env: { DATABASE_SECRET: facts.databaseSecret, REDIS_SECRET: facts.redisSecret },
  });
}

const call = (facts: PlatformFacts, { method, path }: Route, body: object): Promise<Response> =>
  fetch(`${facts.origin}/api${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

function expectStatus({ path, status }: Route, response: Response): void {
  if (response.status !== status) throw new Error(`the demo users: ${path} answered ${response.status}`);
}

async function mailedToken(facts: PlatformFacts, email: string): Promise<string> {
  const deadline = performance.now() + MAIL_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const response = await fetch(`${facts.inbox}/messages?to=${encodeURIComponent(email)}`);
    const token = /#token=([A-Za-z0-9_-]{43})/.exec(await response.text())?.[1];
    if (token) return token;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the demo users: no mail for ${email} within ${MAIL_TIMEOUT_MS / 1000} s`);
}
