import type { Needs } from '../../lib/config/needs';

/** AWS's add-ons bring their own figures: these are those of their charts' default values. */
export const ADDON_NEEDS: Readonly<Record<string, readonly (Needs & { readonly copies: number | 'one a node' })[]>> = {
  'metrics-server': [{ copies: 2, cpu: '100m', memory: '200Mi' }],
  'amazon-cloudwatch-observability': [
    { copies: 1, cpu: '100m', memory: '64Mi' },
    { copies: 'one a node', cpu: '250m', memory: '128Mi' },
    { copies: 'one a node', cpu: '50m', memory: '25Mi' },
  ],
};
