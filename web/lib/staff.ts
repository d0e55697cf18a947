import type { User } from './contract';

type Roles = Pick<User, 'roles'>;

/** An admin may do what the risk desk may. */
export const isOfRiskDesk = ({ roles }: Roles): boolean => roles.includes('risk') || roles.includes('admin');

export const isAdmin = ({ roles }: Roles): boolean => roles.includes('admin');
