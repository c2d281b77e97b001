import { checkUnknown } from './common';
import { warnOfDropped } from './dropped';
import { Problems } from './problems';
import { checkHandlers } from './telemetry';
import { goUrlFault } from '../../formats/go-url';
import { BOOL, Block, INT, STRINGS, block, decodeHcl, listOf, parseHcl, strings } from '../../formats/hcl/reader';

const MODES = ['cert_file_mode', 'key_file_mode', 'jwt_bundle_file_mode', 'jwt_svid_file_mode'];
const X509 = ['svid_file_name', 'svid_key_file_name', 'svid_bundle_file_name'];

const FILE = block({
  ...strings('agent_address', 'cmd', 'cmd_args', 'pid_file_name', 'cert_dir', 'renew_signal', 'hint', ...X509, 'jwt_bundle_file_name'),
  ...Object.fromEntries(MODES.map(name => [name, INT])),
  add_intermediates_to_bundle: BOOL,
  include_federated_domains: BOOL,
  omit_expired: BOOL,
  daemon_mode: BOOL,
  jwt_svids: listOf(block({ ...strings('jwt_audience', 'jwt_svid_file_name'), jwt_extra_audiences: STRINGS })),
  health_checks: block({ listener_enabled: BOOL, bind_port: INT, ...strings('liveness_path', 'readiness_path') }),
});

/** The configuration of spiffe-helper, which writes SVIDs into files. */
export interface HelperConfig {
  readonly kind: 'helper';
  readonly file: Block;
  readonly problems: Problems;
}

/** Reads the configuration of spiffe-helper as its version 0.11 does. */
export function readHelperConfig(text: string, problems: Problems): HelperConfig | undefined {
  const file = problems.attempt('syntax', '', () => decodeHcl(text, FILE));
  if (!file) return undefined;
  checkUnknown('the file', file, problems);
  checkTokens(file, problems);
  checkFiles(file, problems);
  checkProcess(file, problems);
  for (const name of MODES) {
    if ((file.int(name) ?? 0) < 0) problems.refuse('value', `${name} is negative`, file.at(name), `write it in octal: ${name} = 0600`);
  }
  checkHealth(file.block('health_checks'), problems);
  warnOfDropped(parseHcl(text), FILE, '', problems);
  return { kind: 'helper', file, problems };
}

function checkTokens(file: Block, problems: Problems): void {
  for (const token of file.blocks('jwt_svids')) {
    checkUnknown('jwt_svids', token, problems);
    for (const name of ['jwt_svid_file_name', 'jwt_audience']) {
      if (token.text(name) !== '') continue;
      problems.refuse('required', `an element of jwt_svids has no ${name}`, token.position,
        'write jwt_svids = [{ jwt_audience = "…" jwt_svid_file_name = "…" }], plain blocks are split into one element per key');
    }
  }
}

function checkFiles(file: Block, problems: Problems): void {
  const missing = X509.filter(name => file.text(name) === '');
  if (missing.length > 0 && missing.length < X509.length) {
    const given = X509.find(name => !missing.includes(name))!;
    problems.refuse('required', `${missing.join(' and ')} must be configured beside ${given}`, file.at(given), 'name all three files, or none');
  } else if (missing.length > 0 && file.text('jwt_bundle_file_name') === '' && file.blocks('jwt_svids').length === 0) {
    problems.refuse('required', 'no file is configured: neither X.509-SVID nor JWT-SVID nor JWT bundle', { line: 1, column: 1 }, `set ${X509.join(', ')}`);
  }
}

function checkProcess(file: Block, problems: Problems): void {
  const address = file.text('agent_address');
  // pipes of Windows have names with backslashes
  const fault = address.includes('\\') ? undefined
    : goUrlFault(`unix://${address}`) ?? (address === '' || address.startsWith('/') ? undefined : 'is no absolute path');
  if (fault) problems.refuse('value', `agent_address "${address}" ${fault}`, file.at('agent_address'), 'write the path of the socket, without unix://');
  const once = file.bool('daemon_mode') === false;
  const pid = file.text('pid_file_name');
  if (pid !== '' && once) problems.refuse('value', 'pid_file_name cannot be used with daemon_mode = false', file.at('pid_file_name'), 'remove one of the two');
  else if (pid !== '' && file.text('renew_signal') === '') problems.refuse('required', 'pid_file_name needs renew_signal', file.at('pid_file_name'), 'set renew_signal = "SIGHUP"');
  for (const name of once ? ['cmd', 'renew_signal'] : []) {
    if (file.text(name) !== '') problems.warn('value', `${name} is ignored with daemon_mode = false`, file.at(name), 'remove one of the two');
  }
}

function checkHealth(health: Block | undefined, problems: Problems): void {
  if (!health?.bool('listener_enabled')) return;
  if ((health.int('bind_port') ?? 0) < 0) problems.refuse('value', 'health_checks.bind_port is negative', health.at('bind_port'));
  checkHandlers(health, { liveness_path: '/live', readiness_path: '/ready' }, problems);
}
