import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { describeWithSharedData, sharedData } from './shared-data';
import { strictErrors } from './strict-schema';

const deployment = () => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        initContainers: [{ name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' }],
        containers: [{
          name: 'web',
          image: 'web:1',
          resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: 1 } },
          livenessProbe: { httpGet: { path: '/', port: 8080 } },
          readinessProbe: { httpGet: { path: '/', port: 'http' } },
          volumeMounts: [{ name: 'socket', mountPath: '/run/socket', readOnly: true }],
        }] as any[],
        volumes: [{ name: 'socket', csi: { driver: 'csi.spiffe.io', readOnly: true } }],
      },
    },
  } as any,
});

/** Puts a value at a path of a fresh deployment. */
function deploymentWith(path: string, value: unknown): any {
  const manifest = deployment();
  const parts = path.split('.');
  const last = parts.pop()!;
  const target = parts.reduce<any>((inner, part) => inner[part], manifest);
  target[last] = value;
  return manifest;
}

const POD = 'spec.template.spec';

describe('kinds of Kubernetes', () => {
  test('a deployment passes', () => {
    expect(strictErrors([deployment()])).toEqual([]);
  });

  test.each([
    ['unknown field of the spec', 'spec.replica', 2, "/spec has unknown field 'replica'"],
    ['a status, which only controllers write', 'status', {}, "/ has unknown field 'status'"],
    ['unknown field of a container', `${POD}.containers.0.liveness`, {}, "/spec/template/spec/containers/0 has unknown field 'liveness'"],
    ['unknown field of the metadata', 'metadata.lables', {}, "/metadata has unknown field 'lables'"],
    ['number as label', 'metadata.labels.version', 1, '/metadata/labels/version must be string'],
    ['number as environment', `${POD}.containers.0.env`, [{ name: 'A', value: 1 }], '/spec/template/spec/containers/0/env/0/value must be string'],
    ['fraction as replicas', 'spec.replicas', 1.5, '/spec/replicas must be integer'],
    ['text as replicas', 'spec.replicas', '2', '/spec/replicas must be integer'],
    ['text as boolean', `${POD}.hostNetwork`, 'true', '/spec/template/spec/hostNetwork must be boolean'],
    ['bad quantity', `${POD}.containers.0.resources.limits`, { cpu: '1 core' }, '/spec/template/spec/containers/0/resources/limits/cpu must match pattern'],
    ['missing selector', 'spec.selector', undefined, "/spec must have required property 'selector'"],
    ['missing name of a container', `${POD}.containers.0.name`, undefined, "/spec/template/spec/containers/0 must have required property 'name'"],
    ['null', `${POD}.containers`, null, '/spec/template/spec/containers must be array'],
    ['missing name', 'metadata.name', undefined, 'metadata.name is missing'],
  ])('fails with %s', (_, path, value, message) => {
    expect(strictErrors([deploymentWith(path, value)]).join('\n')).toContain(message);
  });

  test.each([
    ['a group that is none', 'extensions/v1', 'Deployment'],
    ['a version that is none', 'apps/v1beta3', 'Deployment'],
    ['a kind that is none', 'apps/v1', 'Deploymnet'],
    ['a type that is no kind', 'v1', 'PodSpec'],
    ['a kind in the wrong group', 'v1', 'Deployment'],
  ])('fails for %s', (_, apiVersion, kind) => {
    expect(strictErrors([{ apiVersion, kind, metadata: { name: 'x' } }])).toEqual([`${apiVersion} ${kind} x: no schema knows this kind`]);
  });

  test.each([[null], ['text'], [{ kind: 'Pod' }], [[]]])('fails for %j, which is no object', (manifest) => {
    expect(strictErrors([manifest])).toEqual([expect.stringContaining('not a Kubernetes object')]);
  });

  test.each([
    ['v1', 'ServiceAccount', { automountServiceAccountToken: false }],
    ['v1', 'ConfigMap', { data: { 'server.conf': 'server {}' } }],
    ['v1', 'Namespace', {}],
    ['storage.k8s.io/v1', 'CSIDriver', { spec: { podInfoOnMount: true, volumeLifecycleModes: ['Ephemeral'] } }],
    ['scheduling.k8s.io/v1', 'PriorityClass', { value: 1000000 }],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }],
    ['networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ingress: [{ ports: [{ port: 'http', protocol: 'TCP' }] }] } }],
    ['policy/v1', 'PodDisruptionBudget', { spec: { maxUnavailable: '50%' } }],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
      webhooks: [{
        name: 'a.b.c',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        rules: [{ resources: ['a'], scope: '*' }],
        clientConfig: { service: { name: 's', namespace: 'n' } },
      }],
    }],
  ])('%s %s passes, and fails with an unknown field', (apiVersion, kind, rest) => {
    const manifest = { apiVersion, kind, metadata: { name: 'x' }, ...rest };
    expect(strictErrors([manifest])).toEqual([]);
    expect(strictErrors([{ ...manifest, bogus: true }])).toEqual([`${apiVersion} ${kind} x: / has unknown field 'bogus'`]);
  });
});

