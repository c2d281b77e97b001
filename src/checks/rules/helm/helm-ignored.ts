import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const helmIgnored: Rule = {
  id: 'HELM-IGNORED',
  level: Level.ERROR,
  title: 'a Helm value is read by no template',
  why: 'the chart renders as if it were not there, and tells nobody',
  fix: 'use the value that exists',
  source: 'observed: helm with chart spire 0.30.0',
  check: (system, report) => {
    for (const values of system.spireValues) {
      const keys = Object.keys(asObject(values.value));
      // the chart spire-nested has others
      for (const key of keys.some(name => NESTED.test(name)) ? [] : keys) {
        if (!TOP.includes(key)) report.at(values, [key], `${key} is no sub-chart of spire`);
      }
      for (const [path, instead] of Object.entries(IGNORED)) {
        const steps = path.split('.');
        const parent = asObject(steps.slice(0, -1).reduce((value, step) => asObject(value)[step], values.value));
        if (parent[steps[steps.length - 1]] !== undefined) report.at(values, steps, `${path} is read by no template`, `write ${instead}`);
      }
    }
  },
};

const NESTED = /^(root|internal|external|external-root|downstream)-(spire-server|spire-agent|spiffe-csi-driver)/;
const TOP = ['global', 'spire-server', 'spire-agent', 'spiffe-csi-driver', 'spiffe-oidc-discovery-provider', 'tornjak-frontend', 'upstream-spire-agent',
  'upstream-spiffe-csi-driver', 'spike-keeper', 'spike-nexus', 'spike-pilot', 'spire-identity-exchange', 'spiffe-step-ssh', 'upstream', 'gatewayAPI',
  'tags', 'extraObjects'];
/** Values that people write where the chart does not read them, and where it does. */
export const IGNORED: Record<string, string> = {
  'spire-server.trustDomain': 'global.spire.trustDomain',
  'spire-server.clusterName': 'global.spire.clusterName',
  'global.spire.upstreamServerAddress': 'global.spire.upstreamSpireAddress',
  'spire-agent.trustDomain': 'global.spire.trustDomain',
  'spire-server.dataStore.sql.connectionString': 'databaseType, databaseName, host, port, username and externalSecret',
  'spire-server.persistence.enabled': 'persistence.type: pvc',
  'spire-server.deploymentType': 'kind',
  'spire-agent.workloadAttestors.k8s.kubeletAddress': 'kubeletAddress at the root of spire-agent',
};
