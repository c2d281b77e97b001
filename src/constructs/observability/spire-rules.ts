import { Duration } from 'cdk8s';
import { RuleGroup } from './prometheus-rule';
import { caReserve } from '../spire/ttl';

/**
 * Alerts over the end of certificates: a server or an agent that is ready may still issue nothing, and hands out what has expired.
 *
 * @param caTtl how long a CA of the server lasts
 */
export function spireRules(caTtl: Duration): RuleGroup {
  return {
    name: 'spire.alerts',
    rules: [
      {
        alert: 'SPIREServerCAExpires',
        expr: `min by (instance, trust_domain_id) (spire_server_manager_x509_ca_rotate_expiration) - time() < ${Math.floor(caReserve(caTtl).toMilliseconds() / 1000)}`,
        for: Duration.minutes(5),
        severity: 'critical',
        summary: 'The CA of SPIRE server {{ $labels.instance }} ends in {{ $value | humanizeDuration }}',
        description: 'A new CA should have taken over by now. When it ends, no workload of trust domain {{ $labels.trust_domain_id }} gets an identity.',
      },
      {
        alert: 'SPIREAgentStalled',
        expr: 'sum by (instance) (increase(spire_agent_manager_sync_fetch_entries_updates{status="OK"}[10m])) == 0',
        for: Duration.minutes(10),
        severity: 'critical',
        summary: 'SPIRE agent {{ $labels.instance }} hears nothing from the server',
        description: 'Its workloads keep the identities that they have until those expire, even while the agent is ready; new pods on its node get none.',
      },
    ],
  };
}
