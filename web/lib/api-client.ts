import type { Problem } from '../../contracts/http/problem';
import { type Answer, unreachable, unreadable } from './answer';
import type { Given, Reply, RouteKey, StoredFile } from './contract';

type Credentials = {
  readonly accessToken: () => string | undefined;
  /** Gets a new access token after a 401; false when the session is over. */
  readonly renew: () => Promise<boolean>;
};

type Parts = {
  readonly fetch: typeof fetch;
  readonly newId: () => string;
  readonly credentials: Credentials;
};

export type Api = {
  readonly call: <K extends RouteKey>(key: K, given: Given<K>) => Promise<Answer<Reply<K>>>;
};

/** Speaks to the API under the page's own origin; each call carries a correlation id that the logs repeat. */
export function makeApi({ fetch, newId, credentials }: Parts): Api {
  const send = async (key: string, given: Loose): Promise<Response> => {
    const token = credentials.accessToken();
    return fetch(`/api${pathOf(key, given.params)}${queryOf(given.query)}`, {
      method: key.split(' ')[0],
      credentials: 'same-origin',
      headers: {
        'x-correlation-id': given.correlationId,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(given.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(given.body !== undefined && { body: JSON.stringify(given.body) }),
    });
  };
  const call = async (key: string, given: Pick<Loose, 'params' | 'query' | 'body'>): Promise<Answer<unknown>> => {
    const loose: Loose = { ...given, correlationId: newId() };
    try {
      let response = await send(key, loose);
      // Only a request that carried a token can be helped by a newer one.
      if (response.status === 401 && credentials.accessToken() !== undefined && (await credentials.renew())) {
        response = await send(key, loose);
      }
      return await read(response, loose.correlationId);
    } catch {
      return { ok: false, problem: unreachable(loose.correlationId) };
    }
  };
  return { call: call as Api['call'] };
}

type Loose = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly correlationId: string;
};

/** `GET /accounts/{accountId}` and its parameters → `/accounts/0190…`. */
export const pathOf = (key: string, params: Readonly<Record<string, string>> = {}): string =>
  key
    .slice(key.indexOf(' ') + 1)
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? missing(key, name)));

const queryOf = (query: Loose['query']): string => (query ? `?${new URLSearchParams(query)}` : '');

const missing = (key: string, name: string): never => {
  throw new Error(`${key} needs ${name}`);
};

async function read(response: Response, correlationId: string): Promise<Answer<unknown>> {
  const kind = response.headers.get('content-type') ?? '';
  if (response.ok) {
    if (response.status === 204) return { ok: true, value: undefined };
    // Evidence is JSON too, but a document to keep byte for byte: the attachment header tells it apart.
    const isDocument = !kind.startsWith('application/json') || response.headers.has('content-disposition');
    return { ok: true, value: isDocument ? await documentOf(response) : await response.json() };
  }
  if (!kind.includes('json')) return { ok: false, problem: unreadable(response.status, correlationId) };
  const problem = (await response.json()) as Partial<Problem>;
  if (typeof problem.refusal !== 'string') return { ok: false, problem: unreadable(response.status, correlationId) };
  return { ok: false, problem: problem as Problem };
}

/** An ETag is quoted, and weak where a proxy has packed the bytes on the way. */
const documentOf = async (response: Response): Promise<StoredFile> => ({
  file: await response.blob(),
  sha256: /^(?:W\/)?"([0-9a-f]{64})"$/.exec(response.headers.get('etag') ?? '')?.[1],
});
