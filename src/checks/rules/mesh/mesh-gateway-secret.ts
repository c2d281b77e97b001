import { collect } from '../../../model/collect';
import { selectsLabels } from '../../../model/kubernetes/selector';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObject, asObjects, asRecord, asText, asTexts } from '../../../model/manifest';
import { workloadsEverywhere } from '../../../model/mesh/selection';
import { once, onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewaySecret: Rule = {
  id: 'MESH-GATEWAY-SECRET',
  level: Level.WARNING,
  title: 'the Secret that a Gateway names is in another namespace than the pods of the gateway',
  why: 'a gateway reads Secrets of its own namespace only: it closes the connections of that port',
  fix: 'move the Secret, or what makes it, to the namespace of the gateway\'s pods',
  source: 'istio networking/v1/gateway.proto, credentialName',
  check: (system, report) => {
    for (const gateway of system.all('Gateway').filter(({ group }) => group === 'networking.istio.io')) {
      const selector = asObject(gateway.spec.selector);
      if (Object.keys(selector).length === 0) continue;
      const pods = new Set([...namespacesOf(system, workloadsEverywhere(system, selector)), ...operatorNamespaces(system, asRecord(selector))]);
      if (pods.size === 0 || pods.has('')) continue;
      asObjects(gateway.spec.servers).forEach((server, i) => {
        const tls = asObject(server.tls);
        const misplaced = (name: string): Set<string> | undefined => {
          const [, namespace] = /^([^/]+)\/[^/]+$/.exec(name) ?? [];
          const places = new Set(namespace === undefined ? secretPlaces(system).get(name) : [namespace]);
          return places.size === 0 || places.has('') || [...places].some(place => pods.has(place)) ? undefined : places;
        };
        for (const [key, names] of [['credentialName', [asText(tls.credentialName)]], ['credentialNames', asTexts(tls.credentialNames)]] as const) {
          for (const name of names) {
            const places = misplaced(name);
            if (!places) continue;
            const [there, here] = [places, pods].map(namespaces => [...namespaces].sort().join(', '));
            report.at(gateway, ['spec', 'servers', i, 'tls', key], `Secret ${name} is in ${there}, the pods of the gateway are in ${here}`);
          }
        }
      });
    }
  },
};

/** The namespaces of some workloads; many gateways select the same ones. */
const namespacesOf = onceIn((_: System, workloads: readonly Workload[]): Set<string> => new Set(workloads.map(({ namespace }) => namespace)));

/** The namespaces of the gateways with some labels that IstioOperators list. */
function operatorNamespaces(system: System, selector: Record<string, string>): string[] {
  return operatorGateways(system).filter(({ labels }) => selectsLabels(selector, labels)).map(({ namespace }) => namespace);
}

const operatorGateways = once((system: System): { namespace: string; labels: Record<string, string> }[] =>
  system.all('IstioOperator').flatMap(({ spec }) => asObjects(asObject(spec.components).ingressGateways).filter(({ enabled }) => enabled !== false)
    .map(gateway => ({
      namespace: asText(gateway.namespace) || asText(spec.namespace) || 'istio-system',
      labels: { app: 'istio-ingressgateway', istio: 'ingressgateway', ...asRecord(gateway.label) },
    }))));

/** The namespaces in which Secrets are, or will be, by name; nothing is said of those that something copies to others. */
const secretPlaces = once((system: System): Map<string, string[]> => {
  const places = new Map<string, string[]>();
  if (COPIERS.some(kind => system.all(kind).length > 0)) return places;
  for (const kind of Object.keys(NAMES)) {
    for (const maker of system.all(kind)) {
      // one that is copied is wherever the copier brings it
      const isCopied = /reflect|replicat|sync/i.test(JSON.stringify([maker.annotations, maker.spec.secretTemplate, maker.spec.template]));
      const name = NAMES[kind](maker);
      if (name !== '') collect(places, name, isCopied ? '' : maker.namespace);
    }
  }
  return places;
});

/** What makes Secrets in namespaces that are not its own. */
const COPIERS = ['ClusterExternalSecret', 'ClusterPolicy', 'ClusterSecret'];

const NAMES: Record<string, (maker: Manifest) => string> = {
  Secret: ({ name }) => name,
  SealedSecret: ({ name }) => name,
  Certificate: ({ spec }) => asText(spec.secretName),
  ExternalSecret: ({ name, spec }) => asText(asObject(spec.target).name) || name,
};
