import { autoscalersOf, replicasOf } from '../../../model/kubernetes/replicas';
import { databaseType } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireHaSqlite: Rule = {
  id: 'SPIRE-HA-SQLITE',
  level: Level.ERROR,
  title: 'several replicas of the server have sqlite each',
  why: 'every replica has its own entries and agents: identities come and go with the replica that answers',
  fix: 'use postgres or mysql, or one replica',
  source: 'doc/scaling_spire.md',
  check: (system, report) => {
    for (const server of system.servers) {
      const replicas = server.workload ? replicasOf(system, server.workload) : 1;
      if (replicas <= 1 || databaseType(server) !== 'sqlite3') continue;
      const { manifest, name, replicas: own } = server.workload!;
      const scaler = own < replicas ? autoscalersOf(system, server.workload!).find(({ spec }) => spec.maxReplicas === replicas) : undefined;
      if (scaler) report.at(scaler, ['spec', 'maxReplicas'], `up to ${replicas} replicas of ${name} with sqlite3`);
      else report.at(manifest, ['spec', 'replicas'], `${replicas} replicas with sqlite3`);
    }
  },
};
