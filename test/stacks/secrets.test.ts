import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SECRETS, type SecretName, secretVariable } from '../../lib/config/variables';
import { checkSecrets } from '../../runtime/compose/secrets';
import { ROOT } from '../fixtures/cloud/synthesize';
import { templates } from '../fixtures/cloud/templates';

/** As long as those that are made for us. */
const GENERATED = 'q7Hk2bX9'.repeat(5);

let directory: string;
const before = process.env;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'proving-ground-secrets-'));
});
afterAll(() => {
  process.env = before;
  rmSync(directory, { recursive: true, force: true });
});

/** What the deploy puts into a new secret. */
function fresh(name: SecretName): Readonly<Record<string, unknown>> {
  const secret = templates()
    .all('AWS::SecretsManager::Secret')
    .find(({ properties }) => properties.Name === `proving-ground/dev/${name}`);
  const { SecretStringTemplate, GenerateStringKey } = secret?.properties.GenerateSecretString ?? {};
  return { ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: GENERATED };
}

function keep(values: Readonly<Partial<Record<SecretName, unknown>>>): void {
  process.env = { ...before };
  for (const [name, value] of Object.entries(values)) {
    const file = join(directory, `${name}.json`);
    writeFileSync(file, JSON.stringify(value));
    process.env[secretVariable(name as SecretName)] = pathToFileURL(file).href;
  }
}

const everySecret = <T>(make: (name: SecretName) => T) =>
  Object.fromEntries(SECRETS.map((name) => [name, make(name)])) as Record<SecretName, T>;

const refusal = async (): Promise<string> => {
  try {
    await checkSecrets();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the secrets were accepted');
};

test('secrets as the deploy makes them are refused in one go: each by name, with every field to fill in', async () => {
  keep(everySecret(fresh));
  const told = await refusal();
  for (const name of SECRETS.filter((one) => one !== 'edge' && one !== 'kalshi')) {
    const line = told.split('\n').find((candidate) => candidate.includes(`${name}.json`)) ?? '';
    const unfilled = Object.entries(fresh(name)).filter(([, value]) => value === 'fill-in');
    expect(unfilled.length).toBeGreaterThan(0);
    for (const [field] of unfilled) expect(line).toContain(`${field} (is still to be filled in)`);
  }
  expect(told).toMatch(/stripe\.json.*webhookSecrets \(too_small\)/);
  expect(told).toMatch(/redis\.json.*port \(too_small\)/);
  // Nobody has to fill in what the edge says: it is made whole.
  expect(told).not.toContain('edge.json');
  // Without a key Kalshi is off.
  expect(told).not.toContain('kalshi.json');
  expect(told).not.toContain(GENERATED);
});

/** As step 8 of docs/how-to/deploy.md has them. */
const filled = (): Record<SecretName, unknown> => ({
  ...everySecret(() => ({})),
  edge: fresh('edge'),
  database: { ...fresh('database'), host: 'internal-firm.aws-eu-west-1.cockroachlabs.cloud' },
  redis: { host: 'redis.example', port: 12_345, username: 'default', password: 'x', tls: true },
  stripe: { apiKey: 'rk_live_1', webhookSecrets: ['whsec_1'] },
  jwt: JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', 'bin/jwt-key.ts'], { cwd: ROOT, input: '' }).toString(),
  ),
  kalshi: fresh('kalshi'),
  smtp: { host: 'smtp.example', port: 587, secure: false, user: 'u', password: 'p', from: 'Firm <no-reply@x.example>' },
});

test('secrets that are filled in are taken, and what is changed later is seen at once', async () => {
  keep(filled());
  await expect(checkSecrets()).resolves.toEqual(SECRETS.map(secretVariable));
  keep({ ...filled(), smtp: { ...(filled().smtp as object), host: 'fill-in' }, stripe: { apiKey: '' } });
  const told = await refusal();
  expect(told).toMatch(/smtp\.json: host \(is still to be filled in\)$/m);
  expect(told).toMatch(/stripe\.json: apiKey \(too_small\), webhookSecrets \(invalid_type\)$/m);
  expect(told).not.toMatch(/database|redis|jwt/);
});

test('a key ring whose active key is not in it is refused by name', async () => {
  keep({ ...filled(), jwt: { ...(filled().jwt as object), activeKid: 'gone' } });
  expect(await refusal()).toMatch(/jwt\.json: activeKid \(names none of the keys\)/);
});

test.each`
  story                    | secret                                 | told
  ${'an id without a key'} | ${{ keyId: 'a', privateKey: '' }}      | ${/kalshi\.json: keyId \(is given with privateKey or not at all\)/}
  ${'a key that is none'}  | ${{ keyId: 'a', privateKey: 'BEGIN' }} | ${/kalshi\.json: privateKey \(is no RSA key in PEM\)/}
  ${'nothing at all'}      | ${{}}                                  | ${/kalshi\.json: keyId \(invalid_type\), privateKey/}
`('of Kalshi’s key $story is refused by name', async ({ secret, told }) => {
  keep({ ...filled(), kalshi: secret });
  expect(await refusal()).toMatch(told);
});

test('Kalshi’s key is taken as it was made', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  keep({ ...filled(), kalshi: { keyId: 'a', privateKey: pem } });
  await expect(checkSecrets()).resolves.toContain('KALSHI_SECRET');
});

test('the schema is changed only when the check of the secrets has passed', () => {
  const file = join(process.env.PROVING_GROUND_TEST_ASSEMBLY ?? '', 'proving-ground-dev-schema.template.json');
  const resources: Record<string, { Type: string; DependsOn?: string[] }> = JSON.parse(
    readFileSync(file, 'utf8'),
  ).Resources;
  const idOf = (type: string) => Object.keys(resources).find((id) => resources[id]?.Type === type) ?? '';
  expect(resources[idOf('Custom::ProvingGround-migrate')]?.DependsOn).toContain(
    idOf('Custom::ProvingGround-check-secrets'),
  );
});
