import { Manifest, Path, asObject, asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshOperatorField: Rule = {
  id: 'MESH-OPERATOR-FIELD',
  level: Level.ERROR,
  title: 'an input of Istio has a field that its installer does not know',
  why: 'istioctl refuses the whole file; the API server refuses an Istio of Sail, or drops the field',
  fix: 'remove the field, or use the one that exists',
  source: 'istio operator/pkg/apis; observed: istioctl of the 1.31 line',
  check: (system, report) => {
    for (const operator of system.all('IstioOperator')) {
      for (const [path, hint] of unknownNames(operator, [...fieldsOf(operator), ...STRICT_VALUES])) {
        report.at(operator, path, `${path.slice(1).join('.')} is no field of IstioOperator${hint}`);
      }
    }
    for (const { manifest, form, values } of system.meshes) {
      for (const path of form === 'values' ? [['env']] : [['pilot', 'env']]) {
        const env: unknown = path.reduce((inner, key) => asObject(inner)[key], values.value);
        if (Array.isArray(env)) report.at(manifest, [...values.path, ...path], `${path.join('.')} is a list`, 'write a mapping of names to values, such as env: {NAME: value}');
      }
    }
    for (const istio of system.all('Istio').filter(({ group }) => group === 'sailoperator.io')) {
      for (const [path, hint] of unknownNames(istio, STRICT_VALUES)) report.at(istio, path, `${path.slice(1).join('.')} is no value of Istio${hint}`);
    }
  },
};

const SPEC = ['profile', 'installPackagePath', 'hub', 'tag', 'namespace', 'revision', 'compatibilityVersion', 'meshConfig', 'components', 'values', 'unvalidatedValues'];
const COMPONENTS = ['base', 'pilot', 'cni', 'ztunnel', 'istiodRemote', 'ingressGateways', 'egressGateways'];
const COMPONENT = ['enabled', 'namespace', 'hub', 'tag', 'k8s', 'name', 'label'];
const K8S = ['affinity', 'env', 'hpaSpec', 'imagePullPolicy', 'nodeSelector', 'podDisruptionBudget', 'podAnnotations', 'priorityClassName', 'readinessProbe',
  'replicaCount', 'resources', 'service', 'strategy', 'tolerations', 'serviceAnnotations', 'securityContext', 'volumes', 'volumeMounts', 'overlays'];
const VALUES = ['cni', 'gateways', 'global', 'pilot', 'ztunnel', 'telemetry', 'sidecarInjectorWebhook', 'revision', 'ownerName', 'meshConfig', 'base', 'istiodRemote',
  'revisionTags', 'defaultRevision', 'profile', 'compatibilityVersion', 'experimental', 'gatewayClasses', 'istio_cni'];
const GLOBAL = ['arch', 'certSigners', 'configValidation', 'defaultNodeSelector', 'defaultPodDisruptionBudget', 'defaultResources', 'defaultTolerations', 'hub',
  'imagePullPolicy', 'imagePullSecrets', 'istioNamespace', 'logAsJson', 'logging', 'meshID', 'meshNetworks', 'multiCluster', 'network', 'podDNSSearchNamespaces',
  'omitSidecarInjectorConfigMap', 'operatorManageWebhooks', 'priorityClassName', 'proxy', 'proxy_init', 'sds', 'tag', 'variant', 'tracer', 'remotePilotAddress',
  'istiod', 'pilotCertProvider', 'jwtPolicy', 'sts', 'revision', 'mountMtlsCerts', 'caAddress', 'externalIstiod', 'configCluster', 'caName', 'platform',
  'ipFamilies', 'ipFamilyPolicy', 'waypoint', 'trustBundleName', 'nativeNftables', 'networkPolicy', 'resourceScope', 'agentgateway', 'enableReaderRBAC', 'readerServiceAccount'];
const PROXY = ['enabled', 'autoInject', 'clusterDomain', 'componentLogLevel', 'enableCoreDump', 'excludeInboundPorts', 'excludeIPRanges', 'image', 'includeIPRanges',
  'logLevel', 'outlierLogPath', 'privileged', 'seccompProfile', 'startupProbe', 'resources', 'tracer', 'excludeOutboundPorts', 'lifecycle',
  'holdApplicationUntilProxyStarts', 'includeInboundPorts', 'includeOutboundPorts', 'readinessPeriodSeconds', 'readinessFailureThreshold',
  'readinessInitialDelaySeconds', 'statusPort'];
const HINTS: Record<string, string> = {
  trustDomain: 'write meshConfig.trustDomain',
  env: 'write meshConfig.defaultConfig.proxyMetadata',
  proxy: 'sidecars are configured in values.global.proxy',
  configOverride: 'only enabled exists',
};

type Known = [path: Path, names: string[]];

/** The values that are checked strictly, by istioctl and by the CRD of Sail. */
const STRICT_VALUES: Known[] = [
  [['spec', 'values'], VALUES],
  [['spec', 'values', 'global'], GLOBAL],
  [['spec', 'values', 'global', 'proxy'], PROXY],
  [['spec', 'values', 'telemetry', 'v2', 'prometheus'], ['enabled']],
];

/** The fields of an IstioOperator; gateways are lists of components. */
function fieldsOf(operator: Manifest): Known[] {
  const components = asObject(operator.spec.components);
  const paths = COMPONENTS.filter(name => components[name] !== undefined).flatMap((name): Path[] => {
    const component = components[name];
    return Array.isArray(component) ? asObjects(component).map((_, i) => ['spec', 'components', name, i]) : [['spec', 'components', name]];
  });
  return [
    [['spec'], SPEC],
    [['spec', 'components'], COMPONENTS],
    ...paths.flatMap((path): Known[] => [[path, COMPONENT], [[...path, 'k8s'], K8S]]),
  ];
}

/** What is meant by a name; only below global.proxy are variables those of proxies. */
function hintOf(path: Path, name: string): string {
  const hint = name === 'env' && path[path.length - 1] === 'values' ? 'the environment of istiod is values.pilot.env' : HINTS[name];
  return hint ? `: ${hint}` : '';
}

function unknownNames(manifest: Manifest, known: Known[]): [Path, string][] {
  const step = (inner: any, key: string | number): any => asObject(inner)[key] ?? (Array.isArray(inner) ? inner[Number(key)] : undefined);
  return known.flatMap(([path, names]) => {
    const found = Object.keys(asObject(path.reduce(step, manifest.value))).filter(name => !names.includes(name));
    return found.map((name): [Path, string] => [[...path, name], hintOf(path, name)]);
  });
}
