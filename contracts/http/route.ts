import type { z } from 'zod';

export type Role = 'trader' | 'risk' | 'finance' | 'admin';

/**
 * One route of the API. Everything that knows a route reads it here: template, handler, local runtime, web, OpenAPI.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** API Gateway's form: `/accounts/{accountId}/orders`. */
  readonly path: string;
  /** `public` needs no token; `session` any signed-in user; a role that role (admin may all). */
  readonly access: 'public' | 'session' | Role;
  readonly summary: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Bytes of a body at most; `BODY_BYTES_MAX` where it says nothing. */
  readonly bodyBytesMax?: number;
  /** The handler needs the body's bytes as they came, unparsed (webhooks): its sender is no browser. */
  readonly rawBody?: true;
  /** Answers also whoever comes past the edge: for outside checks, and it must tell and change nothing. */
  readonly pastEdge?: true;
  readonly status: 200 | 201 | 202 | 204;
  /** Absent: no content, or a document that is not JSON. */
  readonly response?: z.ZodType;
};

export const BODY_BYTES_MAX = 64 * 1024;

export const route = <const R extends Route>(definition: R): R => definition;
export const routeKey = (definition: Route): string => `${definition.method} ${definition.path}`;
