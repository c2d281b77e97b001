import { containersOf } from '../../../model/kubernetes/containers';
import { Json, Manifest, Path, asList, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { once } from '../../../model/once';
import { trustDomains } from '../../../model/spire/entries';
import { spireIssuers } from '../../../model/spire/issuers';
import { isUnknown } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsKubeJwt: Rule = {
  id: 'OPS-KUBE-JWT',
  level: Level.ERROR,
  title: 'the API server cannot take JWT-SVIDs as it is configured',
  why: 'it compares issuer and audience letter by letter, wants https, and the user is the claim with its prefix: logins fail, or no RoleBinding matches',
  fix: 'write SPIRE\'s jwt_issuer as issuer.url, an audience, claimMappings.username {claim: sub, prefix: ""}, and the SPIFFE ID as User of RoleBindings',
  source: 'Kubernetes: authentication, AuthenticationConfiguration',
  check: (system, report) => {
    for (const config of system.all('AuthenticationConfiguration').filter(({ group }) => group === 'apiserver.config.k8s.io')) {
      if (!['v1alpha1', 'v1beta1', 'v1'].includes(config.apiVersion.replace(/^.*\//, ''))) report.at(config, ['apiVersion'], `there is no ${config.apiVersion}: kube-apiserver does not start`, 'write apiserver.config.k8s.io/v1, before Kubernetes 1.34 v1beta1');
      const urls = asObjects(config.value.jwt).map(one => asText(asObject(one.issuer).url));
      urls.forEach((url, i) => {
        if (url !== '' && urls.indexOf(url) < i) report.at(config, ['jwt', i, 'issuer', 'url'], `issuer "${url}" is there twice: kube-apiserver refuses the file`, 'write one entry for an issuer, with all of its audiences and audienceMatchPolicy: MatchAny');
      });
      asObjects(config.value.jwt).forEach((one, i) => {
        for (const [path, message] of problems(system, one, ['jwt', i])) report.at(config, path, message);
      });
    }
    for (const { workload, container } of containersOf(system, /(^|\/)kube-apiserver(:|@|$)/)) {
      const flags = container.args.map(arg => arg.replace(/=.*/, ''));
      const other = flags.find(flag => /^--oidc-/.test(flag));
      if (!flags.includes('--authentication-config') || other === undefined) continue;
      const field = ['command', 'args'].find(name => asTexts(container.value[name]).some(arg => arg.startsWith(other))) ?? 'command';
      const place = asTexts(container.value[field]).findIndex(arg => arg.startsWith(other));
      report.at(workload.manifest, [...container.path, field, place], `${other} beside --authentication-config: kube-apiserver does not start`, 'write the issuer into the AuthenticationConfiguration, and remove the flags --oidc-…');
    }
    for (const config of bindsSpiffeIds(system) ? system.all('AuthenticationConfiguration') : []) {
      const [only, ...more] = asObjects(config.value.jwt);
      const claim = asText(asObject(asObject(asObject(only).claimMappings).username).claim);
      if (more.length === 0 && claim !== '' && claim !== 'sub') report.at(config, ['jwt', 0, 'claimMappings', 'username', 'claim'], `users are called after the claim ${claim}, and bindings name SPIFFE IDs, which are in sub`);
    }
    const prefixes = system.all('AuthenticationConfiguration').flatMap(prefixesOf);
    for (const binding of prefixes.length > 0 ? [...system.all('RoleBinding'), ...system.all('ClusterRoleBinding')] : []) {
      asObjects(binding.value.subjects).forEach((subject, i) => {
        const name = asText(subject.name);
        const matches = prefixes.some(prefix => name.startsWith(`${prefix}spiffe://`));
        if (subject.kind === 'User' && name.includes('spiffe://') && !matches) report.at(binding, ['subjects', i, 'name'], `user "${name}" does not begin with "${prefixes[0]}spiffe://"`);
      });
    }
  },
};

function problems(system: System, one: Json, path: Path): [Path, string][] {
  const found: [Path, string][] = [];
  const url = asText(asObject(one.issuer).url);
  if (!url.startsWith('https://')) found.push([[...path, 'issuer', 'url'], `issuer "${url}" is not https`]);
  if (/\/\.well-known\//.test(url)) found.push([[...path, 'issuer', 'url'], `issuer "${url}" is the discovery document: the API server adds /.well-known/openid-configuration`]);
  const several = asList(asObject(one.issuer).audiences).length > 1 && asText(asObject(one.issuer).audienceMatchPolicy) !== 'MatchAny';
  if (several) found.push([[...path, 'issuer', 'audiences'], 'there are several audiences: audienceMatchPolicy must be MatchAny']);
  if (asList(asObject(one.issuer).audiences).length === 0) found.push([[...path, 'issuer'], 'there are no audiences']);
  for (const own of system.servers.map(server => server.config?.server.text('jwt_issuer') ?? '')) {
    const isSlash = own !== '' && !isUnknown(own) && own !== url && own.replace(/\/$/, '') === url.replace(/\/$/, '');
    if (isSlash) found.push([[...path, 'issuer', 'url'], `issuer "${url}" is not "${own}"`]);
  }
  const own = spireIssuers(system);
  const isForWorkloads = own.length > 0 && bindsWorkloads(system) && !system.all('AuthenticationConfiguration').some(({ value }) => asObjects(value.jwt).some(({ issuer }) => own.includes(asText(asObject(issuer).url))));
  if (isForWorkloads && found.length === 0) found.push([[...path, 'issuer', 'url'], `issuer "${url}" is not SPIRE's jwt_issuer "${own[0]}", and bindings name SPIFFE IDs`]);
  const username = asObject(asObject(one.claimMappings).username);
  if (username.claim !== undefined && username.expression !== undefined) found.push([[...path, 'claimMappings', 'username', 'expression'], 'claim and expression exclude each other: kube-apiserver refuses the file']);
  if (username.claim !== undefined && username.prefix === undefined) found.push([[...path, 'claimMappings', 'username'], 'a claim needs a prefix, which may be ""']);
  return found;
}

/** Whether bindings give rights to SPIFFE IDs. */
const bindsSpiffeIds = once((system: System): boolean => [...system.all('RoleBinding'), ...system.all('ClusterRoleBinding')].some(({ value }) =>
  asObjects(value.subjects).some(({ kind, name }) => kind === 'User' && asText(name).includes('spiffe://'))));

/** Whether bindings give rights to users that only a JWT-SVID of the own trust domain makes. */
const bindsWorkloads = once((system: System): boolean => [...system.all('RoleBinding'), ...system.all('ClusterRoleBinding')].some(({ value }) =>
  asObjects(value.subjects).some(({ kind, name }) => kind === 'User' && trustDomains(system).some(domain => asText(name).includes(`spiffe://${domain}/`)))));

function prefixesOf(config: Manifest): string[] {
  return asObjects(config.value.jwt).map(one => asObject(asObject(one.claimMappings).username)).filter(({ claim }) => claim === 'sub').map(({ prefix }) => asText(prefix));
}
