import { spireProxies } from '../../../model/mesh/injection';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { socketMismatches } from '../../socket-names';

export const spireSocketNameUnseen: Rule = {
  id: 'SPIRE-SOCKET-NAME-UNSEEN',
  level: Level.INFO,
  title: 'the mesh does not name the socket of the agents, and no pod that asks for SPIRE is to be seen',
  why: 'a pod without the name in its own annotation proxy.istio.io/config takes a certificate of Istio\'s CA without a word',
  fix: 'set WORKLOAD_IDENTITY_SOCKET_FILE to its name, at each pod or for the mesh',
  source: 'istio pkg/istio-agent/agent.go',
  check: (system, report) => {
    if (spireProxies(system).length > 0) return;
    for (const { tell } of socketMismatches(system)) tell(report);
  },
};
