import { Problems } from './problems';
import { isIp } from './values';
import { goUrlFault } from '../../formats/go-url';
import { Block } from '../../formats/hcl/reader';

/** Where the agent takes its first bundle from: exactly one source, unless it bootstraps insecurely. */
export function checkTrustBundle(agent: Block, problems: Problems): void {
  const sources = ['trust_bundle_path', 'trust_bundle_url', 'trust_bundle_spiffe_workload_api'].filter(name => agent.text(name) !== '');
  const fix = 'set exactly one of trust_bundle_path, trust_bundle_url, trust_bundle_spiffe_workload_api';
  const given = [...agent.bool('insecure_bootstrap') ? ['insecure_bootstrap'] : [], ...sources];
  if (given.length === 0) problems.refuse('trust-bundle', 'the agent has no trust bundle', agent.position, fix);
  if (given.length > 1) problems.refuse('trust-bundle', `${given.join(' and ')} exclude each other`, agent.at(given[1]), fix);
  const format = agent.text('trust_bundle_format');
  if (!['', 'pem', 'spiffe'].includes(format)) {
    problems.refuse('trust-bundle', `trust_bundle_format "${format}" is unknown`, agent.at('trust_bundle_format'), 'use pem or spiffe');
  }
  checkWorkloadApi(agent, problems);
  checkUrl(agent, problems);
}

function checkWorkloadApi(agent: Block, problems: Problems): void {
  const address = agent.text('trust_bundle_spiffe_workload_api');
  if (address === '') return;
  if (agent.text('trust_bundle_unix_socket') !== '') {
    problems.refuse('trust-bundle', 'trust_bundle_unix_socket cannot be used with trust_bundle_spiffe_workload_api', agent.at('trust_bundle_unix_socket'));
  }
  if (!isWorkloadApiAddress(address)) {
    problems.refuse('trust-bundle', `trust_bundle_spiffe_workload_api "${address}" is no unix:// or tcp:// address`,
      agent.at('trust_bundle_spiffe_workload_api'), 'write unix:///path/to/socket');
  }
}

/** What go-spiffe takes for the address of a Workload API: `unix:///path` or `tcp://IP:port`, with nothing else in the URL. */
function isWorkloadApiAddress(address: string): boolean {
  if (goUrlFault(address) !== undefined) return false;
  const [, unix] = /^unix:(?!$)(?:\/\/)?(.*)$/is.exec(address) ?? [];
  if (unix !== undefined) return /^unix:\//i.test(address) && !/^([?#]|$)/.test(unix) && !/\?[^#]|#./s.test(unix) && !(/^unix:\/\//i.test(address) && unix.split('/')[0].includes('@'));
  const [, bracketed, host] = /^tcp:\/\/(?:\[([^\]]*)\]|([^/@?#[\]]*)):\d+$/i.exec(address) ?? [];
  return bracketed === undefined ? isIp(host ?? '') : bracketed.includes(':') && isIp(bracketed);
}

/** Whether Go finds a parameter in the query of a URL whose name begins as SPIRE's own do; it drops what it cannot decode. */
function hasReservedParameter(url: string): boolean {
  const query = /^[^?#]*\?([^#]*)/.exec(url)?.[1] ?? '';
  return query.split('&').some(pair => {
    if (pair.includes(';') || /%(?![0-9a-fA-F]{2})/.test(pair)) return false;
    const [[name] = ['']] = [...new URLSearchParams(pair)];
    return /^(spiffe|spire)-/.test(name);
  });
}

function checkUrl(agent: Block, problems: Problems): void {
  const url = agent.text('trust_bundle_url');
  const socket = agent.text('trust_bundle_unix_socket');
  if (socket !== '' && url === '') problems.refuse('trust-bundle', 'trust_bundle_unix_socket needs trust_bundle_url', agent.at('trust_bundle_unix_socket'));
  if (url === '') return;
  const fault = goUrlFault(url);
  if (fault) problems.refuse('trust-bundle', `trust_bundle_url "${url}" ${fault}`, agent.at('trust_bundle_url'));
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(url)?.[1].toLowerCase();
  const wanted = socket === '' ? 'https' : 'http';
  if (scheme !== wanted) problems.refuse('trust-bundle', `trust_bundle_url "${url}" does not start with ${wanted}://`, agent.at('trust_bundle_url'));
  if (socket !== '' && hasReservedParameter(url)) {
    problems.refuse('trust-bundle', 'trust_bundle_url has a parameter that starts with spiffe- or spire-', agent.at('trust_bundle_url'));
  }
}
