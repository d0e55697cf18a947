import type { App } from 'aws-cdk-lib';
import type { StageConfig } from './config/stage';
import type { Surroundings } from './constructs/service-lambda';
import { AlarmsStack } from './stacks/alarms';
import { ApiStack } from './stacks/api';
import { ClusterStack } from './stacks/cluster';
import { ConsumersStack } from './stacks/consumers';
import { DataStack } from './stacks/data';
import { EdgeStack } from './stacks/edge';
import { IngressStack } from './stacks/ingress';
import { NetworkStack } from './stacks/network';
import { ObservabilityStack } from './stacks/observability';
import { OperationsStack } from './stacks/operations';
import { SchedulesStack } from './stacks/schedules';
import { SchemaStack } from './stacks/schema';
import { StreamingStack } from './stacks/streaming';
import { WebStack } from './stacks/web';
import { WorkloadsStack } from './stacks/workloads';

/** All stacks of one stage, in the order in which they are deployed. */
export function addProvingGround(app: App, config: StageConfig): void {
  const alarms = new AlarmsStack(app, config);
  const network = new NetworkStack(app, config);
  const data = new DataStack(app, config, network);
  const surroundings: Surroundings = {
    config,
    vpc: network.vpc,
    functionGroup: network.functionGroup,
    secrets: data.secrets,
    alarmTopic: alarms.topic,
  };
  const schema = new SchemaStack(app, surroundings);
  const streaming = new StreamingStack(app, surroundings, network);
  const cluster = new ClusterStack(app, config, network, data);
  const kafkaClusterArn = streaming.clusterArn;

  const api = new ApiStack(app, surroundings);
  const consumers = new ConsumersStack(app, { ...surroundings, kafkaClusterArn });
  const schedules = new SchedulesStack(app, surroundings);
  const workloads = new WorkloadsStack(app, {
    config,
    cluster: cluster.cluster,
    vpcCidr: network.vpc.vpcCidrBlock,
    secrets: data.secrets,
    archive: data.archive,
    kafkaClusterArn,
  });
  const operations = new OperationsStack(app, {
    ...surroundings,
    kafkaClusterArn,
    cluster: cluster.cluster,
    archive: data.archive,
  });
  // No code runs before the schema that it was written for.
  for (const stack of [api, consumers, schedules, workloads, operations]) stack.addStackDependency(schema);

  const ingress = new IngressStack(app, config, network, cluster);
  ingress.addStackDependency(workloads);
  const web = new WebStack(app, config, new EdgeStack(app, config), api.apiHost);
  web.addStackDependency(ingress);
  // It shows the API and the sockets a secret that has to be there.
  web.addStackDependency(data);
  const observability = new ObservabilityStack(app, config, api, alarms.topic);
  observability.addStackDependency(workloads); // Its alarms read the log group that the cluster's agent writes to.
}
