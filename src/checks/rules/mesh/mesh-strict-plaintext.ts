import { selectsLabels } from '../../../model/kubernetes/selector';
import { servicePorts } from '../../../model/kubernetes/service';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, Path, asObject, asObjects, asRecord, asText } from '../../../model/manifest';
import { serviceOf } from '../../../model/mesh/hosts';
import { isInjected } from '../../../model/mesh/injection';
import { mtlsMode } from '../../../model/mesh/peer-authentication';
import { workloadsWith } from '../../../model/mesh/selection';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshStrictPlaintext: Rule = {
  id: 'MESH-STRICT-PLAINTEXT',
  level: Level.ERROR,
  title: 'callers are told not to use mutual TLS with a workload that takes nothing else',
  why: 'the DestinationRule wins over what Istio would do by itself: every call is reset, and the caller sees 503',
  fix: 'remove trafficPolicy.tls, or write mode ISTIO_MUTUAL',
  source: 'istio DestinationRule ClientTLSSettings; PeerAuthentication',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      const settings = settingsOf(rule).filter(({ mode }) => mode === 'DISABLE' || mode === 'SIMPLE');
      const service = settings.length === 0 ? undefined : localService(system, rule);
      for (const { path, mode, port, labels } of settings) {
        const strict = service && strictWorkload(system, service, labels, port);
        if (strict) report.at(rule, path, `mode is ${mode}, and ${strict.name} takes mutual TLS only`);
      }
    }
  },
};

interface Setting {
  readonly path: Path;
  readonly mode: string;
  /** The port of the Service that it is for; undefined where it is for all of them. */
  readonly port?: number;
  readonly labels?: Json;
}

function settingsOf({ spec }: Manifest): Setting[] {
  const of = (policy: Json, path: Path, labels?: Json): Setting[] => [
    { path: [...path, 'tls', 'mode'], mode: asText(asObject(policy.tls).mode), labels },
    ...asObjects(policy.portLevelSettings).map((one, i) => ({
      path: [...path, 'portLevelSettings', i, 'tls', 'mode'], mode: asText(asObject(one.tls).mode), port: Number(asObject(one.port).number), labels,
    })),
  ];
  return [...of(asObject(spec.trafficPolicy), ['spec', 'trafficPolicy']),
    ...asObjects(spec.subsets).flatMap((subset, i) => of(asObject(subset.trafficPolicy), ['spec', 'subsets', i, 'trafficPolicy'], subset.labels))];
}

/** The Service of this cluster that the host of a rule is. */
function localService(system: System, { spec, namespace }: Manifest): Manifest | undefined {
  const host = asText(spec.host);
  const local = !host.includes('.') || /^[^.*]+\.[^.]+(\.svc(\..+)?)?$/.test(host);
  const service = local ? serviceOf(system, host, namespace) : undefined;
  return service && Object.keys(asObject(service.spec.selector)).length > 0 ? service : undefined;
}

/** A workload behind a Service, with a proxy that takes nothing but mutual TLS on every port that is meant; many rules may be for one Service. */
function strictWorkload(system: System, service: Manifest, labels: Json, port: number | undefined): Workload | undefined {
  const known = strictWorkloads(system, service);
  const key = JSON.stringify([asRecord(labels), port]);
  if (!known.has(key)) known.set(key, findStrict(system, service, labels, port));
  return known.get(key);
}

const strictWorkloads = onceIn((_: System, __: Manifest) => new Map<string, Workload | undefined>());

function findStrict(system: System, service: Manifest, labels: Json, port: number | undefined): Workload | undefined {
  return workloadsWith(system, service.namespace, service.spec.selector).find(workload => {
    if (!selectsLabels(labels, workload.labels)) return false;
    if (!isInjected(system, workload) || Object.keys(workload.annotations).some(name => /traffic\.sidecar\.istio\.io\/(in|ex)cludeInboundPorts/.test(name))) return false;
    const ports = servicePorts(system, workload).filter(one => one.service === service && (port === undefined || one.port === port));
    return ports.length > 0 && ports.every(({ target }) => mtlsMode(system, workload, target) === 'STRICT');
  });
}
