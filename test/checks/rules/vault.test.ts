import { check, findingsOf } from '../cases';

const RULES = /^OPS-VAULT-(SCRIPT|AUTH|AGENT)$/;
const told = (text: string): string[] => findingsOf(RULES, text).map(({ rule, message, line }) => `${rule} ${line}: ${message}`);
const SCRIPT = (...lines: string[]): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  set-up.sh: |\n    set -eu\n${lines.map(line => `    ${line}\n`).join('')}`;
const JOB = (command: string): string => `apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n      - name: vault\n        args:\n        - -c\n        - ${JSON.stringify(command)}\n`;
const AUTH = (spec: string): string => `apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultAuth\nmetadata: {name: a}\nspec: ${spec}\n`;
const POD = (annotations: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations: {vault.hashicorp.com/agent-inject: "true"${annotations}}\nspec: {containers: [{name: a, image: a}]}\n`;
const ROLE = 'vault write auth/jwt/role/web role_type=jwt user_claim=sub bound_audiences=vault bound_subject=spiffe://example.org/ns/shop/sa/web token_policies=web';
const SERVER = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: spire}\ndata:\n  server.conf: |\n    server { trust_domain = "example.org"\n jwt_issuer = "https://oidc.example.org" }\n---\n'.replace('\n jwt', '\n      jwt');

