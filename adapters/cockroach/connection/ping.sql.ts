import { sql } from './statement';

export const ping = sql<{ one: number }>('ping')`SELECT 1::INT4 AS one`;
