import { servicesOf } from '../../../model/kubernetes/service';
import { Manifest, Path, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { isUnknown } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireOidcHost: Rule = {
  id: 'SPIRE-OIDC-HOST',
  level: Level.ERROR,
  title: 'the OIDC discovery provider is called by a host that is not among its domains',
  why: 'it answers 400, "domain is not allowed", to whoever asks for the discovery document',
  fix: 'add the host to domains, and make it that of jwt_issuer',
  source: 'support/oidc-discovery-provider/handler.go; observed: oidc-discovery-provider 1.15.3',
  check: (system, report) => {
    for (const { config, workload, text } of system.oidcProviders) {
      const domains = (config?.file.texts('domains') ?? []).map(domain => domain.replace(/:\d+$/, ''));
      if (!workload || domains.length === 0 || domains.some(isUnknown)) continue;
      const services = new Set(servicesOf(system, workload).map(({ name }) => name));
      for (const { manifest, path, host } of services.size === 0 ? [] : hostsOf(system, workload.namespace, services)) {
        if (!domains.includes(host) && !/[*${]/.test(host)) report.at(manifest, path, `host ${host} leads to the provider of ${text.manifest?.name ?? text.file}, whose domains are ${domains.join(', ')}`);
      }
    }
  },
};

interface Host {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly host: string;
}

/** The hosts that lead to some Services as they are called; a gateway may put another host in its place. */
function hostsOf(system: System, namespace: string, services: ReadonlySet<string>): Host[] {
  const ingresses = system.all('Ingress').filter(one => one.namespace === namespace && !Object.keys(one.annotations).some(name => /upstream-vhost|snippet|set-host|middlewares|transform/.test(name)))
    .flatMap(manifest => asObjects(manifest.spec.rules).flatMap((rule, i) => {
      const backends = asObjects(asObject(rule.http).paths).map(one => asText(asObject(asObject(one.backend).service).name));
      return backends.some(name => services.has(name)) ? [{ manifest, path: ['spec', 'rules', i, 'host'], host: asText(rule.host) }] : [];
    }));
  const routes = system.all('HTTPRoute').filter(one => one.namespace === namespace && !/"(hostname|URLRewrite|RequestHeaderModifier)"/.test(JSON.stringify(one.spec.rules ?? [])))
    .flatMap(manifest => {
      const backends = asObjects(manifest.spec.rules).flatMap(rule => asObjects(rule.backendRefs).map(one => asText(one.name)));
      return backends.some(name => services.has(name)) ? asTexts(manifest.spec.hostnames).map((host, i) => ({ manifest, path: ['spec', 'hostnames', i], host })) : [];
    });
  return [...ingresses, ...routes].filter(({ host }) => host !== '');
}
