import { clustersOf, pipeOf, rootOf, sdsClusters, typed } from '../../../model/envoy';
import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyAuthzAgent: Rule = {
  id: 'ENVOY-AUTHZ-AGENT',
  level: Level.ERROR,
  title: 'an authorization filter asks SPIRE\'s agent',
  why: 'the agent serves secrets, not envoy.service.auth.v3: every request is an error of the filter',
  fix: 'send it to a cluster of its own, with the address of OPA or of another authorizer',
  source: 'SPIRE doc/spire_agent.md; envoy ext_authz.proto',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const pipes = new Map(clustersOf(envoy).map(({ value }) => [asText(value.name), pipeOf(value)]));
      const agents = new Set(sdsClusters(envoy).map(({ name }) => pipes.get(name)).filter(pipe => pipe !== undefined));
      for (const { path, value } of typed(rootOf(envoy), 'ext_authz.v3.ExtAuthz')) {
        const name = asText(asObject(asObject(value.grpc_service).envoy_grpc).cluster_name);
        const pipe = pipes.get(name);
        if (pipe !== undefined && agents.has(pipe)) report.at(envoy, [...path, 'grpc_service'], `cluster "${name}" leads to ${pipe}, which secrets come from`);
      }
    }
  },
};
