import { healthRoutes } from '../../contracts/http/realtime';
import { ok } from '../../runtime/answers';
import { checkReadiness } from '../../runtime/compose/health';
import { httpFunction } from '../../runtime/http';

export const handler = httpFunction(healthRoutes, {
  health: async () => ok({ status: 'ok' as const }),
  ready: async () => {
    const checked = await checkReadiness();
    return checked.ok ? ok({ status: 'ready' as const, checks: checked.value }) : checked;
  },
});
