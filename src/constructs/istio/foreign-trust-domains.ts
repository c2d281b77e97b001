import { Cluster, IstioVersion } from '../../cluster';
import { TrustDomain } from '../../identity';

/**
 * The other trust domains that a mesh accepts, kept in its configuration.
 *
 * They stand in `caCertificates`, where they stay apart; as `trustDomainAliases` their identities would equal the own ones in every policy.
 */
export class ForeignTrustDomains {
  private readonly accepted: TrustDomain[] = [];
  private readonly own: any[];

  /**
   * @param config the configuration of the mesh, which is changed
   */
  public constructor(private readonly cluster: Cluster, private readonly version: IstioVersion, private readonly config: any) {
    this.own = config.caCertificates ?? [];
  }

  /**
   * All accepted trust domains, in the order in which they came.
   */
  public get all(): TrustDomain[] {
    return [...this.accepted];
  }

  /**
   * Accepts certificates of a trust domain; once is enough.
   */
  public accept(trustDomain: TrustDomain): void {
    if (this.accepts(trustDomain)) {
      return;
    }
    this.requireOther(trustDomain);
    this.accepted.push(trustDomain);
    this.config.caCertificates = [...this.own, { trustDomains: this.accepted.map(({ name }) => name) }];
  }

  /**
   * Whether certificates of a trust domain are accepted.
   */
  public accepts(trustDomain: TrustDomain): boolean {
    return this.accepted.some((one) => one.sameAs(trustDomain));
  }

  private requireOther(trustDomain: TrustDomain): void {
    const where = `mesh of cluster '${this.cluster.name}'`;
    if (trustDomain.sameAs(this.cluster.trustDomain)) {
      throw new Error(`${where} accepts its own trust domain '${trustDomain}' already: remove it`);
    }
    if ([trustDomain, this.cluster.trustDomain].some(({ name }) => name === 'cluster.local')) {
      throw new Error(`${where} would federate with trust domain 'cluster.local', which Istio takes for its own in every policy: `
        + 'give each cluster a trust domain of its own');
    }
    if ((this.config.trustDomainAliases ?? []).includes(trustDomain.name)) {
      throw new Error(`${where} has '${trustDomain}' in trustDomainAliases, which makes its identities equal to the own ones: remove it there`);
    }
    if (!this.version.isAtLeast(29, 2)) {
      throw new Error(`${where} has Istio ${this.version}, which expects the own trust domain of workloads in other clusters: use 1.29.2 or newer`);
    }
  }
}
