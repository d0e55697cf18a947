import type { Construct } from 'constructs';
import { consumers } from '../config/functions';
import { EventConsumer, type EventConsumerProps } from '../constructs/event-consumer';
import { addParkedAlarm } from '../constructs/letter-alarms';
import { StageStack } from './stage-stack';

/** The functions that Kafka feeds. */
export class ConsumersStack extends StageStack {
  constructor(scope: Construct, props: EventConsumerProps) {
    super(scope, 'consumers', props.config, 'functions fed by Kafka topics');
    for (const [name, spec] of Object.entries(consumers)) {
      const { lambda } = new EventConsumer(this, name, spec, props);
      addParkedAlarm(this, { ...props, name, logGroup: lambda.logGroup, impact: spec.errorImpact });
    }
  }
}
