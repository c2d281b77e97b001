import { existsSync, readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { Engine } from '../../src/checks/engine';
import { RULES } from '../../src/checks/rules';

const SHARED = join(__dirname, '../../../shared');
const SNIPPETS = join(SHARED, 'data/seed-snippets');

/** Each row of the truth table: the rules that find it, in the snippets of the document it is about, or why no manifest can show it. */
const ROWS: Record<string, string[] | string> = {
  A1: 'an argument in a shell script; the same value in a manifest is MESH-EXTERNAL-CA',
  A2: ['MESH-CA-ADDRESS'],
  A3: ['MESH-UNKNOWN-ENV'],
  A4: ['MESH-OPERATOR-FIELD'],
  A5: ['MESH-UNKNOWN-ENV'],
  A6: ['MESH-REDUNDANT-ENV'],
  A7: ['MESH-OPERATOR-FIELD'],
  A8: 'a wrong comment beside a right value',
  A9: ['MESH-TEMPLATE-SOCKET', 'MESH-TEMPLATE-HOST-PATH', 'MESH-TEMPLATE-CONFIG-MAP'],
  A10: 'not in the document; MESH-TEMPLATE-LABELS finds it elsewhere',
  A11: ['MESH-OPERATOR-DEAD', 'MESH-UNKNOWN-ENV'],
  A12: 'right',
  A13: ['MESH-OPERATOR-FIELD'],
  A14: ['MESH-GATEWAY-SVID'],
  A15: 'right',
  A16: ['MESH-FAIL-OPEN'],
  A17: ['MESH-TEMPLATE-MOUNT-PATH'],
  A18: 'a limit of old releases of Istio',
  A19: 'not in the document; MESH-HOLD-APPLICATION finds it elsewhere',
  B1: ['SPIRE-UNKNOWN-KEY'],
  B2: ['SPIRE-PLUGINS'],
  B3: 'inside a plugin of a type that SPIRE refuses (B2); on an agent it is SPIRE-PLUGIN-DATA',
  B4: 'inside a plugin of a type that SPIRE refuses (B2); on an agent it is SPIRE-PLUGIN-DATA (C2)',
  B5: ['SPIRE-UNKNOWN-KEY'],
  B6: ['SPIRE-SERVICE-ACCOUNTS'],
  B7: 'right',
  B8: 'allowed; SPIRE-CLUSTER-NAME compares the names',
  B9: ['SPIRE-CLUSTER-LOCAL'],
  B10: 'right',
  B11: ['SPIRE-DB-TLS'],
  B12: ['SPIRE-K8SBUNDLE', 'SPIRE-BUNDLE-NAMESPACE'],
  B13: 'right',
  B14: 'right',
  B15: 'right',
  B16: 'the document has no workload for the server, so its manager, rights and Service may be elsewhere',
  B17: 'advice in words',
  C1: ['SPIRE-PLUGIN-DATA'],
  C2: ['SPIRE-PLUGIN-DATA', 'SPIRE-DOCKER-ATTESTOR'],
  C3: ['SPIRE-UNKNOWN-KEY'],
  C4: ['SPIRE-SOCKET-NAME'],
  C5: 'a comment; SPIRE-INSECURE-BOOTSTRAP finds the setting where it is on',
  C6: ['SPIRE-BUNDLE-NAMESPACE'],
  C7: ['SPIRE-NODE-NAME-UNSET'],
  C8: 'right',
  C9: 'right',
  C10: ['FED-SDS-NAMES'],
  C11: 'the document has no DaemonSet for the agent; OPS-HOST-PORT compares the ports of several',
  D1: ['SPIRE-ID-TTL'],
  D2: ['SPIRE-ID-FIELDS'],
  D3: ['SPIRE-ID-NAMESPACE-LABEL'],
  D4: ['SPIRE-ID-TLS-MODE'],
  D5: 'right',
  D6: ['SPIRE-ID-LABEL'],
  D7: ['SPIRE-ID-LABEL', 'SPIRE-ID-POD-DNS'],
  D8: ['SPIRE-ID-MESH-FORM'],
  D9: ['SPIRE-ID-SELECTS-NOTHING'],
  D10: ['SPIRE-ID-WILDCARD-DNS'],
  D11: ['SPIRE-ID-ADMIN', 'SPIRE-ID-ISTIOD'],
  D12: 'the document has no controller manager to compare with; SPIRE-CLASS-NAME does',
  E1: ['MESH-INJECT-ANNOTATION'],
  E2: 'right',
  E3: ['MESH-TLS-MODE-LABEL'],
  E4: ['OPS-UNUSED-LABEL'],
  E5: ['MESH-HOST-PATH-SOCKET'],
  E6: ['OPS-OLD-BOOKINFO'],
  E7: ['MESH-SUBSET'],
  E8: 'right',
  E9: ['MESH-PERMISSIVE'],
  E10: ['OPS-HARDENING'],
  F1: ['MESH-AUTHZ-PRINCIPAL-FORM'],
  F2: ['MESH-AUTHZ-KUBELET'],
  F3: ['MESH-AUTHZ-SELF'],
  F4: ['MESH-AUTHZ-WHEN'],
  F5: ['MESH-AUTHZ-WHEN'],
  F6: ['MESH-AUTHZ-WHEN'],
  F7: ['MESH-AUTHZ-WIDE-ALLOW'],
  F8: ['MESH-AUTHZ-METRICS-PATH'],
  F9: 'who should call whom is nowhere in the manifests',
  F10: 'right',
  F11: 'right; MESH-AUTHZ-PRINCIPAL-FORM finds the wrong form',
  F12: ['MESH-AUTHZ-CLUSTER-LOCAL'],
  G1: ['MESH-IDENTITY-HEADER'],
  G2: ['MESH-SUBSET'],
  G3: ['MESH-IDENTITY-HEADER'],
  G4: 'right',
  G5: 'right, and more than needed',
  G6: 'right',
  G7: 'a comment',
  G8: ['MESH-IDENTITY-HEADER'],
  G9: ['MESH-OLD-API'],
  G10: ['MESH-TWO-VIRTUAL-SERVICES'],
  H1: ['MESH-OLD-API'],
  H2: 'right',
  H3: ['MESH-TELEMETRY-TAGS'],
  H4: ['MESH-TELEMETRY-FIELD'],
  H5: ['MESH-LOG-OPERATOR'],
  H6: ['MESH-PROVIDER'],
  H7: ['MESH-TELEMETRY-ENTRIES'],
  H8: ['MESH-TRACE-TAGS'],
  H9: ['MESH-TRACE-TAGS'],
  H10: ['MESH-TELEMETRY-ENTRIES'],
  H11: ['OBS-LABEL', 'OBS-REPORTER', 'OBS-ALWAYS-TRUE', 'OBS-ERROR-CODES', 'OBS-RATIO'],
  H12: ['OBS-RULES-CONFIG-MAP'],
  H13: ['MESH-TELEMETRY-ONE'],
  I1: ['FED-BOOTSTRAP'],
  I2: ['FED-NO-BUNDLE-ENDPOINT'],
  I3: ['FED-UNUSED'],
  I4: ['FED-SDS-NAMES'],
  I5: ['FED-MESH-UNAWARE'],
  I6: ['MESH-SERVICE-ENTRY-LOCAL'],
  I7: ['MESH-UNKNOWN-HOST', 'MESH-IDENTITY-HEADER'],
  I8: 'right',
  I9: 'a naming that invites confusion; SPIRE-CLUSTER-LOCAL finds the shared one',
  J1: ['MESH-DEAD-CONFIG-MAP'],
  J2: 'right, in the wrong place (J1)',
  J3: 'names of variables in a ConfigMap that nothing reads (J1); in the mesh it is MESH-UNKNOWN-ENV',
  J4: 'a setting of the Go runtime in a ConfigMap that nothing reads (J1)',
  J5: ['ENVOY-CLUSTER-MANAGER'],
  J6: 'no effect',
  P4: ['OPA-SPIFFE-INDEX'],
  L1: 'a shell script',
  L2: ['HELM-OLD-IMAGE'],
  L3: 'right',
  L4: ['HELM-RENAMED'],
  L5: ['HELM-IGNORED', 'OPS-PLAIN-PASSWORD'],
  L6: ['HELM-IGNORED'],
  L7: ['HELM-RENAMED'],
  L8: ['HELM-IGNORED'],
  L9: ['HELM-RENAMED'],
  L10: 'right',
  L11: 'right',
  L12: 'an argument in a shell script',
  L13: 'about this library',
  M1: ['MESH-REDUNDANT-ENV'],
  M2: ['MESH-OPERATOR-FIELD'],
  M3: 'right',
  M4: 'right',
  M5: ['MESH-PROVIDER-SPIRE'],
  M6: ['MESH-PROVIDER', 'MESH-DEFAULT-PROVIDERS'],
  M7: 'Istio may be meant to work without SPIRE; the rules of MESH-TEMPLATE begin where a template is named spire',
  N1: 'right, and more than needed',
  N2: ['OPS-UNUSED-LABEL'],
  N3: 'right',
  N4: ['OPS-LATEST-IMAGE', 'OPS-HARDENING'],
  N5: ['ENVOY-OLD-IMAGE'],
  N6: 'right',
  N7: 'the document does not switch the injection on; ENVOY-TWO-PROXIES finds it where it is on',
  O1: ['ENVOY-SDS-HTTP2'],
  O2: ['ENVOY-CLIENT-CERTIFICATE'],
  O3: ['ENVOY-SAN'],
  O4: ['ENVOY-SDS-NAMES'],
  O5: 'right',
  O6: ['ENVOY-UNDEFINED-CLUSTER', 'ENVOY-EXT-AUTHZ'],
  O7: ['ENVOY-XFCC'],
  O8: ['ENVOY-MIXED-LISTENER'],
  O9: ['ENVOY-NO-ADMIN'],
  O10: ['ENVOY-TIMEOUT'],
  O11: 'right',
  O12: 'right',
  O13: 'about versions of Envoy; ENVOY-OLD-IMAGE',
  P1: ['OPA-REGO-V0'],
  P2: ['OPA-XFCC'],
  P3: ['OPA-PATH'],
  P5: ['OPA-RATE-LIMIT'],
  P6: ['OPA-OLD-REGO-IMAGE'],
  P7: ['OPA-NO-CONFIG'],
  P8: ['OPA-NO-SERVICE'],
  P9: ['OPA-BUNDLE-PROBE'],
  P10: ['OPA-POLICY-FOLDER'],
  P11: 'right',
  P12: 'the document has no CUSTOM policy; MESH-AUTHZ-SHAPE finds principals in one',
  Q1: ['SPIRE-VAULT-TOKEN', 'SPIRE-EXPAND-ENV-UNSEEN'],
  Q2: 'a comment',
  Q3: 'right in the document; SPIRE-PLUGIN-DATA finds two methods',
  Q4: 'right',
  Q5: 'right',
  Q6: ['SPIRE-EXPAND-ENV-UNSEEN'],
  Q7: 'the document has no workload for the server, so nothing says what its agents and probes need',
  Q8: 'an operation by hand',
  R1: ['OBS-METRIC'],
  R2: ['OBS-METRIC'],
  R3: ['OBS-LABEL', 'OBS-DASHBOARD'],
  S1: 'a picture; which host is a replica is nowhere in the manifests',
  S2: 'a picture',
  S3: 'a picture; SPIRE-SHARED-KEYS finds one volume for several servers',
  S4: 'a picture',
  S5: 'a picture',
  S6: 'a picture; OPS-PDB',
  T1: ['OPS-MISSING-TOOL'],
  T2: ['OPS-SCRATCH-IMAGE', 'OPS-JOB-ACCOUNT'],
  T3: ['OPS-KEYS-BACKUP'],
  T4: ['OPS-BACKUP-JOB'],
  T5: ['OPS-DB-PLAINTEXT'],
  T6: 'right',
  U1: ['ENVOY-HEALTH-CHECK'],
  U2: ['ENVOY-NO-ENDPOINTS'],
  U3: 'right',
  U4: ['ENVOY-PLAIN-UPSTREAM'],
  U5: 'advice in words',
};

/** Commands, diagrams, advice and statements in words: K, V, W, X and Y have no manifest in the documents. */
const WORDS = /^[KVWXY]\d/;

/** The document of a row: the third has the tables L to V, the second those before. */
const seedOf = (row: string): string => row < 'L' ? '002' : '003';

const outcomes = new Map<string, Set<string>>();

function rulesFoundIn(seed: string): Set<string> {
  if (!outcomes.has(seed)) {
    const engine = new Engine();
    for (const file of readdirSync(SNIPPETS).filter(name => name.startsWith(seed) && /\.(ya?ml|json|conf|rego)$/.test(name))) {
      engine.add({ file, text: readFileSync(join(SNIPPETS, file), 'utf8') });
    }
    outcomes.set(seed, new Set(engine.run(RULES).findings.map(finding => finding.rule)));
  }
  return outcomes.get(seed)!;
}

test('reasons name rules that exist', () => {
  const known = RULES.map(rule => rule.id);
  const named = Object.values(ROWS).flatMap(row => typeof row === 'string' ? row.match(/\b(SPIRE|MESH|FED|ENVOY|OPA|OBS|OPS|HELM)-[A-Z0-9-]+/g) ?? [] : row);
  expect(named.filter(rule => !known.some(id => id === rule || id.startsWith(`${rule}-`)))).toEqual([]);
});

(existsSync(SNIPPETS) ? describe : describe.skip)('the truth table (needs ../shared)', () => {
  test('every row is decided', () => {
    const table = readFileSync(join(SHARED, 'facts/spire-config.md'), 'utf8').split(/^## /m).find(section => section.startsWith('4. '))!;
    const rows = [...table.matchAll(/^(?:\| )?([A-Y]\d+) |(?<=\. )(R\d) /gm)].map(([, row, panel]) => row ?? panel);
    expect(rows.length).toBeGreaterThan(180);
    expect(rows.filter(row => !WORDS.test(row) && ROWS[row] === undefined)).toEqual([]);
    expect(Object.keys(ROWS).filter(row => !rows.includes(row))).toEqual([]);
  });

  test.each(Object.entries(ROWS).filter((row): row is [string, string[]] => Array.isArray(row[1])))('%s is found by %p', (row, rules) => {
    expect(rules.filter(rule => !rulesFoundIn(seedOf(row)).has(rule))).toEqual([]);
  });
});
