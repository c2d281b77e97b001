import { isFilledIn } from '../../../model/filled-in';
import { asObject, asText } from '../../../model/manifest';
import { isUnknown } from '../../../model/spire/queries';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const ciliumTrustDomain: Rule = {
  id: 'CILIUM-TRUST-DOMAIN',
  level: Level.ERROR,
  title: 'Cilium and the SPIRE that it uses have different trust domains',
  why: 'the server refuses the entries of the operator, and the handshakes of agents find no SVID: what has to be authenticated is dropped',
  fix: 'give authentication.mutual.spire.trustDomain the trust domain of the SPIRE server',
  source: 'cilium operator/auth/spire/client.go; install/kubernetes/cilium/values.yaml',
  check: (system, report) => {
    for (const values of system.ciliumValues) {
      const spire = asObject(asObject(asObject(values.value.authentication).mutual).spire);
      // a SPIRE of its own comes with its chart
      if (spire.enabled !== true || asObject(spire.install).enabled !== false) continue;
      const name = asText(spire.trustDomain) || 'spiffe.cilium';
      const socket = asText(spire.adminSocketPath) || '/run/spire/sockets/admin.sock';
      const agent = system.agents.find(({ config }) => config?.agent.text('admin_socket_path') === socket);
      // the one server that knows Cilium's operator is the one that it calls
      const servers = system.servers.filter(({ config }) => config?.server.texts('admin_ids').some(id => id.endsWith('/cilium-operator')));
      const server = agent === undefined && servers.length === 1 ? servers[0].config!.server : undefined;
      const other = agent?.config?.agent.text('trust_domain') ?? server?.text('trust_domain') ?? '';
      if (other === '' || isUnknown(other) || isFilledIn(name) || trustDomainName(other) === name) continue;
      const path = ['authentication', 'mutual', 'spire', spire.trustDomain === undefined ? 'enabled' : 'trustDomain'];
      report.at(values, path, `Cilium has the trust domain "${name}", ${server ? 'the server of its operator' : `the agent at ${socket}`} "${trustDomainName(other)}"`);
    }
  },
};
