import type { RoutePlan } from '../assembly/assembly';

/** The route of a request and its path parameters; a literal segment wins over a parameter, as in API Gateway. */
export function matchRoute(routes: readonly RoutePlan[], method: string, path: string) {
  const segments = path.split('/');
  let best: { route: RoutePlan; parameters: Record<string, string>; literals: number } | undefined;
  for (const route of routes) {
    const [wanted, pattern = ''] = route.routeKey.split(' ');
    const parts = pattern.split('/');
    if (wanted !== method || parts.length !== segments.length) continue;
    const parameters: Record<string, string> = {};
    let literals = 0;
    const fits = parts.every((part, index) => {
      const segment = segments[index] ?? '';
      if (!part.startsWith('{')) {
        literals += 1;
        return part === segment;
      }
      parameters[part.slice(1, -1)] = decoded(segment);
      return segment !== '';
    });
    if (fits && (!best || literals > best.literals)) best = { route, parameters, literals };
  }
  return best;
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
