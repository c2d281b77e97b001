import { Stage } from '../../src/delivery';
import { Rollout } from '../../src/delivery/rollout';

test('a stage has its steps before, its manifests, and its steps after', () => {
  const rollout = new Rollout();
  rollout.after(Stage.APPS, { purpose: 'Pods run', command: 'kubectl get pods', expected: 'Running' });
  rollout.before(Stage.APPS, { purpose: 'Istio is there', command: 'istioctl version' });
  rollout.requireRelease('istioctl', '1.30.3');
  rollout.requireRelease('helm', '3');
  expect(rollout.render('prod', ['80-apps'])).toBe(`# Roll out and verify prod

Run each command in the folder that holds the stages, with kubectl's current context set to this cluster. Go on when the answer is as it should be.

The commands take these programs, beside what every Unix has:

- \`istioctl\`: 1.30.3
- \`kubectl\`: 1.22 or later, and at most one minor release older or newer than the API server

## 80-apps

Istio is there:

\`\`\`sh
istioctl version
\`\`\`

Apply the manifests:

\`\`\`sh
kubectl apply --server-side -f 80-apps/
\`\`\`

Pods run:

\`\`\`sh
kubectl get pods
\`\`\`

Expect:

\`\`\`text
Running
\`\`\`
`);
});

test('stages stand in their order, each once, also those without steps or without manifests', () => {
  const rollout = new Rollout();
  rollout.after(Stage.MESH, { purpose: 'p', command: 'c' });
  const page = rollout.render('prod', ['80-apps', '00-crds', '80-apps']);
  expect(page.match(/^## .*$/gm)).toEqual(['## 00-crds', '## 50-mesh', '## 80-apps']);
  expect(page.match(/kubectl apply .*$/gm)).toEqual(['kubectl apply --server-side -f 00-crds/', 'kubectl apply --server-side -f 80-apps/']);
});
