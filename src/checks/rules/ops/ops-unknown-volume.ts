import { asList, asText } from '../../../model/manifest';
import { isInjected } from '../../../model/mesh/injection';
import { isClaimed } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsUnknownVolume: Rule = {
  id: 'OPS-UNKNOWN-VOLUME',
  level: Level.ERROR,
  title: 'a container mounts a volume that the pod does not have',
  why: 'the API server refuses the pod',
  fix: 'add the volume, or correct the name',
  source: 'Kubernetes API validation',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const volumes = workload.volumes.map(({ name }) => name);
      for (const container of workload.containers) {
        const mounts = asList(container.value.volumeMounts);
        mounts.forEach((mount, i) => {
          if (volumes.includes(mount?.name)) return;
          const name = asText(mount?.name);
          if (isClaimed(workload, name) || (FROM_INJECTION.test(name) && isInjected(system, workload))) return;
          report.at(workload.manifest, [...container.path, 'volumeMounts', i], `there is no volume ${name}`);
        });
      }
    }
  },
};

const FROM_INJECTION = /^(workload-socket|istio-|credential-socket|workload-certs)/;
