import { Workload } from '../../../model/kubernetes/workload';
import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsBackupJob: Rule = {
  id: 'OPS-BACKUP-JOB',
  level: Level.WARNING,
  title: 'a CronJob can overlap itself or hang for ever, or is suspended',
  why: 'two runs write one archive, and a run that hangs is never noticed',
  fix: 'set concurrencyPolicy: Forbid, activeDeadlineSeconds and backoffLimit',
  source: 'Kubernetes CronJob',
  check: (system, report) => {
    for (const workload of system.workloads.filter(isOfSpire)) {
      const job = workload.manifest;
      const spec = asObject(asObject(job.spec.jobTemplate).spec);
      const missing = [...job.spec.concurrencyPolicy === undefined ? ['concurrencyPolicy'] : [], ...spec.activeDeadlineSeconds === undefined ? ['activeDeadlineSeconds'] : []];
      if (missing.length > 0) report.at(job, ['spec'], `${missing.join(' and ')} not set`);
      if (job.spec.concurrencyPolicy === 'Allow') report.at(job, ['spec', 'concurrencyPolicy'], 'concurrencyPolicy Allow lets two runs overlap', 'write concurrencyPolicy: Forbid');
      if (job.spec.suspend === true) report.at(job, ['spec', 'suspend'], `${job.name} is suspended: it never runs`, 'remove suspend, or the CronJob');
    }
  },
};

/** Whether a CronJob works on SPIRE; one whose pods only have an identity of SPIRE is somebody else's. */
function isOfSpire({ manifest, containers }: Workload): boolean {
  if (manifest.kind !== 'CronJob') return false;
  return /spire/.test(`${manifest.name} ${manifest.namespace}`) || containers.some(({ image, script }) => /spire/.test(`${image} ${script}`));
}
