import type { SimulationMetrics } from '../../engines/simulation/metrics';
import { LATENCY_BUCKETS_S, type Metrics } from '../../runtime/service';

const STUDY_BUCKETS_S = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600];

/** What an operator asks of the simulations: do they end, how, how long do they take, who waits, is Ray there. */
export function simulationMetrics(metrics: Metrics) {
  const playing = metrics.gauge('monte_carlo_studies_playing', 'Studies that this copy plays');
  const parted = metrics.counter('monte_carlo_studies_parted_total', 'Studies that this copy is done with', ['how']);
  const seconds = metrics.histogram('monte_carlo_study_seconds', 'From a claim to its end', STUDY_BUCKETS_S);
  const runs = metrics.counter('monte_carlo_runs_total', 'Runs that Ray was asked for, by what it answered', ['how']);
  const runSeconds = metrics.histogram('monte_carlo_run_seconds', 'From asking Ray to its answer', [
    ...LATENCY_BUCKETS_S,
    ...STUDY_BUCKETS_S.filter((bucket) => bucket > Math.max(...LATENCY_BUCKETS_S)),
  ]);
  const open = metrics.gauge('monte_carlo_studies_open', 'Studies that have not ended, of all copies');
  const oldest = metrics.gauge('monte_carlo_waiting_oldest_seconds', 'Since the oldest study that nobody plays came');
  const ray = metrics.gauge('monte_carlo_ray_ready', 'Whether Ray answers that it is ready: 1 or 0');
  const simulation: SimulationMetrics = {
    playing: (studies) => playing.set(studies),
    parted: (how, took) => {
      parted.inc({ how });
      seconds.observe(took);
    },
    run: (how, took) => {
      runs.inc({ how });
      runSeconds.observe(took);
    },
  };
  return {
    simulation,
    waiting: (studies: number, oldestMs: number) => {
      open.set(studies);
      oldest.set(oldestMs / 1_000);
    },
    rayReady: (isReady: boolean) => ray.set(isReady ? 1 : 0),
  };
}
