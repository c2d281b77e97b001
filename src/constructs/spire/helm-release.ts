import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { SpireHelmReleaseProps } from './helm-release-props';
import { requireNamespace } from './input';
import { ISpire } from './spire-ref';
import { Cluster, WorkloadApiSocket } from '../../cluster';
import { Platform, Stage } from '../../delivery';
import { requirePositive } from '../../formats/go-duration';
import { isDnsLabel } from '../../identity/dns-name';
import { requireProps } from '../../identity/require-props';

/**
 * A SPIRE that is there already: nothing of it is written, and VERIFY.md has the command that shows whether it is as said.
 */
export class SpireHelmRelease extends Construct implements ISpire {
  public readonly cluster: Cluster;
  public readonly socket: WorkloadApiSocket;
  public readonly className: string;
  public readonly caTtl: Duration;
  public readonly serverNamespace: string;
  public readonly agentNamespace: string;

  public constructor(scope: Construct, id: string, props: SpireHelmReleaseProps) {
    super(scope, id);
    requireProps('Spire.fromHelmRelease', props, { release: 'text', namespace: 'text', socket: 'WorkloadApiSocket?' });
    const { release, namespace } = props;
    if (!isDnsLabel(release) || release.length > 53) {
      throw new Error(`release '${release}' is no name of a Helm release: use up to 53 of a-z, 0-9 and '-', not at the ends`);
    }
    requireNamespace('namespace of the release', namespace);
    this.cluster = Platform.of(this).cluster;
    this.socket = props.socket ?? WorkloadApiSocket.of();
    this.className = props.className ?? `${namespace}-${release}`;
    requirePositive('caTtl', props.caTtl);
    this.caTtl = props.caTtl ?? Duration.hours(24);
    this.serverNamespace = props.serverNamespace ?? namespace;
    this.agentNamespace = props.agentNamespace ?? namespace;
    requireNamespace('serverNamespace', this.serverNamespace);
    requireNamespace('agentNamespace', this.agentNamespace);
    this.addSteps(release, namespace);
  }

  private addSteps(release: string, namespace: string): void {
    const { name, trustDomain } = this.cluster;
    Platform.of(this).addStepBefore(Stage.IDENTITIES, {
      purpose: 'See that the release of SPIRE is for this cluster and trust domain',
      command: `helm get values ${release} --namespace ${namespace} --output yaml | grep -E '^ +(clusterName|trustDomain):'`,
      expected: `    clusterName: ${name}\n    trustDomain: ${trustDomain}`,
    });
    Platform.of(this).addStepBefore(Stage.IDENTITIES, {
      purpose: 'See that the controller manager has the class of the identities',
      command: `kubectl -n ${this.serverNamespace} get configmaps -o yaml | grep -E 'className:'`,
      expected: `className: ${this.className}`,
    });
  }
}
