import * as z from 'zod';
import { connectionRoutes } from './connections';
import { route } from './route';

export const realtimeRoutes = {
  issueTicket: route({
    method: 'POST',
    path: '/realtime/tickets',
    access: 'session',
    summary: 'A ticket for one WebSocket connection, good once and for 30 seconds',
    status: 201,
    response: z.object({ ticket: z.string(), expiresInS: z.int() }),
  }),
  ...connectionRoutes,
};

export const healthRoutes = {
  health: route({
    method: 'GET',
    path: '/health',
    access: 'public',
    summary: 'The function runs',
    pastEdge: true,
    status: 200,
    response: z.object({ status: z.literal('ok') }),
  }),
  ready: route({
    method: 'GET',
    path: '/ready',
    access: 'public',
    summary: 'Database and Redis answer',
    pastEdge: true,
    status: 200,
    response: z.object({ status: z.literal('ready'), checks: z.record(z.string(), z.string()) }),
  }),
};
