import { queriesOf } from '../../../model/queries';
import { metricLabel } from '../../../model/spire/metric-label';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsLabelValue: Rule = {
  id: 'OBS-LABEL-VALUE',
  level: Level.ERROR,
  title: 'a query asks for a value that its label never has',
  why: 'no series matches, or every one does where it is to be another value: the panel stays empty, the alert never fires, or always',
  fix: 'principals hold whole SPIFFE IDs with spiffe://, SPIRE writes status as OK or PermissionDenied, and replaces what is no letter, digit or _ by _',
  source: 'istio standard metrics; pkg/common/telemetry',
  check: (system, report) => {
    for (const { manifest, path, text, isRule } of queriesOf(system)) {
      if (isRule && asksTheClient(text)) report.at(manifest, path, 'connection_security_policy is always "unknown" where reporter is "source"', 'use reporter="destination"');
      for (const wrong of [...statusFaults(text), ...authorizerFaults(text)]) report.at(manifest, path, wrong);
      for (const [, label, operator, value] of text.matchAll(/\b(\w+)\s*(=~?|!=)\s*"([^"]*)"/g)) {
        const wrong = operator === '!=' ? policyFault(label, value) : faultOf(label, operator === '=', value, text);
        if (wrong !== undefined) report.at(manifest, path, wrong);
      }
    }
  },
};

/** Whether the proxy of a client is asked for what only that of a server knows; of connections, ztunnel tells on both sides. */
function asksTheClient(text: string): boolean {
  const selectors = /\bistio_requests?_/.test(text) ? text.match(/\{[^}]*\}/g) ?? [] : [];
  return selectors.some(selector => /\breporter\s*=\s*"source"/.test(selector) && /\bconnection_security_policy\s*!?=\s*"(mutual_tls|none)"/.test(selector));
}

function faultOf(label: string, isExact: boolean, value: string, text: string): string | undefined {
  if (value === '' || value.includes('$')) return undefined;
  if (isExact && policyFault(label, value) !== undefined) return policyFault(label, value);
  if (/^(response_code|grpc_response_status)$/.test(label) && isExact && !/^\d*$/.test(value) && /\bistio_/.test(text)) return `${label} is never "${value}": it is a number, and = compares letter by letter`;
  if (label === 'reporter' && isExact && !REPORTERS.includes(value) && /\bistio_/.test(text)) return `reporter is never "${value}": it is ${REPORTERS.join(', ')}`;
  if (/^(source|destination)_principal$/.test(label) && /^[a-z0-9._-]+\/ns\//.test(value)) return `${label} is never "${value}": it begins with spiffe://`;
  if (!/\bspire_(server|agent)_/.test(text)) return undefined;
  if (/^trust_domain(_id)?$/.test(label) && isExact && value.includes('.')) return `${label} is never "${value}": SPIRE writes ${metricLabel(value)}`;
  return undefined;
}

/** What proxies write: ztunnel knows two of these, Envoy all three. */
function policyFault(label: string, value: string): string | undefined {
  const isWrong = label === 'connection_security_policy' && /^\w+$/.test(value) && !['mutual_tls', 'none', 'unknown'].includes(value);
  return isWrong ? `connection_security_policy is never "${value}": it is mutual_tls, none or unknown` : undefined;
}

const REPORTERS = ['source', 'destination', 'waypoint'];

/** Statistics of ext_authz are those of the cluster that is called, not of the one that is asked. */
function authorizerFaults(text: string): string[] {
  const name = /\benvoy_cluster_ext_authz_\w+\s*\{[^}]*\benvoy_cluster_name\s*=~?\s*"([^"]*(?:opa|authz)[^"]*)"/.exec(text)?.[1];
  return name === undefined ? [] : [`envoy_cluster_name is the cluster that is called, not the authorizer "${name}": take envoy_http_ext_authz_…`];
}

/** The status of a call is the name of its gRPC code. */
function statusFaults(text: string): string[] {
  const selectors = [...text.matchAll(/\bspire_(?:server|agent)_\w+\s*\{([^}]*)\}/g)].map(match => match[1]);
  const values = selectors.flatMap(selector => [...selector.matchAll(/\bstatus\s*!?=\s*"(\w+)"/g)].map(match => match[1]));
  return [...new Set(values)].filter(value => !CODES.includes(value)).map(value => {
    const meant = CODES.find(code => code.toLowerCase() === value.replace(/_/g, '').toLowerCase());
    return `status is never "${value}": SPIRE writes ${meant ?? 'the name of a gRPC code, such as OK, Unavailable or PermissionDenied'}`;
  });
}

const CODES = ['OK', 'Canceled', 'Unknown', 'InvalidArgument', 'DeadlineExceeded', 'NotFound', 'AlreadyExists', 'PermissionDenied', 'ResourceExhausted', 'FailedPrecondition',
  'Aborted', 'OutOfRange', 'Unimplemented', 'Internal', 'Unavailable', 'DataLoss', 'Unauthenticated'];
