import { emailKeyOf } from '../../domain/identity/email';
import type { ConnectionList, ListedConnection, ListedPod } from '../ports/gateway/connection-registry';
import type { IdentityStore } from '../ports/identity/identity-store';

export type ListConnectionsParts = {
  readonly connections: ConnectionList;
  readonly identities: Pick<IdentityStore, 'findByEmail'>;
};

export type ConnectionPage = {
  readonly pods: readonly ListedPod[];
  readonly connections: readonly (ListedConnection & { readonly pod: string })[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
};

type Asked = { readonly search?: string | undefined; readonly after?: string | undefined; readonly limit: number };

type Row = ConnectionPage['connections'][number];

/**
 * A page of those who are connected, by pod and by when they came. One pod after another is read, and no more of them
 * than the page needs; a search that finds little reads them all.
 */
export const listConnections =
  ({ connections, identities }: ListConnectionsParts) =>
  async ({ search, after, limit }: Asked): Promise<ConnectionPage> => {
    const pods = await connections.pods();
    const isWanted = await searchOf(identities, search);
    const found: Row[] = [];
    for (const { pod } of pods) {
      if (found.length > limit) break;
      // A page that ended within this pod goes on there; pods before it are done with.
      if (after !== undefined && after > `${pod}/\u{10ffff}`) continue;
      const rows = (await connections.of(pod)).map((row) => ({ ...row, pod }));
      found.push(...rows.filter((row) => isWanted(row) && (after === undefined || placeOf(row) > after)));
    }
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return { pods, connections: page, next: found.length > limit && last ? placeOf(last) : null };
  };

const placeOf = ({ pod, connectionId }: Row): string => `${pod}/${connectionId}`;

async function searchOf(
  identities: ListConnectionsParts['identities'],
  search: string | undefined,
): Promise<(row: Row) => boolean> {
  if (search === undefined) return () => true;
  if (search.includes('@')) {
    const person = await identities.findByEmail(emailKeyOf(search));
    return ({ userId }) => userId === person?.userId;
  }
  const begin = search.toLowerCase();
  return ({ pod, connectionId, userId, sessionId, network }) =>
    [pod, connectionId, userId, sessionId, network].some((value) => value.toLowerCase().startsWith(begin));
}
