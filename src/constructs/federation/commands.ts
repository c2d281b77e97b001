import { remoteSecrets } from './discovery';
import { FederationMember } from './federation-member';
import { TrustRelation } from './trust-relation';
import { RolloutStep } from '../../delivery';
import { ISpire } from '../spire';
import { inServer } from '../spire/server/command';

/**
 * A command of a SPIRE server, run in its pod. kubectl's contexts are named as the clusters.
 */
function onServer(spire: ISpire, command: string): string {
  return inServer(`kubectl --context ${spire.cluster.name} -n ${spire.serverNamespace}`, command, true);
}

/**
 * The command that shows the own bundle in the form that others take.
 */
export function showBundle(spire: ISpire): string {
  return onServer(spire, 'bundle show -format spiffe');
}

/**
 * The command that brings the first bundle of a trusted cluster to one that trusts it; undefined when nothing has to be brought.
 */
export function bootstrapStep({ trusting, trusted }: TrustRelation): RolloutStep | undefined {
  const { trustDomain, bootstrap } = trusted;
  if (!bootstrap || bootstrap.knownBundle) {
    return undefined;
  }
  const source = bootstrap.source;
  const show = source
    ? `kubectl --context ${trusting.spire.cluster.name} -n ${source.namespace} get configmap ${source.name} -o jsonpath='{.data.${source.key.replaceAll('.', '\\.')}}'`
    : showBundle(trusted.server!);
  return {
    purpose: source
      ? `Bring the first bundle of ${trustDomain} from ConfigMap ${source.namespace}/${source.name}`
      : `Bring the first bundle of ${trustDomain}, when the server of ${trusted.server!.cluster.name} runs too`,
    command: `${show} \\\n  | ${onServer(trusting.spire, `bundle set -id ${trustDomain.uri} -format spiffe`)}`,
    expected: 'bundle set.',
  };
}

/**
 * The commands that show whether a cluster trusts another.
 */
export function checkSteps({ trusting, trusted }: TrustRelation): RolloutStep[] {
  const { trustDomain, url } = trusted;
  return [
    {
      purpose: `See that the controller manager has made the relation with ${trustDomain}`,
      command: onServer(trusting.spire, `federation show -trustDomain ${trustDomain}`),
      expected: `Trust domain              : ${trustDomain}\nBundle endpoint URL       : ${url}`,
    },
    {
      purpose: `See that the server has the bundle of ${trustDomain}`,
      command: onServer(trusting.spire, `bundle list -id ${trustDomain.uri}`),
      expected: '-----BEGIN CERTIFICATE-----',
    },
    {
      purpose: `Fetch the bundle of ${trustDomain} from its endpoint now`,
      command: onServer(trusting.spire, `federation refresh -id ${trustDomain.uri}`),
      expected: 'Bundle refreshed',
    },
  ];
}

/**
 * The commands that end the trust of a cluster in another, after it is gone from the manifests.
 */
export function revokeSteps({ trusting, trusted }: TrustRelation): RolloutStep[] {
  const { spire, mesh } = trusting;
  const { trustDomain } = trusted;
  return [
    {
      purpose: 'Unless a GitOps controller prunes, delete what the change takes away, as kubectl apply deletes nothing: the objects of the files that this lists '
        + 'in the folder of the cluster (HEAD~1 is the commit before the change), and the objects that are gone from files that stay',
      command: 'git diff --diff-filter=D --name-only HEAD~1 -- .',
    },
    {
      purpose: 'Take the relation away (a GitOps controller that prunes has done it already)',
      command: `kubectl --context ${spire.cluster.name} delete clusterfederatedtrustdomain ${trustDomain.name.replaceAll('_', '-')} --ignore-not-found`,
    },
    {
      purpose: 'Take the bundle away from the server and from every entry: agents and proxies lose it within seconds',
      command: onServer(spire, `bundle delete -id ${trustDomain.uri} -mode dissociate`),
      expected: 'bundle deleted.',
    },
    {
      purpose: 'See that it is gone',
      command: onServer(spire, `bundle list -id ${trustDomain.uri}`),
      expected: 'Error: ... bundle not found',
    },
    ...trusted.clusters.flatMap((other) => discoverySteps(trusting, other)),
    ...(mesh ? [{
      purpose: 'End the connections that are still open: restart the workloads that still call or are called over a border, one line for each. The others lost their label in the roll-out, which has restarted them',
      command: `kubectl --context ${spire.cluster.name} get pods -A -l cdk8s-spiffe.dev/federated=true -o jsonpath='{range .items[*]}{.metadata.namespace}{" "}{.metadata.name}{"\\n"}{end}' \\\n  | xargs -r -n 2 kubectl --context ${spire.cluster.name} delete pod -n`,
    }] : []),
  ];
}

/**
 * The commands after which neither cluster reads the workloads of the other from its API.
 */
function discoverySteps({ spire, mesh }: FederationMember, other: ISpire): RolloutStep[] {
  if (!mesh) {
    return [];
  }
  const [context, name] = [`kubectl --context ${spire.cluster.name} -n ${mesh.rootNamespace}`, other.cluster.name];
  return [
    ...remoteSecrets(spire, other).map(({ secretName }) => ({
      purpose: `Let istiod read the workloads of ${name} no longer`,
      command: `${context} delete secret ${secretName} --ignore-not-found`,
    })),
    ...remoteSecrets(other, spire).filter(({ _settings: { store } }) => !store).map(() => ({
      purpose: `Let ${name} read this cluster no longer: its token ends with the Secret (other clusters that read this one need a new one: VERIFY.md, stage 50-mesh, there)`,
      command: `${context} delete secret istio-reader-service-account-istio-remote-secret-token --ignore-not-found`,
    })),
  ];
}

/**
 * A command of a page with what it should answer.
 */
export function renderStep({ purpose, command, expected }: RolloutStep): string[] {
  return [`${purpose}:`, '', '```sh', command, '```', '', ...(expected ? ['Expect:', '', '```text', expected, '```', ''] : [])];
}
