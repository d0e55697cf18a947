import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { BODY_BYTES_MAX, type Route } from '../contracts/http/route';
import type { Fault } from '../domain/kernel/result';
import { readConfig } from './config';
import type { EdgeRefusal } from './refusals';
import { viewerOf } from './viewer';

type TurnedAway = { readonly refusal: EdgeRefusal; readonly faults: readonly Fault[] };

/** What a request must be before anybody looks at what it asks for; undefined when it is. */
export async function turnedAway(route: Route, event: APIGatewayProxyEventV2): Promise<TurnedAway | undefined> {
  const { headers } = event;
  if (!route.pastEdge && (await viewerOf((name) => headers[name])) === undefined) {
    return { refusal: 'edge_bypassed', faults: [] };
  }
  const bytesMax = route.bodyBytesMax ?? BODY_BYTES_MAX;
  if (bytesOf(event) > bytesMax) return no('body_too_large', 'body', `must have at most ${bytesMax} bytes`);
  if (isForeign(route, headers)) return no('foreign_page', 'origin', 'must be the page of this site');
  if (route.body && !JSON_TYPE.test(headers['content-type'] ?? '')) {
    return no('not_json', 'content-type', 'must be application/json');
  }
  return undefined;
}

/** A page of another site can send a form, and text, without asking; JSON it cannot. */
const JSON_TYPE = /^application\/json\s*(;|$)/i;

const no = (refusal: EdgeRefusal, field: string, rule: string): TurnedAway => ({ refusal, faults: [{ field, rule }] });

/**
 * Whether a page of another site sent what may change something: browsers say so themselves, today's in
 * Sec-Fetch-Site, older ones in Origin. What says neither comes from no page. Webhooks have their signature instead.
 */
function isForeign({ method, rawBody }: Route, headers: APIGatewayProxyEventV2['headers']): boolean {
  if (method === 'GET' || rawBody) return false;
  const [site, origin] = [headers['sec-fetch-site'], headers.origin];
  if (site !== undefined) return site !== 'same-origin';
  return origin !== undefined && origin !== new URL(readConfig('PUBLIC_ORIGIN').PUBLIC_ORIGIN).origin;
}

const bytesOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): number =>
  Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
