import { isUnbound, mayDo } from '../../../model/kubernetes/rbac';
import { Workload } from '../../../model/kubernetes/workload';
import { asObject, asObjects, asRecord, asText, asTexts } from '../../../model/manifest';
import { workloadsEverywhere } from '../../../model/mesh/selection';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayRights: Rule = {
  id: 'MESH-GATEWAY-RIGHTS',
  level: Level.WARNING,
  title: 'a gateway has no right to the Secrets of its certificates',
  why: 'istiod asks the API server whether the service account of the gateway may list Secrets of its namespace, and else sends no certificate: the port stays closed',
  fix: 'bind the service account of the gateway to a Role with get, watch and list of secrets, as the chart gateway does',
  source: 'istio pilot/pkg/credentials/kube/secrets.go, Authorize',
  check: (system, report) => {
    for (const gateway of system.all('Gateway').filter(({ group, spec }) => group === 'networking.istio.io' && Object.keys(asRecord(spec.selector)).length > 0)) {
      const needs = asObjects(gateway.spec.servers).map(({ tls }) => asObject(tls))
        .findIndex(({ credentialName, credentialNames }) => [asText(credentialName), ...asTexts(credentialNames)].some(isNamed));
      const lacking = needs < 0 ? undefined : workloadsEverywhere(system, gateway.spec.selector).find(workload => isRefused(system, workload));
      if (lacking) report.at(gateway, ['spec', 'servers', needs, 'tls'], `service account ${lacking.serviceAccount} of ${lacking.namespace}/${lacking.name} may not list secrets in ${lacking.namespace}`);
    }
  },
};

function isNamed(name: string): boolean {
  return name !== '' && !name.includes('://');
}

function isRefused(system: System, workload: Workload): boolean {
  return isUnbound(system, workload) || mayDo(system, workload, { group: '', resource: 'secrets', verb: 'list', namespace: workload.namespace }) === false;
}
