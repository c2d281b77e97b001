import { podSecurityViolations } from '../../../src/model/kubernetes/pod-security';
import { Workload } from '../../../src/model/kubernetes/workload';
import { Manifest } from '../../../src/model/manifest';

const HARDENED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

function violations(level: string, container: object, pod: object = {}): string[] {
  const value = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'web', image: 'web:1', ...container }], ...pod } };
  const manifest = { kind: 'Pod', group: '', name: 'web', namespace: 'shop', value } as unknown as Manifest;
  return podSecurityViolations(Workload.of(manifest)!, level);
}

test.each<[string, object, object?]>([
  ['restricted', { securityContext: HARDENED }],
  ['restricted', { securityContext: { ...HARDENED, runAsNonRoot: undefined, seccompProfile: undefined } }, { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } } }],
  ['restricted', { securityContext: { ...HARDENED, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } } }],
  ['restricted', { securityContext: { runAsNonRoot: true } }, { os: { name: 'windows' } }],
  ['restricted', { image: 'auto' }],
  ['baseline', {}],
  ['baseline', { securityContext: { capabilities: { add: ['CHOWN'] } } }],
  ['privileged', { securityContext: { privileged: true } }],
  ['', { securityContext: { privileged: true } }],
])('%s takes %j %j', (level, container, pod = {}) => expect(violations(level, container, pod)).toEqual([]));

test.each([
  ['baseline', { securityContext: { privileged: true } }, {}, ['container web is privileged']],
  ['baseline', { ports: [{ containerPort: 80, hostPort: 80 }] }, {}, ['container web has a hostPort']],
  ['baseline', { securityContext: { capabilities: { add: ['NET_ADMIN'] } } }, {}, ['container web adds the capability NET_ADMIN']],
  ['baseline', { securityContext: { procMount: 'Unmasked' } }, {}, ['container web has procMount Unmasked']],
  ['baseline', {}, { hostNetwork: true, volumes: [{ name: 'run', hostPath: { path: '/run' } }] }, ['the pod has hostNetwork', 'volume run is a hostPath']],
  ['baseline', {}, { securityContext: { seccompProfile: { type: 'Unconfined' } } }, ['the pod has seccompProfile Unconfined']],
  ['restricted', {}, {}, ['container web needs allowPrivilegeEscalation: false', 'container web needs capabilities.drop: [ALL]',
    'container web needs seccompProfile.type: RuntimeDefault', 'container web needs runAsNonRoot: true']],
  ['restricted', { securityContext: { ...HARDENED, runAsNonRoot: false } }, { securityContext: { runAsNonRoot: true } }, ['container web needs runAsNonRoot: true']],
  ['restricted', { securityContext: { ...HARDENED, runAsUser: 0 } }, {}, ['container web has runAsUser 0']],
  ['restricted', { securityContext: HARDENED }, { securityContext: { runAsUser: 0 } }, ['the pod has runAsUser 0']],
  ['restricted', { securityContext: { ...HARDENED, capabilities: { drop: ['ALL'], add: ['CHOWN'] } } }, {}, ['container web adds the capability CHOWN']],
  ['restricted', { securityContext: HARDENED }, { volumes: [{ name: 'data', nfs: { server: 'a', path: '/' } }] }, ['volume data is of kind nfs']],
])('fails at %s for %j %j', (level, container, pod, expected) => expect(violations(level, container, pod)).toEqual(expected));
