import type { Construct } from 'constructs';
import { consumers } from '../config/functions';
import { EventConsumer, type EventConsumerProps } from '../constructs/event-consumer';
import { StageStack } from './stage-stack';

/** The functions that Kafka feeds. */
export class ConsumersStack extends StageStack {
  constructor(scope: Construct, props: EventConsumerProps) {
    super(scope, 'consumers', props.config, 'functions fed by Kafka topics');
    for (const [name, spec] of Object.entries(consumers)) new EventConsumer(this, name, spec, props);
  }
}
