import { SpireNetworkPolicies } from './spire-network-policies';
import { Cluster } from '../../../cluster';
import { requireProps } from '../../../identity/require-props';
import { NetworkPeer } from '../../network';
import { apiServerRule, dnsRule, ranges, requireClusterNetwork, requireRanges } from '../../network/cluster-network';
import { NetworkPort, NetworkRule } from '../../network/network-policy-rule';
import { requireText } from '../input';

/**
 * Whom the pod of a server or an agent calls and who calls it, gathered while the configuration is written: each plugin says its own.
 */
export class PodNetwork {
  public readonly egress: NetworkRule[];
  public readonly ingress: NetworkRule[] = [];

  /**
   * What each port is for that is not open to pods alone, for those who read the policy.
   */
  public readonly egressNotes: string[] = [];

  public constructor(public readonly cluster: Cluster, public readonly settings: SpireNetworkPolicies) {
    requireProps('networkPolicies', settings, {
      dns: 'NetworkPeer[]?',
      externalAddresses: 'text[]?',
      apiServerAddresses: 'text[]?',
      nodeAddresses: 'text[]?',
      metricsReaders: 'NetworkPeer[]?',
      serverCallers: 'NetworkPeer[]?',
    });
    requireClusterNetwork('networkPolicies', settings);
    requireRanges('nodeAddresses of networkPolicies', settings.nodeAddresses);
    this.egress = [dnsRule(settings)];
  }

  /**
   * A host is called. An address is one; a Service of the cluster is the pods of its namespace, as their own ports are not known; any other
   * name is every address.
   */
  public call(purpose: string, host: string, port: number, protocol = 'TCP'): void {
    requireText(`host of ${purpose}`, host);
    const namespace = this.namespaceOf(host);
    const range = addressRange(host);
    const ports = [{ port, protocol }];
    if (namespace !== undefined) {
      this.egress.push({ peers: [NetworkPeer.pods(namespace)], ports: [{ port: 1, endPort: 65535, protocol }] });
    } else if (range !== undefined) {
      this.egress.push({ peers: [NetworkPeer.ipBlock(range)], ports });
    } else {
      this.egress.push({ peers: ranges(this.settings.externalAddresses), ports, hosts: [host] });
    }
    const seen = namespace === undefined ? '' : `, any port of the pods of namespace ${namespace}`;
    this.note(`${host}:${port}${protocol === 'TCP' ? '' : `/${protocol}`}: ${purpose}${seen}`);
  }

  /**
   * The host of an https URL is called.
   */
  public callUrl(purpose: string, url: string): void {
    const { host, port } = hostOf(url);
    this.call(purpose, host, port);
  }

  /**
   * A host is called whose name stands in no manifest.
   */
  public callUnnamed(purpose: string, ports: NetworkPort[]): void {
    this.egress.push({ peers: ranges(this.settings.externalAddresses), ports });
    this.note(`${ports.map(({ port, endPort }) => endPort === undefined ? port : `${port}-${endPort}`).join(', ')}: ${purpose}`);
  }

  /**
   * API servers of other clusters are called, whose kubeconfigs are in Secrets.
   */
  public callOtherApiServers(purpose: string): void {
    this.callUnnamed(`${purpose}: API servers of other clusters`, [{ port: 443 }, { port: 6443 }]);
  }

  /**
   * The API server of this cluster is called.
   */
  public callApiServer(): void {
    const rule = apiServerRule(this.settings, this.cluster.apiServerPort);
    this.egress.push(rule);
    this.note(`${rule.ports.map(({ port }) => port).join(', ')}: API server`);
  }

  /**
   * The kubelets of the nodes are called.
   */
  public callKubelet(port: number): void {
    this.egress.push({ peers: ranges(this.settings.nodeAddresses), ports: [{ port }] });
    this.note(`${port}: kubelet of the node`);
  }

  /**
   * Pods of this cluster are called.
   */
  public callPods(peer: NetworkPeer, port: number): void {
    this.egress.push({ peers: [peer], ports: [{ port }] });
  }

  /**
   * Somebody calls a port.
   *
   * @param callers who calls; `undefined` is everybody
   */
  public answer(port: number, callers: NetworkPeer[] | undefined): void {
    this.ingress.push({ peers: callers, ports: [{ port }] });
  }

  /**
   * Prometheus scrapes a port.
   */
  public answerMetrics(port: number): void {
    const readers = this.settings.metricsReaders ?? [NetworkPeer.pods('monitoring')];
    if (readers.length > 0) {
      this.answer(port, readers);
    }
  }

  private note(text: string): void {
    if (!this.egressNotes.includes(text)) {
      this.egressNotes.push(text);
    }
  }

  private namespaceOf(host: string): string | undefined {
    const [, namespace, end] = /^[a-z0-9-]+\.([a-z0-9-]+)\.svc(\..+)?$/.exec(host) ?? [];
    return end === undefined || end === `.${this.cluster.clusterDomain}` ? namespace : undefined;
  }
}

/**
 * Host and port of a URL, or of an address `host:port`.
 */
export function hostOf(url: string): { readonly host: string; readonly port: number } {
  const [, scheme, host, port] = /^(?:([a-z]+):\/\/)?(\[[^\]]+\]|[^/:?#]+)(?::(\d+))?/.exec(url) ?? [];
  if (host === undefined || (scheme === undefined && port === undefined)) {
    throw new Error(`'${url}' is no address: write it as 'host:port'`);
  }
  return { host, port: Number(port ?? (scheme === 'http' ? 80 : 443)) };
}

function addressRange(host: string): string | undefined {
  const v6 = /^\[?([0-9a-f]*:[0-9a-f:]*)\]?$/i.exec(host);
  if (v6) {
    return `${v6[1].toLowerCase()}/128`;
  }
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) ? `${host}/32` : undefined;
}
