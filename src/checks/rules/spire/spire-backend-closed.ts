import { addressOf, egressOf, isCutOff } from '../../../model/kubernetes/egress';
import { hasOtherPolicies } from '../../../model/kubernetes/network-policy';
import { LoadedPlugin } from '../../../model/spire/catalog';
import { Server } from '../../../model/spire/discovery';
import { databaseType, isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireBackendClosed: Rule = {
  id: 'SPIRE-BACKEND-CLOSED',
  level: Level.ERROR,
  title: 'NetworkPolicies keep the server from its database, Vault, or the cloud that has its keys',
  why: 'without database or keys the server does not start; without the authority above it, it ends with its CA',
  fix: 'let the server reach the address and port that its plugin calls',
  source: 'Kubernetes NetworkPolicy; doc/plugin_server_datastore_sql.md',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system)) return;
    for (const server of system.servers) {
      const { workload } = server;
      const policies = workload ? egressOf(system, workload) : [];
      if (!workload || policies.length === 0) continue;
      for (const plugin of server.config?.plugins ?? []) {
        const { host, port } = calledBy(server, plugin) ?? {};
        if (host === undefined || port === undefined || isUnknown(host) || host.includes('$') || !isCutOff(system, policies, workload.namespace, host, port)) continue;
        report.at(policies[0], ['spec', 'egress'], `no policy lets ${workload.namespace}/${workload.name} reach ${host}:${port}, which ${plugin.type} "${plugin.name}" calls`);
      }
    }
  },
};

function calledBy(server: Server, { type, name, config }: LoadedPlugin): ReturnType<typeof addressOf> {
  if (type === 'DataStore') return databaseAddress(databaseType(server) ?? '', config.text('connection_string'));
  if (['vault', 'hashicorp_vault'].includes(name)) return addressOf(config.text('vault_addr'));
  return undefined;
}

function databaseAddress(type: string, dsn: string): ReturnType<typeof addressOf> {
  const url = /^[a-z]+:\/\/(?:[^@/]*@)?([^:/?,@]+)(?::(\d+))?(?:[/?]|$)/.exec(dsn) ?? /@tcp\(([^:)]+)(?::(\d+))?\)/.exec(dsn);
  const [, host] = url ?? /(?:^|\s)host\s*=\s*'?([^\s',/][^\s',]*)'?(?:\s|$)/.exec(dsn) ?? [];
  const port = url ? url[2] : /(?:^|\s)port\s*=\s*'?(\d+)/.exec(dsn)?.[1];
  const usual = type.includes('postgres') ? 5432 : 3306;
  return host === undefined || type === 'sqlite3' || type === '' ? undefined : { host, port: Number(port ?? usual) };
}
