import { agentSecrets, usersOf } from '../../../model/envoy';
import { idsSelecting, renderedId, staticEntries } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyIdentity: Rule = {
  id: 'ENVOY-IDENTITY',
  level: Level.ERROR,
  title: 'Envoy asks for an identity that its pod does not have',
  why: 'SPIRE answers InvalidArgument to the whole request: no certificate comes, and the listener stays closed',
  fix: 'name the SPIFFE ID that the ClusterSPIFFEID gives to the pod, or default',
  source: 'observed: runs of SPIRE 1.15.3, SDS',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const asked = agentSecrets(envoy).filter(({ kind, name }) => kind === 'certificate' && name.startsWith('spiffe://'));
      for (const { workload } of asked.length > 0 ? usersOf(system, envoy) : []) {
        const rendered = idsSelecting(system, workload).map(id => renderedId(system, id, workload, pathOnly));
        if (rendered.length === 0 || rendered.includes(undefined) || staticEntries(system).length > 0) continue;
        for (const { name, path } of asked) {
          if (!rendered.some(id => id?.replace(/^spiffe:\/\/[^/]*/, '') === name.replace(/^spiffe:\/\/[^/]*/, ''))) {
            report.at(envoy, path, `${workload.manifest.kind} ${workload.name} has ${rendered.join(', ').replace(`//${pathOnly}`, '//…')}, not ${name}`);
          }
        }
      }
    }
  },
};

/** In place of a trust domain that is not to be seen: paths are compared. */
const pathOnly = 'trust.domain';
