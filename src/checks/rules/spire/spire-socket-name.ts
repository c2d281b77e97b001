import { spireProxies } from '../../../model/mesh/injection';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { podSocketMismatches, socketMismatches } from '../../socket-names';

export const spireSocketName: Rule = {
  id: 'SPIRE-SOCKET-NAME',
  level: Level.ERROR,
  title: 'Istio\'s proxies look for another socket file than the agent makes',
  why: 'with the default name they take a certificate of Istio\'s own CA without a word, with another name they never start',
  fix: 'name the socket "socket", or set WORKLOAD_IDENTITY_SOCKET_FILE to its name',
  source: 'istio pkg/istio-agent/agent.go',
  check: (system, report) => {
    // A proxy without SPIRE's template takes Istio's certificate on purpose, whatever the socket is called.
    if (spireProxies(system).length === 0) return;
    for (const { tell } of socketMismatches(system)) tell(report);
    for (const { workload, message } of podSocketMismatches(system)) report.at(workload.manifest, workload.at('metadata'), message);
  },
};
