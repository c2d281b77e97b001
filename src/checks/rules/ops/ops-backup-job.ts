import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsBackupJob: Rule = {
  id: 'OPS-BACKUP-JOB',
  level: Level.WARNING,
  title: 'a CronJob can overlap itself or hang for ever',
  why: 'two runs write one archive, and a run that hangs is never noticed',
  fix: 'set concurrencyPolicy: Forbid, activeDeadlineSeconds and backoffLimit',
  source: 'Kubernetes CronJob',
  check: (system, report) => {
    for (const job of system.all('CronJob')) {
      if (!/spire/.test(JSON.stringify(job.spec))) continue;
      const spec = asObject(asObject(job.spec.jobTemplate).spec);
      const missing = [...job.spec.concurrencyPolicy === undefined ? ['concurrencyPolicy'] : [], ...spec.activeDeadlineSeconds === undefined ? ['activeDeadlineSeconds'] : []];
      if (missing.length > 0) report.at(job, ['spec'], `${missing.join(' and ')} not set`);
    }
  },
};
