import { join } from 'node:path/posix';
import { isFilledIn } from '../../../model/filled-in';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { asList, asText, asTexts } from '../../../model/manifest';
import { onceIn } from '../../../model/once';
import { Helper, Program } from '../../../model/spire/discovery';
import { isUnknown, sharedPath } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Text } from '../../../model/text';
import { JwtLogin, jwtLogin } from '../../../model/vault/agent';
import { vaultWrites } from '../../../model/vault/scripts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsVaultSvid: Rule = {
  id: 'OPS-VAULT-SVID',
  level: Level.ERROR,
  title: 'Vault Agent gets no token that Vault takes',
  why: 'it reads a file that spiffe-helper does not write, or a token for another audience: it never logs in, and what waits for its secrets waits for ever',
  fix: 'let path be cert_dir and jwt_svid_file_name of spiffe-helper, and jwt_audience one of the bound_audiences of the role',
  source: 'vault command/agentproxyshared/auth/jwt; spiffe-helper README; vault-plugin-auth-jwt path_login.go',
  check: (system, report) => {
    for (const text of system.vaultAgents) {
      const login = jwtLogin(text.text);
      const reader = login && readerOf(system, text);
      const helpers = reader ? system.helpers.filter(({ workload, container, config }) => workload === reader.workload && container && config) : [];
      const wanted = reader && login.path.startsWith('/') ? sharedPath(reader as Program<unknown>, login.path) : undefined;
      if (helpers.length !== 1 || wanted === undefined || isFilledIn(login!.path)) continue;
      const tokens = tokensOf(helpers[0]);
      if (tokens.length === 0 || tokens.some(({ file, place }) => isUnknown(file) || place === undefined)) continue;
      const token = tokens.find(({ place }) => place === wanted);
      if (!token) {
        const isSameVolume = tokens.some(({ place }) => place!.split('/')[0] === wanted.split('/')[0]);
        if (isSameVolume) report.in(text, login!.line, `path is ${login!.path}, spiffe-helper writes ${tokens.map(({ file }) => file).join(', ')}`);
        continue;
      }
      const bound = audiencesOf(system, keyOf(login!));
      const isKnown = bound.length > 0 && !bound.some(isFilledIn);
      if (isKnown && !token.audiences.some(audience => bound.includes(audience) || isUnknown(audience))) report.in(helpers[0].text, token.line, `the token is for ${token.audiences.join(', ')}, role ${login!.role} of Vault wants ${bound.join(', ')}`);
    }
  },
};

/** The container that mounts the configuration, where there is one only. */
function readerOf(system: System, { manifest }: Text): { workload: Workload; container: Container } | undefined {
  if (manifest?.kind !== 'ConfigMap') return undefined;
  const readers = system.workloadsIn(manifest.namespace).flatMap(workload => {
    const volumes = workload.volumes.filter(({ configMap }) => configMap?.name === manifest.name).map(({ name }) => asText(name));
    const isReader = ({ image, value }: Container): boolean => /vault|bao/.test(image)
      && asList(value.volumeMounts).some(mount => volumes.includes(asText(mount?.name)));
    return workload.containers.filter(isReader).map(container => ({ workload, container }));
  });
  return readers.length === 1 ? readers[0] : undefined;
}

interface Token {
  readonly file: string;
  /** The file as both containers have it. */
  readonly place?: string;
  readonly audiences: readonly string[];
  readonly line: number;
}

function tokensOf(helper: Helper): Token[] {
  const { file } = helper.config!;
  return file.blocks('jwt_svids').map(token => {
    const path = join(file.text('cert_dir'), token.text('jwt_svid_file_name'));
    return { file: path, place: sharedPath(helper, path), audiences: [token.text('jwt_audience'), ...token.texts('jwt_extra_audiences')], line: token.at('jwt_audience').line };
  });
}

function keyOf({ mount, role }: JwtLogin): string {
  return `${mount}/role/${role}`;
}

/** The audiences that scripts and objects bind to a role, by its path in Vault. */
const audiencesOf = onceIn((system: System, key: string): string[] => {
  const written = vaultWrites(system).filter(({ path }) => path === key).flatMap(({ values }) => {
    const given: unknown = values.bound_audiences;
    return Array.isArray(given) ? asTexts(given) : asText(given).split(',').map(one => one.trim()).filter(one => one !== '');
  });
  const objects = system.all('JWTOIDCAuthEngineRole').filter(({ group, spec, name }) => group === 'redhatcop.redhat.io'
    && `auth/${asText(spec.path)}/role/${asText(spec.name) || name}` === key);
  return [...written, ...objects.flatMap(({ spec }) => asTexts(spec.boundAudiences))];
});
