import { NESTED_PARTS, PARTS } from '../../../model/chart-parts';
import { Path, asObject } from '../../../model/manifest';
import { ChartValues, chartValues, placesOf } from '../../../model/spire/chart-values';
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
    for (const values of chartValues(system)) {
      for (const key of strangers(values)) report.at(values.manifest, [key], `${key} is no sub-chart of ${values.isNested ? 'spire-nested' : 'spire'}`);
      for (const path of identitiesOfNobody(values)) report.at(values.manifest, path, 'no identity is made of them: controllerManager.enabled is false', 'enable the controller manager, or make the entries yourself');
      for (const [path, instead] of Object.entries(IGNORED)) {
        for (const steps of placesOf(values, path)) {
          // what is global may be for another chart as well
          const isGiven = steps[0] === 'global' && values.get(instead.split('.')) !== undefined;
          if (values.get(steps) !== undefined && !isGiven) report.at(values.manifest, steps, `${steps.join('.')} is read by no template`, `write ${instead}`);
        }
      }
    }
  },
};

const BESIDE = ['global', 'tornjak-frontend', 'spike-keeper', 'spike-nexus', 'spike-pilot', 'spire-identity-exchange', 'spiffe-step-ssh', 'gatewayAPI', 'tags', 'extraObjects'];
const TOP = [...BESIDE, ...PARTS, 'upstream-spire-agent', 'upstream-spiffe-csi-driver', 'upstream'];
const NESTED_TOP = [...BESIDE, ...NESTED_PARTS, 'upstream-spire-agent', 'upstream-spiffe-csi-driver', 'spiffe-csi-driver', 'spiffe-oidc-discovery-provider', 'spire-ha-agent',
  'spireIdentityExchange', 'spire-identity-exchange-bottom-turtle-ha-a', 'spire-identity-exchange-bottom-turtle-ha-b'];

/** The keys at the root that no chart reads; where it is not sure that the values are those of the chart, what looks like the name of a part only. */
function strangers(values: ChartValues): string[] {
  const keys = Object.keys(asObject(values.manifest.value));
  if (values.chart !== undefined && !/^spire(-nested)?$/.test(values.chart)) return [];
  const known = values.isNested ? NESTED_TOP : TOP;
  const isSure = values.chart !== undefined || keys.some(key => key !== 'global' && known.includes(key));
  return keys.filter(key => !known.includes(key) && (isSure || MISSPELT.test(key) || known.some(name => key === `${name}s`)));
}

const MISSPELT = /^(spire|spiffe)-(ag|serv|csi|oidc)/;

/** Values that people write where the chart does not read them, and where it does. */
export const IGNORED: Record<string, string> = {
  'spire-server.trustDomain': 'global.spire.trustDomain',
  'spire-server.clusterName': 'global.spire.clusterName',
  'global.spire.upstreamServerAddress': 'global.spire.upstreamSpireAddress',
  'global.trustDomain': 'global.spire.trustDomain',
  'global.clusterName': 'global.spire.clusterName',
  'global.jwtIssuer': 'global.spire.jwtIssuer',
  'spire-agent.trustDomain': 'global.spire.trustDomain',
  'spire-server.dataStore.sql.connectionString': 'databaseType, databaseName, host, port, username and externalSecret',
  'spire-server.persistence.enabled': 'persistence.type: pvc',
  'spire-server.deploymentType': 'kind',
  'spire-server.controllerManager.cacheNamespaces': 'ignoreNamespaces',
  'spire-agent.workloadAttestors.k8s.kubeletAddress': 'kubeletAddress at the root of spire-agent',
};

/** The identities of servers without a controller manager, which alone makes entries of them. */
function identitiesOfNobody(values: ChartValues): Path[] {
  const isOff = (part: string): boolean => values.get([part, 'controllerManager', 'enabled']) === false
    && ['externalControllerManagers', 'kubeConfigs'].every(name => values.get([part, name]) === undefined);
  return values.parts('spire-server').filter(isOff).map(part => [part, 'controllerManager', 'identities']).filter(path => values.get(path) !== undefined);
}
