import { findingsOf, found } from '../cases';

const told = (text: string): string[] => findingsOf(/^OPS-(SPIRE|ISTIOCTL)-COMMAND$/, text).map(({ line, message }) => `${line} ${message}`);
const WORKFLOW = (run: string): string => `on: push
jobs:
  show:
    runs-on: ubuntu-24.04
    steps:
    - uses: actions/checkout@v4
    - name: entries
      run: |
        set -eu
        ${run}
`;
const LIST = '10 spire-server entry has no list: count, create, update, delete, show';

describe('scripts of CI', () => {
  test.each([
    ['a workflow', WORKFLOW('kubectl exec spire-server-0 -- /opt/spire/bin/spire-server entry list'), LIST],
    ['a command over lines', WORKFLOW('kubectl exec spire-server-0 -- \\\n          spire-server entry list'), LIST.replace('10', '11')],
    ['a command that is gone', WORKFLOW('istioctl authn tls-check web-0.web'), '10 istioctl has no command authn'],
    ['an action', 'runs:\n  using: composite\n  steps:\n  - run: spire-server entry list\n', LIST.replace('10', '4')],
    ['a job of GitLab', 'entries:\n  stage: apply\n  script:\n  - echo a\n  - spire-server entry list\n', LIST.replace('10', '5')],
    ['one with a text', 'entries:\n  after_script: spire-server entry list\n', LIST.replace('10', '2')],
  ])('fails for %s', (_, text, message) => {
    expect(told(text)).toEqual([message]);
  });

  test.each([
    ['right commands', WORKFLOW('spire-server entry show && istioctl proxy-config secret web-0')],
    ['a comment', WORKFLOW('# istioctl authn tls-check is gone')],
    ['a text', WORKFLOW('echo "use spire-server entry show"')],
    ['jobs that are no mapping', 'jobs: [a, b]\nscript: spire-server entry list\n'],
  ])('%s are left alone', (_, text) => {
    expect(told(text)).toEqual([]);
  });
});

describe('runners of GitHub', () => {
  const RUNNERS = (socket: string): string => `apiVersion: actions.github.com/v1alpha1
kind: AutoscalingRunnerSet
metadata: {name: deployers, namespace: ci}
spec:
  template:
    spec:
      containers:
      - name: runner
        image: ghcr.io/actions/actions-runner:2.325.0
        env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "unix://${socket}"}]
        volumeMounts: [{name: spiffe, mountPath: /spiffe, readOnly: true}]
      volumes: [{name: spiffe, csi: {driver: csi.spiffe.io, readOnly: true}}]
`;
  const SELECTED = `---
apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: {name: runners}
spec:
  spiffeIDTemplate: spiffe://example.org/ci
  podSelector: {matchLabels: {actions.github.com/scale-set-name: deployers}}
`;

  test('fails for a socket at which nothing is mounted', () => {
    expect(found('SPIRE-SOCKET-CLIENT', RUNNERS('/spire/spire-agent.sock'))).toEqual(['SPIFFE_ENDPOINT_SOCKET is /spire/spire-agent.sock: nothing is mounted there']);
  });

  test('the labels of their pods may be selected', () => {
    expect(found(/^SPIRE-(SOCKET-CLIENT|CLIENT-NO-IDENTITY|ID-SELECTS-NOTHING)$/, RUNNERS('/spiffe/spire-agent.sock') + SELECTED)).toEqual([]);
    expect(found('SPIRE-CLIENT-NO-IDENTITY', RUNNERS('/spiffe/spire-agent.sock') + SELECTED.replace(': deployers', ': others'))).toHaveLength(1);
  });
});
