import { programList, programsOf } from '../../src/delivery/programs';

test.each([
  ['kubectl get pods', ['kubectl']],
  ['kubectl get pods | jq . && curl -s a || openssl version; opa test', ['kubectl', 'jq', 'curl', 'openssl', 'opa']],
  ['kubectl get secret a \\\n  | grep a | base64 -d | openssl x509', ['kubectl', 'openssl']],
  ['kubectl exec a -- python3 -c \'import a; curl | jq\'', ['kubectl']],
  ['kubectl get --raw "/a/$(oc get b -o jsonpath=\'{.a}\')/rules" | jq .', ['kubectl', 'oc', 'jq']],
  ['curl --connect-to a:443:$(kubectl get service a -o jsonpath=\'{.ip}\'):443 https://a', ['curl', 'kubectl']],
  ['echo "a | b; c" | tee d', []],
  ['A=b C=d helm upgrade 2>&1', ['helm']],
  ['for a in b c; do argocd app sync $a; done', ['argocd']],
])('%s', (command, programs) => {
  expect(programsOf(command)).toEqual(programs);
});

test('each program is listed once, with its releases where they are known', () => {
  expect(programList(['istioctl install', 'helm list | jq .', 'istioctl version'], new Map([['istioctl', '1.30.3, as Istio']]))).toEqual([
    '- `istioctl`: 1.30.3, as Istio', '- `helm`', '- `jq`: 1.5 or later',
  ]);
});
