import { RAY_AUTOSCALER_NEEDS } from '../../config/needs';
import { RAY_SERVE_PORT } from '../../config/ports';
import type { Sizes } from '../../config/sizes';
import { type Manifest, RAY_NAMESPACE } from '../manifest';
import {
  autoscalerMounts,
  containerSecurity,
  headTemplate,
  RAY,
  type RayPods,
  rayLabels,
  workerTemplate,
} from './pods';

/** The version of pyproject.toml, which the image installs. */
export const RAY_VERSION = '2.60.0';

/** What only the head has, so that the entrance is where no scaling takes it away. */
const ENTRANCE = 'entrance';
const OBJECT_STORE_BYTES = 100_000_000; // Parts of results are small: Ray would take a third of the memory.

/**
 * The Serve application. Chunks that wait add workers after ten seconds, which is longer than most simulations take;
 * workers that are not needed go after five minutes.
 */
export const serveConfig = ({ rayWorkersMin, rayWorkersMax }: Sizes) => ({
  proxy_location: 'EveryNode',
  http_options: { host: '0.0.0.0', port: RAY_SERVE_PORT },
  applications: [
    {
      name: 'monte-carlo',
      route_prefix: '/',
      import_path: 'app:app',
      deployments: [
        {
          name: 'chunks',
          autoscaling_config: {
            min_replicas: rayWorkersMin,
            max_replicas: rayWorkersMax,
            target_ongoing_requests: 1,
            upscale_delay_s: 10,
            downscale_delay_s: 300,
          },
        },
        { name: 'simulations', ray_actor_options: { num_cpus: 0, resources: { [ENTRANCE]: 0.001 } } },
      ],
    },
  ],
});

/**
 * A change of the image or of the pods makes a second cluster beside the first; the Service goes over to it once it
 * serves, and the first goes a minute later. One that never serves changes nothing.
 */
export const rayService = (pods: RayPods): Manifest => ({
  apiVersion: 'ray.io/v1',
  kind: 'RayService',
  metadata: { name: RAY, namespace: RAY_NAMESPACE, labels: rayLabels },
  spec: {
    upgradeStrategy: { type: 'NewCluster' },
    rayClusterDeletionDelaySeconds: 60,
    // The operator asks a head's Serve in plain HTTP, by which no port of the mesh can be asked: workers serve.
    excludeHeadPodFromServeSvc: true,
    serveConfigV2: JSON.stringify(serveConfig(pods.sizes), null, 2),
    serveService: {
      metadata: { name: RAY },
      spec: { ports: [{ name: 'serve', port: RAY_SERVE_PORT, targetPort: RAY_SERVE_PORT, appProtocol: 'http' }] },
    },
    rayClusterConfig: {
      rayVersion: RAY_VERSION,
      authOptions: { mode: 'token' },
      enableInTreeAutoscaling: true,
      autoscalerOptions: {
        version: 'v2',
        upscalingMode: 'Default',
        idleTimeoutSeconds: 60,
        resources: { requests: RAY_AUTOSCALER_NEEDS, limits: RAY_AUTOSCALER_NEEDS },
        securityContext: containerSecurity,
        volumeMounts: autoscalerMounts,
      },
      headGroupSpec: {
        resources: { CPU: '0', [ENTRANCE]: '1' },
        rayStartParams: { 'object-store-memory': String(OBJECT_STORE_BYTES) },
        template: headTemplate(pods),
      },
      workerGroupSpecs: [
        {
          groupName: 'workers',
          replicas: pods.sizes.rayWorkersMin,
          minReplicas: pods.sizes.rayWorkersMin,
          maxReplicas: pods.sizes.rayWorkersMax,
          rayStartParams: { 'object-store-memory': String(OBJECT_STORE_BYTES) },
          template: workerTemplate(pods),
        },
      ],
    },
  },
});
