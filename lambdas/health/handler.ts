import { healthRoutes } from '../../contracts/http/realtime';
import { accept } from '../../domain/kernel/result';
import { checkReadiness } from '../../runtime/compose/health';
import { httpFunction } from '../../runtime/http';

export const handler = httpFunction(healthRoutes, {
  health: async () => accept({ status: 'ok' as const }),
  ready: async () => {
    const checked = await checkReadiness();
    return checked.ok ? accept({ status: 'ready' as const, checks: checked.value }) : checked;
  },
});