test.each([
  ['a role without audiences', SCRIPT(ROLE.replace('bound_audiences=vault ', '')), 'OPS-VAULT-SCRIPT 7: auth/jwt/role/web: a role of type jwt has no bound_audiences'],
  ['a role without a type', SCRIPT(ROLE.replace('role_type=jwt ', '')), 'role_type is not jwt: roles of type oidc are for people in a browser'],
  ['a type that is none', SCRIPT('vault write auth/jwt/role/web role_type=JWT user_claim=sub bound_audiences=vault'), 'role_type "JWT" is not jwt or oidc'],
  ['a claim that no SVID has', SCRIPT(ROLE.replace('user_claim=sub', 'user_claim=email')), 'a JWT-SVID has no claim "email"'],
  ['no claim', SCRIPT(ROLE.replace('user_claim=sub ', '')), 'a role has no user_claim'],
  ['a subject without scheme', SCRIPT(ROLE.replace('spiffe://', '')), '"example.org/ns/shop/sa/web" has no spiffe:// in front'],
  ['a star in the subject', SCRIPT(ROLE.replace('sa/web', 'sa/*')), 'a star in bound_subject is literal'],
  ['stars in claims', SCRIPT('vault write auth/jwt/role/web role_type=jwt user_claim=sub bound_audiences=vault \\', '  bound_claims=\'{"sub": "spiffe://example.org/*"}\''), 'a star is literal without bound_claims_type: glob'],
  ['a role from a document', SCRIPT('bao write auth/spire/role/web - <<EOF', '{"role_type": "jwt", "user_claim": "sub",', ' "bound_subject": "spiffe://example.org/web"}', 'EOF'), 'OPS-VAULT-SCRIPT 7: auth/spire/role/web: a role of type jwt has no bound_audiences'],
  ['a role over lines', SCRIPT('vault write -format=json auth/jwt/role/web \\', '  role_type="jwt" \\', '  user_claim="sub" && echo done'), 'a role of type jwt has no bound_audiences'],
  ['arguments of a container', JOB(ROLE.replace('bound_audiences=vault ', '')), 'OPS-VAULT-SCRIPT 11: auth/jwt/role/web: a role of type jwt'],
  ['a configuration with two sources', SCRIPT('vault write auth/jwt/config oidc_discovery_url=https://oidc.example.org jwks_url=https://oidc.example.org/keys'), 'oidc_discovery_url and jwks_url exclude each other'],
  ['a configuration without one', SCRIPT('vault write auth/jwt/config bound_issuer=https://oidc.example.org'), 'there is no source of keys'],
  ['the document in place of the issuer', SCRIPT('vault write auth/jwt/config oidc_discovery_url=https://oidc.example.org/.well-known/openid-configuration'), 'is the document itself'],
  ['the API of the server', SCRIPT('vault write auth/jwt/config oidc_discovery_url=https://spire-server.spire.svc:8081'), 'is the API of the SPIRE server'],
  ['another issuer', SERVER + SCRIPT('vault write auth/jwt/config oidc_discovery_url="https://oidc.example.org/"'), '"https://oidc.example.org/" is not SPIRE\'s jwt_issuer "https://oidc.example.org"'],
  ['a certificate by its common name', SCRIPT('vault write auth/cert/certs/web certificate=@ca.pem allowed_common_names=spiffe://example.org/web'), 'allowed_common_names looks at other names than the SPIFFE ID: use allowed_uri_sans'],
  ['a URI without scheme', SCRIPT('vault write auth/cert/certs/web certificate=@ca.pem allowed_uri_sans=example.org/ns/shop/sa/web'), '"example.org/ns/shop/sa/web" has no spiffe:// in front'],
  ['a VaultAuth without its settings', AUTH('{method: kubernetes}'), 'OPS-VAULT-AUTH 4: method is kubernetes, and there is no kubernetes'],
  ['one with those of another method', AUTH('{method: jwt, kubernetes: {role: a, serviceAccount: a}}'), 'method is jwt, and there is no jwt'],
  ['one without a role', AUTH('{method: kubernetes, kubernetes: {serviceAccount: a}}'), 'kubernetes has no role'],
  ['one without a token', AUTH('{method: jwt, jwt: {role: a}}'), 'jwt has none of serviceAccount, secretRef'],
  ['an agent that has no role', SCRIPT().replace('set -eu', 'auto_auth {\n      method "jwt" {\n        config = { path = "/svid" }\n      }\n      sink "file" {}\n    }'), 'OPS-VAULT-AGENT 8: method "jwt" has no role in its config'],
  ['a pod without a role', POD(''), 'OPS-VAULT-AGENT 5: there is no vault.hashicorp.com/role: the injector refuses the pod'],
  ['a pod with a path that is no login', POD(', vault.hashicorp.com/role: a, vault.hashicorp.com/auth-path: jwt'), 'auth-path "jwt" is no path of a login: write "auth/jwt"'],
])('fails %s', (_, text, message) => {
  expect(told(text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['a role', SCRIPT(ROLE)],
  ['a role whose values are filled in', SCRIPT('vault write auth/jwt/role/web role_type="$TYPE" user_claim="$CLAIM" bound_audiences="$AUDIENCE" bound_subject="$ID"')],
  ['a role from a file', SCRIPT('vault write auth/jwt/role/web @role.json')],
  ['a role from a pipe', SCRIPT('cat role.json | vault write auth/jwt/role/web role_type=jwt -')],
  ['a role for people', SCRIPT('vault write auth/oidc/role/people user_claim=email bound_audiences=vault allowed_redirect_uris=https://vault/ui')],
  ['a role of Kubernetes', SCRIPT('vault write auth/kubernetes/role/web bound_service_account_names=web bound_service_account_namespaces=shop policies=web audience=vault')],
  ['claims with stars', SCRIPT('vault write auth/jwt/role/web role_type=jwt user_claim=sub bound_audiences=vault bound_claims_type=glob bound_claims=\'{"sub": "spiffe://example.org/*"}\'')],
  ['a configuration', SERVER + SCRIPT('vault write auth/jwt/config oidc_discovery_url=https://oidc.example.org bound_issuer=https://oidc.example.org default_role=web')],
  ['one of Kubernetes', SCRIPT('vault write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc')],
  ['a certificate', SCRIPT('vault write auth/cert/certs/web certificate=@ca.pem allowed_uri_sans=spiffe://example.org/ns/shop/sa/*')],
  ['words in a comment of another program', SCRIPT('# to write a role, see vault write', 'cat write auth/jwt/role/a role_type=jwt')],
  ['a VaultAuth', AUTH('{method: jwt, jwt: {role: a, secretRef: svid, audiences: [vault]}}')],
  ['one that takes the rest from another', AUTH('{method: jwt, vaultAuthGlobalRef: {name: a}}')],
  ['a pod with a role', POD(', vault.hashicorp.com/role: a, vault.hashicorp.com/auth-path: auth/jwt')],
  ['a pod with a ConfigMap of its own', POD(', vault.hashicorp.com/agent-configmap: a')],
  ['a pod with another method', POD(', vault.hashicorp.com/auth-type: cert')],
])('%s is right', (_, text) => {
  expect(told(text)).toEqual([]);
});

test.each([
  ['agent.hcl', 'auto_auth {\n  method "jwt" {\n    config = { path = "/svid" }\n  }\n  sink "file" {}\n}\n', 3],
  ['agent.json', '{"auto_auth": {"method": {"type": "jwt",\n"config": {"path": "/svid"}}, "sink": [{"type": "file"}]}}', 2],
])('fails a file of its own, %s', (file, text, line) => {
  expect(findingsOf(RULES, { [file]: text })).toEqual([expect.objectContaining({ rule: 'OPS-VAULT-AGENT', line, file, message: 'method "jwt" has no role in its config' })]);
});

test('a file of its own is right', () => {
  expect(check({ 'agent.hcl': 'auto_auth {\n  method "jwt" {\n    config = { path = "/svid" role = "a" }\n  }\n  sink "file" {}\n}\n' })).toEqual([]);
});
