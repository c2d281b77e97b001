import { containersWith } from '../../../model/kubernetes/containers';
import { Workload } from '../../../model/kubernetes/workload';
import { asObjects, asText, asTexts } from '../../../model/manifest';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const linkerdInCluster: Rule = {
  id: 'LINKERD-IN-CLUSTER',
  level: Level.WARNING,
  title: 'a proxy of Linkerd in the cluster should have an identity of SPIRE',
  why: 'proxies in the cluster take identities from Linkerd\'s own issuer; SPIRE is for proxies on machines outside of it',
  fix: 'remove LINKERD2_PROXY_IDENTITY_SPIRE_SOCKET, or give Linkerd\'s issuer and SPIRE one root',
  source: 'linkerd2 issues 5728 and 7033',
  check: (system, report) => {
    for (const { workload, container } of containersWith(system, SOCKET)) {
      const index = asObjects(container.value.env).findIndex(env => asText(env.name) === SOCKET);
      if (workload.annotations['linkerd.io/inject'] !== undefined) report.at(workload.manifest, [...container.path, 'env', index], `the injected proxy does not look at ${SOCKET}`);
    }
    for (const object of system.all('MeshTLSAuthentication').filter(({ group }) => group === 'policy.linkerd.io')) {
      asTexts(object.spec.identities).forEach((identity, i) => {
        const [, namespace, account] = /^spiffe:\/\/[^/]+\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(identity) ?? [];
        const pod = namespace === undefined ? undefined : injected(system, namespace).get(account);
        if (pod) report.at(object, ['spec', 'identities', i], `${pod.name} shows ${account}.${namespace}.serviceaccount.identity.linkerd.cluster.local, not "${identity}"`, 'write identityRefs with the ServiceAccount');
      });
    }
  },
};

/** A workload with Linkerd's proxy for each service account of a namespace. */
const injected = onceIn((system: System, namespace: string): ReadonlyMap<string, Workload> => new Map(system.workloadsIn(namespace)
  .filter(({ annotations }) => ['enabled', 'ingress'].includes(annotations['linkerd.io/inject'] ?? '')).map(workload => [workload.serviceAccount, workload])));

const SOCKET = 'LINKERD2_PROXY_IDENTITY_SPIRE_SOCKET';
