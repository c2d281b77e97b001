import { containersWith } from '../../../model/kubernetes/containers';
import { asObjects, asText } from '../../../model/manifest';
import { variableIn } from '../../../model/spire/variables';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireEndpointSocket: Rule = {
  id: 'SPIRE-ENDPOINT-SOCKET',
  level: Level.ERROR,
  title: 'an application is told a Workload API that is no URI of a socket',
  why: 'SPIFFE libraries want a URI: the application gets no SVID',
  fix: 'write unix://<mount path>/<socket>',
  source: 'SPIFFE Workload Endpoint, section 4',
  check: (system, report) => {
    for (const { workload, container } of containersWith(system, 'SPIFFE_ENDPOINT_SOCKET')) {
      asObjects(container.value.env).forEach((env, i) => {
        const value = asText(env.value) || (variableIn(system, workload, container, 'SPIFFE_ENDPOINT_SOCKET') ?? '');
        if (env.name !== 'SPIFFE_ENDPOINT_SOCKET' || value === '' || value.includes('$(') || /^(unix|npipe):/.test(value)) return;
        if (value.startsWith('tcp:')) {
          // a proxy beside it may listen for it
          const isAlone = workload.containers.length === 1 && workload.volumes.some(({ csi }) => csi?.driver === 'csi.spiffe.io');
          if (isAlone) report.at(workload.manifest, [...container.path, 'env', i, 'value'], `"${value}" is no socket of a file: agents of SPIRE listen on no TCP port`);
          return;
        }
        report.at(workload.manifest, [...container.path, 'env', i, 'value'], `"${value}" has no scheme`);
      });
    }
  },
};
