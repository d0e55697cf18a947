import type { Construct } from 'constructs';
import { scheduledJobs } from '../config/functions';
import { ScheduledJob } from '../constructs/scheduled-job';
import type { Surroundings } from '../constructs/service-lambda';
import { StageStack } from './stage-stack';

/** The functions that the clock calls. */
export class SchedulesStack extends StageStack {
  constructor(scope: Construct, surroundings: Surroundings) {
    super(scope, 'schedules', surroundings.config, 'functions called by the clock');
    for (const [name, spec] of Object.entries(scheduledJobs)) new ScheduledJob(this, name, spec, surroundings);
  }
}