describeWithSharedData('custom resources', () => {
  const clusterSpiffeId = (spec: object) => ({
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ClusterSPIFFEID',
    metadata: { name: 'x' },
    spec: { spiffeIDTemplate: 'spiffe://example.org/x', ...spec },
  });
  const istio = (group: string, kind: string, spec: object) => ({ apiVersion: `${group}.istio.io/v1`, kind, metadata: { name: 'x', namespace: 'n' }, spec });

  test.each([
    ['ClusterSPIFFEID', clusterSpiffeId({ podSelector: { matchLabels: { a: 'b' } } })],
    ['PeerAuthentication', istio('security', 'PeerAuthentication', { mtls: { mode: 'STRICT' } })],
    ['AuthorizationPolicy', istio('security', 'AuthorizationPolicy', {
      action: 'ALLOW', rules: [{ from: [{ source: { principals: ['example.org/ns/a/sa/b'] } }], to: [{ operation: { methods: ['GET'] } }] }],
    })],
    ['VirtualService', istio('networking', 'VirtualService', {
      hosts: ['reviews'],
      http: [{ timeout: '3s', retries: { attempts: 3 }, route: [{ destination: { host: 'reviews', subset: 'v1' }, weight: 100 }] }],
    })],
    ['PrometheusRule', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'x', namespace: 'n' },
      spec: { groups: [{ name: 'g', rules: [{ record: 'a:b:c', expr: 'up' }, { alert: 'A', expr: 1, for: '5m' }] }] },
    }],
    ['HTTPRoute', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'x', namespace: 'n' }, spec: { hostnames: ['a.example.org'] } }],
    ['CiliumNetworkPolicy', {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'x', namespace: 'n' },
      spec: { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] },
    }],
  ])('%s passes', (_, manifest) => {
    expect(strictErrors([manifest])).toEqual([]);
  });

  test.each([
    ['unknown field of a ClusterSPIFFEID', clusterSpiffeId({ podSelectr: {} }), "/spec has unknown field 'podSelectr'"],
    ['a ClusterSPIFFEID without template', clusterSpiffeId({ spiffeIDTemplate: undefined }), "/spec must have required property 'spiffeIDTemplate'"],
    ['unknown field of metadata', { ...clusterSpiffeId({}), metadata: { name: 'x', lables: {} } }, "/metadata has unknown field 'lables'"],
    ['a status, which only controllers write', { ...clusterSpiffeId({}), status: {} }, "/ has unknown field 'status'"],
    ['unknown mode', istio('security', 'PeerAuthentication', { mtls: { mode: 'ALWAYS' } }), '/spec/mtls/mode must be equal to one of the allowed values'],
    ['unknown field deep inside', istio('security', 'AuthorizationPolicy', { rules: [{ from: [{ source: { principal: ['x'] } }] }] }),
      "/spec/rules/0/from/0/source has unknown field 'principal'"],
    ['two of which one is allowed', istio('networking', 'VirtualService', { http: [{ match: [{ uri: { exact: '/', prefix: '/' } }] }] }),
      '/spec/http/0/match/0/uri must match exactly one schema in oneOf'],
    ['unknown field of a rule', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'x' },
      spec: { groups: [{ name: 'g', rules: [{ record: 'a', expr: 'up', label: {} }] }] },
    }, "/spec/groups/0/rules/0 has unknown field 'label'"],
    ['a duration that is none', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'x' },
      spec: { groups: [{ name: 'g', rules: [{ alert: 'a', expr: 'up', for: '5 minutes' }] }] },
    }, '/spec/groups/0/rules/0/for must match pattern'],
    ['unknown version', { ...istio('security', 'PeerAuthentication', {}), apiVersion: 'security.istio.io/v2' }, 'no schema knows this kind'],
    ['a custom resource without a name', { ...clusterSpiffeId({}), metadata: {} }, 'metadata.name is missing'],
  ])('fails with %s', (_, manifest, message) => {
    expect(strictErrors([manifest]).join('\n')).toContain(message);
  });

  test('fails for a group that only begins like one of Kubernetes', () => {
    const manifest = { apiVersion: 'apps.example.org/v1', kind: 'Deployment', metadata: { name: 'x' } };
    expect(strictErrors([manifest])).toEqual(['apps.example.org/v1 Deployment x: no schema knows this kind']);
  });

  test('a definition of a custom resource is itself a known kind', () => {
    const definitions = parseAllDocuments(readFileSync(sharedData('crds', 'spire-controller-manager.yaml'), 'utf8'))
      .map((document) => document.toJS()).filter(Boolean);
    for (const definition of definitions) {
      delete definition.status;
    }
    expect(definitions.length).toBe(3);
    expect(strictErrors(definitions)).toEqual([]);
    definitions[0].spec.versions[0].schema.openAPIV3Schema.proprties = {};
    expect(strictErrors(definitions)).toEqual([expect.stringContaining("openAPIV3Schema has unknown field 'proprties'")]);
  });
});
