import * as z from 'zod';
import { board, boardLine, month, tierSlug } from '../leaderboard';
import { text } from '../text';
import { pageSize } from './paging';
import { route } from './route';

const meant = { tier: tierSlug, month: month.optional() };

export const leaderboardRoutes = {
  getLeaderboard: route({
    method: 'GET',
    path: '/leaderboards',
    access: 'public',
    summary:
      'The leaderboard of a tier and a month of UTC, this one where none is named; `next` is `after` of the next',
    query: z.strictObject({ ...meant, after: text().max(60).optional(), limit: pageSize(100).optional() }),
    status: 200,
    response: z.object(board),
  }),
  getOwnLine: route({
    method: 'GET',
    path: '/leaderboards/own',
    access: 'session',
    summary: 'Where the caller stands on a leaderboard; null: not on it',
    query: z.strictObject(meant),
    status: 200,
    response: z.object({ line: boardLine.nullable() }),
  }),
};

const choice = z.enum(['masked', 'named', 'hidden']);
const boardChoice = z.object({ choice, masked: z.string(), named: z.string() });

export const boardChoiceRoutes = {
  getBoardChoice: route({
    method: 'GET',
    path: '/me/leaderboards',
    access: 'session',
    summary: 'How the caller stands on leaderboards: masked, which is the default, by name, or not at all',
    status: 200,
    response: boardChoice,
  }),
  putBoardChoice: route({
    method: 'PUT',
    path: '/me/leaderboards',
    access: 'session',
    summary: 'Chooses how the caller stands on leaderboards, those of past months too',
    body: z.strictObject({ choice }),
    status: 200,
    response: boardChoice,
  }),
};
