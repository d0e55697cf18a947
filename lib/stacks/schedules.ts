import type { Construct } from 'constructs';
import { scheduledJobs } from '../config/functions';
import { addWaitingLettersAlarm } from '../constructs/letter-alarms';
import { ScheduledJob } from '../constructs/scheduled-job';
import type { Surroundings } from '../constructs/service-lambda';
import { StageStack } from './stage-stack';

/** The functions that the clock calls. */
export class SchedulesStack extends StageStack {
  constructor(scope: Construct, surroundings: Surroundings) {
    super(scope, 'schedules', surroundings.config, 'functions called by the clock');
    for (const [name, spec] of Object.entries(scheduledJobs)) {
      const { lambda } = new ScheduledJob(this, name, spec, surroundings);
      if (name === 'sweep') addWaitingLettersAlarm(this, { ...surroundings, logGroup: lambda.logGroup });
    }
  }
}
