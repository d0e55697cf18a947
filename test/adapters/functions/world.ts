import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import pg from 'pg';
import { ORIGIN_SECRET_HEADER, VIEWER_ADDRESS_HEADER } from '../../../contracts/http/edge';
import type { Route } from '../../../contracts/http/route';
import { type FunctionName, functions } from '../../../contracts/http/routes';
import { matchRoute } from '../../../local/lambda/match-route';
import { type MailSink, startMailSink } from '../../../local/simulators/mail/mail-sink';
import { StripeServer } from '../../../local/simulators/stripe/server';
import { services } from '../../services/services';
import { freshSecret } from '../cockroach/test-database';
import { sendMails } from './send-mails';

export const ORIGIN = 'https://desk.example';
/** What CloudFront sends, and what it sent before. */
export const EDGE_WORDS = ['the-word-that-the-edge-says-of-late', 'the-word-that-the-edge-said-before'] as const;
export const WEBHOOK_SECRETS = ['whsec_old', 'whsec_new'] as const;
const API_KEY = 'sk_test_functions';

export type Answer = {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at single fields of answers of every shape.
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly cookies: readonly string[];
};

export type Request = {
  readonly body?: unknown;
  /** The bytes of the body, as they are. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly token?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly ip?: string;
};

type Handler = (event: APIGatewayProxyEventV2, context: unknown) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * The real functions over the run's servers, in a database of their own, with stand-ins for Stripe and the mail
 * server.
 */
export class FunctionWorld {
  private constructor(
    private readonly dir: string,
    readonly mail: MailSink,
    readonly stripe: StripeServer,
    readonly stripePort: number,
    readonly pool: pg.Pool,
  ) {}

  static async start(stripePort: number): Promise<FunctionWorld> {
    const dir = mkdtempSync(join(tmpdir(), 'proving-ground-functions-'));
    const mail = await startMailSink({ smtpPort: 0, httpPort: 0 });
    const stripe = new StripeServer({
      publicUrl: `http://127.0.0.1:${stripePort}`,
      apiKey: API_KEY,
      // Messages are delivered by the tests themselves, so that they decide when and in which order.
      webhookUrl: 'http://127.0.0.1:9/none',
      webhookSecret: WEBHOOK_SECRETS[0],
    });
    await stripe.listen(stripePort);
    const database = await freshSecret();
    const kid = randomUUID();
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
    const secrets: Readonly<Record<string, unknown>> = {
      DATABASE: database,
      REDIS: { host: '127.0.0.1', port: services().redisPort, tls: false },
      JWT: { activeKid: kid, keys: [{ ...key, kid }] },
      SMTP: { host: '127.0.0.1', port: mail.smtpPort, secure: false, from: 'Proving Ground <desk@example.com>' },
      EDGE: { current: EDGE_WORDS[0], previous: EDGE_WORDS[1] },
      STRIPE: { apiKey: API_KEY, webhookSecrets: WEBHOOK_SECRETS },
    };
    for (const [name, value] of Object.entries(secrets)) {
      const file = join(dir, `${name.toLowerCase()}.json`);
      writeFileSync(file, JSON.stringify(value));
      process.env[`${name}_SECRET`] = pathToFileURL(file).href;
    }
    Object.assign(process.env, {
      STAGE: 'test',
      SERVICE_NAME: 'functions-under-test',
      LOG_LEVEL: 'silent',
      PUBLIC_ORIGIN: ORIGIN,
      HOLD_UNPAID: 'on',
      SMTP_UTF8: 'yes',
      STRIPE_API_URL: `http://127.0.0.1:${stripePort}`,
    });
    const world = new FunctionWorld(dir, mail, stripe, stripePort, new pg.Pool(database));
    const { handler } = await import('../../../lambdas/migrate/handler');
    await handler({ RequestType: 'Create' });
    return world;
  }

  /** `POST /auth/login` and the like, as API Gateway hands them over. */
  async call(route: string, request: Request = {}): Promise<Answer> {
    const [method = '', path = ''] = route.split(' ');
    const { functionName, routeKey, parameters } = found(method, path);
    const { handler } = (await import(`../../../lambdas/${functionName}/handler`)) as { handler: Handler };
    const { body, raw = body === undefined ? undefined : JSON.stringify(body), headers, cookies, token, ip } = request;
    const event = {
      version: '2.0',
      routeKey,
      rawPath: path,
      rawQueryString: '',
      headers: {
        'content-type': 'application/json',
        [ORIGIN_SECRET_HEADER]: EDGE_WORDS[0],
        [VIEWER_ADDRESS_HEADER]: ip ?? '203.0.113.7',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(cookies && { cookies: [...cookies] }),
      ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
      ...(request.query && { queryStringParameters: request.query }),
      ...(raw !== undefined && { body: raw }),
      isBase64Encoded: false,
      // What API Gateway sees is CloudFront, whoever the viewer is.
      requestContext: { http: { method, path, sourceIp: '130.176.0.1' } },
    } as unknown as APIGatewayProxyEventV2;
    const answer = await handler(event, {});
    const isDocument = answer.isBase64Encoded === true;
    const text = isDocument ? Buffer.from(answer.body ?? '', 'base64').toString('utf8') : (answer.body ?? '');
    const isJson = !isDocument && String(answer.headers?.['content-type'] ?? '').includes('json');
    return {
      status: answer.statusCode ?? 200,
      body: isJson ? JSON.parse(text) : text,
      headers: answer.headers ?? {},
      cookies: answer.cookies ?? [],
    };
  }

  /** Tokens in the mails to an address, newest first, once those that were asked for have been sent. */
  async mailed(to: string): Promise<readonly { readonly subject: string; readonly token: string | undefined }[]> {
    await sendMails(this.pool);
    const response = await fetch(`http://127.0.0.1:${this.mail.httpPort}/messages?to=${encodeURIComponent(to)}`);
    const mails = (await response.json()) as readonly { subject: string; text: string }[];
    return mails.map(({ subject, text }) => ({ subject, token: /#token=([\w-]{43})/.exec(text)?.[1] }));
  }

  async rows(table: string): Promise<number> {
    const { rows } = await this.pool.query(`SELECT count(*)::INT4 AS n FROM ${table}`);
    return rows[0]?.n as number;
  }

  async stop(): Promise<void> {
    const [{ functionDatabase }, { openRedis }] = await Promise.all([
      import('../../../runtime/database'),
      import('../../../runtime/redis'),
    ]);
    // A test of a part that closes what it opened has done so already.
    await (await functionDatabase()).close().catch(() => undefined);
    (await openRedis()).disconnect();
    await Promise.all([this.pool.end(), this.mail.stop(), this.stripe.stop()]);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

const PLANS = (Object.keys(functions) as FunctionName[]).flatMap((functionName) =>
  Object.values(functions[functionName] as Readonly<Record<string, Route>>).map((route) => ({
    functionName,
    routeKey: `${route.method} ${route.path}`,
    method: route.method,
    path: route.path,
  })),
);

function found(method: string, path: string) {
  const match = matchRoute(PLANS, method, path);
  if (!match) throw new Error(`${method} ${path} is no route`);
  const { functionName, routeKey } = match.route;
  return { functionName, routeKey, parameters: match.parameters };
}

let people = 0;

/** Somebody with a verified account, signed in. */
export async function signedIn(world: FunctionWorld, name = `person${++people}`) {
  const email = `${name}-${randomUUID()}@example.com`;
  const password = 'correct horse battery';
  // Each from an address of their own, so that limits by address do not mix.
  const ip = `198.51.100.${++people % 250}`;
  await world.call('POST /auth/register', { body: { email, password, displayName: name }, ip });
  const [mail] = await world.mailed(email);
  await world.call('POST /auth/verify-email', { body: { token: mail?.token, password }, ip });
  const answer = await world.call('POST /auth/login', { body: { email, password }, ip });
  const { accessToken, user } = answer.body as { accessToken: string; user: { userId: string } };
  return { email, password, ip, token: accessToken, userId: user.userId, cookie: cookieOf(answer) };
}

export const cookieOf = (answer: Answer): string => (answer.cookies[0] ?? '').split(';')[0] ?? '';
