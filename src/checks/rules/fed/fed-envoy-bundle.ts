import { agentSecrets, under } from '../../../model/envoy';
import { isFilledIn } from '../../../model/filled-in';
import { Json, Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { agentsOfNodes } from '../../../model/spire/agents';
import { trustDomains } from '../../../model/spire/entries';
import { isUnknown } from '../../../model/spire/queries';
import { trustDomainName } from '../../../model/spire/values';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedEnvoyBundle: Rule = {
  id: 'FED-ENVOY-BUNDLE',
  level: Level.ERROR,
  title: 'an Envoy looks for the root of another trust domain in a bundle that does not hold it',
  why: 'every certificate of that trust domain is refused, or the agent refuses the request and no certificate comes at all',
  fix: 'ask for the bundles of all trust domains by the one name that the agents give them (default_all_bundles_name)',
  source: 'observed: runs of Envoy 1.40 with SPIRE 1.15.3; pkg/agent/endpoints/sdsv3/handler.go',
  check: (system, report) => {
    const own = system.envoys.length > 0 ? ownDomain(system) : undefined;
    const names = bundleNames(system);
    for (const envoy of system.envoys) {
      // without SPIRE's validator any chain to the same root is taken, whatever its trust domain
      if (/disable_spiffe_cert_validation/.test(envoy.text)) continue;
      for (const { path, value } of under(envoy, 'combined_validation_context')) {
        const bundle = asText(asObject(asObject(value).validation_context_sds_secret_config).name);
        const home = /^spiffe:\/\/([^/]+)$/.exec(bundle)?.[1] ?? own;
        const foreign = domainsOf(asObject(value).default_validation_context).find(domain => domain !== home && !isFilledIn(domain));
        if (home === undefined || isFilledIn(home) || foreign === undefined || !isOfAgent(envoy, bundle)) continue;
        const fault = faultOf(bundle, home, foreign, names);
        if (fault !== undefined) report.at(envoy, [...path, 'validation_context_sds_secret_config', 'name'], fault);
      }
    }
  },
};

/** The trust domain of the servers, or of the agents where no server is seen. */
function ownDomain(system: System): string | undefined {
  const ofServers = trustDomains(system);
  const domains = new Set(ofServers.length > 0 ? ofServers : system.agents.map(({ config }) => trustDomainName(config?.agent.text('trust_domain') ?? '')));
  const [domain] = domains;
  return domains.size === 1 && domain !== '' && !isUnknown(domain) ? domain : undefined;
}

interface BundleNames {
  readonly own: string;
  readonly all: string;
}

/** Why a bundle does not hold the root of a foreign trust domain. */
function faultOf(bundle: string, own: string, foreign: string, names: BundleNames | undefined): string | undefined {
  if (bundle.startsWith('spiffe://')) return bundle === `spiffe://${foreign}` ? undefined : `"${bundle}" does not hold the root of "${foreign}"`;
  if (!names || bundle === names.all) return undefined;
  return bundle === names.own ? `"${bundle}" is the bundle of "${own}" alone, peers are of "${foreign}": agents give all bundles as "${names.all}"`
    : `agents know no "${bundle}": they give all bundles as "${names.all}", the own one as "${names.own}"`;
}

/** Under which names all agents give bundles; undefined where they differ, or are not to be seen. */
function bundleNames(system: System): BundleNames | undefined {
  const blocks = agentsOfNodes(system).map(({ config }) => config?.agent.block('sds'));
  const found = blocks.map(sds => ({ own: sds?.text('default_bundle_name') || 'ROOTCA', all: sds?.text('default_all_bundles_name') || 'ALL' }));
  const isOne = found.length > 0 && found.every(({ own, all }) => own === found[0].own && all === found[0].all && !isUnknown(own + all));
  return isOne ? found[0] : undefined;
}

function isOfAgent(envoy: Manifest, bundle: string): boolean {
  return agentSecrets(envoy).some(({ kind, name }) => kind === 'bundle' && name === bundle);
}

/** The trust domains of the peers that are let in. */
function domainsOf(context: Json): string[] {
  return asObjects(asObject(context).match_typed_subject_alt_names).flatMap(({ matcher }) =>
    /^spiffe:\/\/([^/]+)\//.exec(asText(asObject(matcher).exact) || asText(asObject(matcher).prefix))?.[1] ?? []);
}
