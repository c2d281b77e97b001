import { awsIid, AwsIidProps } from './aws-iid';
import { azureImds, AzureImdsProps } from './azure-imds';
import { azureMsi, AzureMsiProps } from './azure-msi';
import { gcpIit, GcpIitProps } from './gcp-iit';
import { httpChallenge, HttpChallengeProps } from './http-challenge';
import { k8sPsat, K8sPsatProps } from './k8s-psat';
import { NodeAttestorSides } from './sides';
import { sshpop, SshPopProps } from './sshpop';
import { tpmDevid, TpmDevIdProps } from './tpm-devid';
import { x509pop, X509PopProps, x509popSpiffe, X509PopSpiffeProps } from './x509pop';
import { customPlugin, CustomPluginProps } from '../plugins/custom-plugin';
import { plainPlugin } from '../plugins/plugin';

/**
 * How an agent proves to the server on which node it runs. One object makes the plugin of the agent and that of the server.
 */
export class NodeAttestor {
  /**
   * Projected service account tokens of the agents' pods; other clusters can be taken too.
   *
   * Throws when a service account has no namespace.
   *
   * @param props audience, selectors and other clusters
   */
  public static k8sPsat(props: K8sPsatProps = {}): NodeAttestor {
    return new NodeAttestor(k8sPsat(props));
  }

  /**
   * Tokens that the server makes, each for one agent and one use. Agents keep their keys on disk, as they cannot attest again.
   */
  public static joinToken(): NodeAttestor {
    const plugin = () => plainPlugin('NodeAttestor', 'join_token');
    return new NodeAttestor({ name: 'join_token', reattests: false, nodeUidIds: false, server: plugin, agent: plugin });
  }

  /**
   * Certificates of a public key infrastructure of yours.
   *
   * Throws without certificate authority.
   *
   * @param props certificate authorities and the agents' certificate
   */
  public static x509pop(props: X509PopProps): NodeAttestor {
    return new NodeAttestor(x509pop(props));
  }

  /**
   * X.509-SVIDs of the same trust domain.
   *
   * Throws when prefix or socket are not valid.
   *
   * @param props prefix and the agents' Workload API socket
   */
  public static x509popSpiffe(props: X509PopSpiffeProps = {}): NodeAttestor {
    return new NodeAttestor(x509popSpiffe(props));
  }

  /**
   * Instance identity documents of Amazon EC2.
   *
   * Throws for an organization that is half given.
   *
   * @param props credentials and what is checked
   */
  public static awsIid(props: AwsIidProps = {}): NodeAttestor {
    return new NodeAttestor(awsIid(props));
  }

  /**
   * Instance identity tokens of Google Compute Engine.
   *
   * Throws without a project.
   *
   * @param props projects and selectors
   */
  public static gcpIit(props: GcpIitProps): NodeAttestor {
    return new NodeAttestor(gcpIit(props));
  }

  /**
   * The instance metadata service of Azure. Needs SPIRE 1.14.
   *
   * The agents of this cluster belong to the first tenant. Throws without a tenant, or for credentials that are half given.
   *
   * @param props tenants and their credentials
   */
  public static azureImds(props: AzureImdsProps): NodeAttestor {
    return new NodeAttestor(azureImds(props));
  }

  /**
   * Managed identities of Azure. For new installations azureImds, which needs no identity for each node, is the better one.
   *
   * The agents of this cluster take the resource of the first tenant. Throws without a tenant, or for credentials that are half given.
   *
   * @param props tenants and their credentials
   */
  public static azureMsi(props: AzureMsiProps): NodeAttestor {
    return new NodeAttestor(azureMsi(props));
  }

  /**
   * A call back to the host name of the agent.
   *
   * Throws when agents could not attest, or everybody could.
   *
   * @param props host names and ports
   */
  public static httpChallenge(props: HttpChallengeProps): NodeAttestor {
    return new NodeAttestor(httpChallenge(props));
  }

  /**
   * SSH host certificates.
   *
   * Throws without certificate authority.
   *
   * @param props certificate authorities and the node's own certificate
   */
  public static sshpop(props: SshPopProps): NodeAttestor {
    return new NodeAttestor(sshpop(props));
  }

  /**
   * Device identities in Trusted Platform Modules.
   *
   * Throws when the device is none.
   *
   * @param props certificate authorities and the nodes' identity
   */
  public static tpmDevid(props: TpmDevIdProps): NodeAttestor {
    return new NodeAttestor(tpmDevid(props));
  }

  /**
   * A node attestor that is not built into SPIRE, or newer than this library.
   *
   * Throws when the plugin is built in and has a factory here, or when the two sides have different names.
   *
   * @param server the plugin of the server
   * @param agent the plugin of the agent
   */
  public static custom(server: CustomPluginProps, agent: CustomPluginProps): NodeAttestor {
    const [serverSide, agentSide] = [customPlugin('NodeAttestor', server), customPlugin('NodeAttestor', agent)];
    if (server.name !== agent.name) {
      throw new Error(`node attestor '${server.name}' of the server and '${agent.name}' of the agent differ: SPIRE matches them by name, make them equal`);
    }
    return new NodeAttestor({ name: server.name, reattests: true, nodeUidIds: false, server: () => serverSide, agent: () => agentSide });
  }

  private constructor(private readonly sides: NodeAttestorSides) {}

  /**
   * @internal
   */
  public _sides(): NodeAttestorSides {
    return this.sides;
  }
}
