import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Federation } from './federation';
import { Platform, Stage } from '../../delivery';
import { TrustDomain } from '../../identity';
import { requireProps } from '../../identity/require-props';
import { addPrometheusChecks } from '../observability/prometheus-checks';
import { AlertingRule, definePrometheusRule } from '../observability/prometheus-rule';
import { ISpire } from '../spire';

/**
 * How the federation of one cluster is watched.
 */
export interface FederationMonitoringProps {
  /**
   * The federation.
   */
  readonly federation: Federation;

  /**
   * SPIRE of the cluster.
   */
  readonly spire: ISpire;

  /**
   * Labels by which Prometheus finds the rules, such as `release: kube-prometheus-stack`.
   *
   * @default - no further labels, for a Prometheus that takes all rules
   */
  readonly ruleLabels?: { [key: string]: string };
}

/**
 * Alerts over the bundles of other trust domains: those that never came, and those that are no longer refreshed.
 *
 * The cluster needs the Prometheus operator.
 */
export class FederationMonitoring extends Construct {
  /**
   * The PrometheusRule.
   */
  public readonly prometheusRule: ApiObject;

  public constructor(scope: Construct, id: string, props: FederationMonitoringProps) {
    super(scope, id);
    requireProps(`FederationMonitoring '${id}'`, props, { federation: 'Federation', spire: 'ISpire' });
    const trusted = props.federation.trustedBy(props.spire);
    if (trusted.length === 0) {
      throw new Error(`cluster '${props.spire.cluster.name}' trusts nobody in this federation, so there is nothing to watch: remove its FederationMonitoring`);
    }
    const rules = { name: 'spiffe.federation.alerts', rules: [neverFetched(trusted), REFRESH_FAILS] };
    this.prometheusRule = definePrometheusRule(Platform.of(this).chart(Stage.MONITORING, 'federation-monitoring'), {
      name: 'spiffe-federation',
      namespace: props.spire.serverNamespace,
      labels: props.ruleLabels ?? {},
      groups: [rules],
    });
    addPrometheusChecks(Platform.of(this), rules, [{ metric: 'spire_server_started', of: 'the SPIRE server' }]);
  }
}

/**
 * The series of a trust domain begins with the first bundle that was fetched.
 */
function neverFetched(trusted: TrustDomain[]): AlertingRule {
  return {
    alert: 'SPIFFEFederationWithoutBundle',
    expr: trusted.map((trustDomain) => `absent(spire_server_bundle_manager_update_federated_bundle{trust_domain_id="${labelValue(trustDomain)}"})`).join(' or '),
    for: Duration.minutes(15),
    severity: 'warning',
    summary: 'The bundle of {{ $labels.trust_domain_id }} was never fetched',
    description: 'Identities that federate with {{ $labels.trust_domain_id }} are not issued while the server has no bundle.'
      + ' FEDERATE.md has the command that brings the first one.',
  };
}

const REFRESH_FAILS: AlertingRule = {
  alert: 'SPIFFEFederationRefreshFails',
  expr: 'sum by (trust_domain_id) (increase(spire_server_bundle_manager_fetch_federated_bundle{status!="OK"}[15m])) > 0'
    + ' unless sum by (trust_domain_id) (increase(spire_server_bundle_manager_update_federated_bundle[15m])) > 0',
  for: Duration.minutes(30),
  severity: 'critical',
  summary: 'The bundle of {{ $labels.trust_domain_id }} is no longer refreshed',
  description: 'Calls to and from {{ $labels.trust_domain_id }} fail when it changes its CA: fetching its bundle has failed for half an hour.',
};

/** SPIRE writes labels of letters, digits and underscores only: example.org is example_org. */
function labelValue(trustDomain: TrustDomain): string {
  return `${trustDomain}`.replace(/\W+_?/g, '_');
}
